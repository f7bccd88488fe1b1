"""The article around a quote: a window of its text in pieces that each know where they stand, with quotes marked.

The browser selects in these pieces. So that it counts as we do, no piece says anything but its characters: a carriage
return is written as a reference, since a browser would drop it, and nothing is put between pieces.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import F, Value
from django.db.models.functions import Length, Substr
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.admin.common.formatting import shortened
from claims.models import Quote, Snapshot
from claims.services.history.optimistic_lock import get_versions

WINDOW_MARGIN = 5_000  # code points shown on either side of a quote
MAX_QUOTE_CHARACTERS = 8_000  # of a quote's own text; the rest is there for the asking
MAX_WINDOW = 30_000  # code points in one answer
MAX_WINDOW_MARKS = 200  # other quotes in one window
MAX_LOOKBACK = 100_000  # code points before a window in which a quote that reaches into it may begin
TRIM_EDGE = 200  # code points at an edge among which it is cut at a line's end, if there is one


@dataclass(frozen=True, slots=True)
class ArticleWindow:
    """A part of a text from `first` to `last` (code points, end exclusive) of `length`, as HTML."""

    first: int
    last: int
    length: int
    html: SafeString


def window_around(quote: Quote, address: Callable[[int], str]) -> ArticleWindow:
    """The window in which a quote is looked at."""
    last = min(quote.end, quote.start + MAX_QUOTE_CHARACTERS) + WINDOW_MARGIN
    return read_window(quote.snapshot_id, max(quote.start - WINDOW_MARGIN, 0), last, quote=quote, address=address)


def read_window(  # noqa: PLR0913  # which part of which text, for whom, and where its quotes lead
    snapshot: int, first: int, last: int, *, quote: Quote | None, address: Callable[[int], str], trim: bool = True
) -> ArticleWindow:
    """The text between two offsets with its quotes; `quote` is the one looked at, `address` where the others are.

    With `trim` it begins and ends at a line's end if one is near.
    """
    last = min(last, first + MAX_WINDOW)
    # SQL counts from 1. Of a text of two million characters only this is sent by the database.
    found = Snapshot.objects.filter(pk=snapshot).annotate(
        part=Substr(F("text"), Value(first + 1), Value(last - first)), length=Length("text")
    )
    part, length = found.values_list("part", "length").get()
    last = first + len(part)
    if trim and first and (line := part.find("\n", 0, TRIM_EDGE)) >= 0:
        part, first = part[line + 1 :], first + line + 1
    if trim and last < length and (line := part.rfind("\n", max(len(part) - TRIM_EDGE, 0))) >= 0:
        part = part[: line + 1]
    last = first + len(part)
    others = Quote.objects.filter(snapshot=snapshot, start__lt=last, start__gte=first - MAX_LOOKBACK, end__gt=first)
    others = others.exclude(pk=quote.pk) if quote else others
    rows = others.select_related("speaker").defer("candidates", "repaired").order_by("start", "id")[:MAX_WINDOW_MARKS]
    return ArticleWindow(first, last, length, _render_window(part, first, quote, _attach_versions(rows), address))


def _attach_versions(rows: Iterable[Quote]) -> list[Quote]:
    """Each with the `version` that is looked at in the article: what is joined with it is joined as it was seen."""
    quotes = list(rows)
    seen = get_versions(Quote, [quote.pk for quote in quotes])
    for quote in quotes:
        quote.version = seen[quote.pk]  # type: ignore[attr-defined]  # for the mark alone
    return quotes


def _render_window(
    text: str, offset: int, quote: Quote | None, others: Sequence[Quote], address: Callable[[int], str]
) -> SafeString:
    """The text in flat pieces, cut wherever a mark begins or ends."""
    marks: list[tuple[str, Quote | None, Sequence[Sequence[int]]]] = []
    if quote:
        marks += [("this", None, quote.spans), ("cue", None, quote.cue_spans), ("mention", None, quote.mention_spans)]
    marks += [("other", other, other.spans) for other in others]
    opens: defaultdict[int, list[int]] = defaultdict(list)
    closes: defaultdict[int, list[int]] = defaultdict(list)
    for number, (_, _, spans) in enumerate(marks):
        for start, end in spans:
            first, last = max(start - offset, 0), min(end - offset, len(text))
            if first < last:
                opens[first].append(number)
                closes[last].append(number)
    active: set[int] = set()
    pieces = []
    for start, end in pairwise(sorted({0, len(text), *opens, *closes})):
        active = (active - set(closes[start])) | set(opens[start])
        names = [marks[number][0] for number in sorted(active)]
        over = [marks[number][1] for number in active if marks[number][1]]
        # Of quotes over each other the shortest is the one that a click means.
        other = min(over, key=lambda each: each.end - each.start if each else 0) if over else None
        pieces.append(_render_window_piece(text[start:end], start + offset, names, other, address))
    return mark_safe("".join(pieces))  # noqa: S308  # each of them was escaped  # nosec B308 B703


def _render_window_piece(
    text: str, at: int, names: list[str], other: Quote | None, address: Callable[[int], str]
) -> str:
    said = SafeString(escape(text).replace("\r", "&#13;").replace("\0", "\ufffd"))  # escaped  # nosec B703
    styles = " ".join(f"fb-rv-{name}" for name in dict.fromkeys(names) if name != "other")
    if other and "this" not in names:
        who = other.speaker.name if other.speaker else f"unresolved: {other.mention or 'nobody named'}"
        title = f"{shortened(who, 80)} ({other.get_decision_display().lower()})"
        return format_html(
            '<a class="fb-rv-other fb-rv-{} {}" data-at="{}" data-quote="{}" data-version="{}" href="{}"'
            ' title="{}" draggable="false">{}</a>',
            other.decision,
            styles,
            at,
            other.pk,
            other.version,  # type: ignore[attr-defined]  # as given by `_with_versions`
            address(other.pk),
            title,
            said,
        )
    if not names:
        return format_html('<span data-at="{}">{}</span>', at, said)
    shared = " fb-rv-shared" if other else ""
    return format_html('<mark class="{}{}" data-at="{}">{}</mark>', styles, shared, at, said)
