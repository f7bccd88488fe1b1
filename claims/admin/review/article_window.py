"""A window of the article's text around a quote, with quotes marked, as HTML elements that carry their offsets.

Selections in the browser are converted to offsets from these elements. They must therefore contain nothing but the
text's characters: carriage returns are written as character references, since a browser would drop them, and there is
no whitespace between elements.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import F, Value
from django.db.models.functions import Length, Substr
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.admin.common.formatting import truncate_line
from claims.models import Quote, Snapshot
from claims.services.history.optimistic_lock import get_versions

WINDOW_MARGIN = 5_000  # code points on either side of the quote
MAX_QUOTE_CHARACTERS = 8_000  # of the quote itself; the rest is loaded on request
MAX_WINDOW = 30_000  # code points in one response
MAX_WINDOW_MARKS = 200  # other quotes in one window
MAX_LOOKBACK = 100_000  # code points before the window where a quote that extends into it can start
TRIM_EDGE = 200  # code points at either end where the window is cut at a line break, if there is one


@dataclass(frozen=True, slots=True)
class ArticleWindow:
    """Part of a text of `length` code points, from `first` to `last` (end exclusive), as HTML."""

    first: int
    last: int
    length: int
    html: SafeString


def window_around(quote: Quote, quote_url: Callable[[int], str]) -> ArticleWindow:
    last = min(quote.end, quote.start + MAX_QUOTE_CHARACTERS) + WINDOW_MARGIN
    return read_window(quote.snapshot_id, max(quote.start - WINDOW_MARGIN, 0), last, quote=quote, quote_url=quote_url)


def read_window(
    snapshot: int, first: int, last: int, *, quote: Quote | None, quote_url: Callable[[int], str], trim: bool = True
) -> ArticleWindow:
    """The text between two offsets with its quotes. `quote` is the current one, `quote_url` links to the others.

    With `trim` the window starts and ends at a line break if there is one nearby.
    """
    last = min(last, first + MAX_WINDOW)
    # SQL counts from 1. Only this part of a text of up to two million characters is sent by the database.
    snapshots = Snapshot.objects.filter(pk=snapshot).annotate(
        part=Substr(F("text"), Value(first + 1), Value(last - first)), length=Length("text")
    )
    part, length = snapshots.values_list("part", "length").get()
    last = first + len(part)
    if trim and first and (line := part.find("\n", 0, TRIM_EDGE)) >= 0:
        part, first = part[line + 1 :], first + line + 1
    if trim and last < length and (line := part.rfind("\n", max(len(part) - TRIM_EDGE, 0))) >= 0:
        part = part[: line + 1]
    last = first + len(part)
    others = Quote.objects.filter(snapshot=snapshot, start__lt=last, start__gte=first - MAX_LOOKBACK, end__gt=first)
    others = others.exclude(pk=quote.pk) if quote else others
    rows = others.select_related("speaker").defer("candidates", "repaired").order_by("start", "id")[:MAX_WINDOW_MARKS]
    return ArticleWindow(first, last, length, _render_window(part, first, quote, _attach_versions(rows), quote_url))


def _attach_versions(rows: Iterable[Quote]) -> list[Quote]:
    """The quotes with their `version`, so that a quote is joined only in the state in which it was shown."""
    quotes = list(rows)
    versions = get_versions(Quote, [quote.pk for quote in quotes])
    for quote in quotes:
        quote.version = versions[quote.pk]  # type: ignore[attr-defined]  # for _render_window_piece
    return quotes


def _render_window(
    text: str, offset: int, quote: Quote | None, others: Sequence[Quote], quote_url: Callable[[int], str]
) -> SafeString:
    """The text as a flat sequence of elements, cut wherever a mark starts or ends."""
    marks: list[tuple[str, Quote | None, Sequence[Sequence[int]]]] = []
    if quote:
        marks += [
            ("current-quote", None, quote.spans),
            ("cue", None, quote.cue_spans),
            ("mention", None, quote.mention_spans),
        ]
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
        overlapping = [marked for number in active if (marked := marks[number][1]) is not None]
        # Where quotes overlap, a click selects the shortest.
        other = min(overlapping, key=lambda quote: quote.end - quote.start, default=None)
        pieces.append(_render_window_piece(text[start:end], start + offset, names, other, quote_url))
    return mark_safe("".join(pieces))  # noqa: S308  # each piece is escaped


def _render_window_piece(
    text: str, offset: int, names: list[str], other: Quote | None, quote_url: Callable[[int], str]
) -> str:
    content = SafeString(escape(text).replace("\r", "&#13;").replace("\0", "\ufffd"))
    styles = " ".join(f"fb-review-{name}" for name in dict.fromkeys(names) if name != "other")
    if other and "current-quote" not in names:
        speaker = other.speaker.name if other.speaker else f"Speaker unknown: {other.mention or 'not named'}"
        return format_html(
            '<a class="fb-review-other-quote fb-review-quote-{} {}" data-start="{}" data-quote="{}" data-version="{}"'
            ' href="{}" title="{}" draggable="false">{}</a>',
            other.decision,
            styles,
            offset,
            other.pk,
            other.version,  # type: ignore[attr-defined]  # set by _attach_versions
            quote_url(other.pk),
            f"{truncate_line(speaker, 80)} ({other.get_decision_display().lower()})",
            content,
        )
    if not names:
        return format_html('<span data-start="{}">{}</span>', offset, content)
    shared = " fb-review-shared" if other else ""
    return format_html('<mark class="{}{}" data-start="{}">{}</mark>', styles, shared, offset, content)
