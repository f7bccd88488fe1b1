"""Checks that every quote and anchor matches its snapshot's text, and every snapshot its SHA-256."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Count, Model

from claims.models import Anchor, AnchorState, Quote, QuoteDecision, Snapshot
from claims.models.quote_text import shown_text

BATCH_SIZE = 200
SNAPSHOT_BATCH_SIZE = 5  # a text may have megabytes
# The keys of `compare_with_text`. If a part of one group does not match, those of later groups are not reported.
CHECKED_PARTS = (("quote", "cue", "mention"), ("start and end",), ("prefix", "suffix", "text as shown"))


def check_snapshots() -> Iterator[str]:
    """For each snapshot, an error message, or "" if its text has its SHA-256."""
    for snapshot in Snapshot.objects.order_by("pk").iterator(SNAPSHOT_BATCH_SIZE):
        sha256 = Snapshot.digest(snapshot.text)
        is_intact = sha256 == snapshot.sha256
        yield "" if is_intact else f"snapshot {snapshot.pk}: SHA-256 of its text is {sha256}, not {snapshot.sha256}"


def check_quotes() -> Iterator[str]:
    """For each quote, an error message, or "" if it matches its snapshot's text."""
    text, snapshot_id = "", None
    for quote in Quote.objects.order_by("snapshot_id", "pk").iterator(BATCH_SIZE):
        if snapshot_id != quote.snapshot_id:
            text, snapshot_id = _load_text(quote.snapshot_id), quote.snapshot_id
        matches = compare_with_text(quote, text)
        mismatches = next(filter(None, ([part for part in group if not matches[part]] for group in CHECKED_PARTS)), [])
        yield f"quote {quote.pk}: does not match the text: {' and '.join(mismatches)}" if mismatches else ""


def check_anchors() -> Iterator[str]:
    """For each anchor with spans, an error message, or "" if the later snapshot has the quote's text there."""
    anchors = Anchor.objects.filter(state__in=[AnchorState.EXACT, AnchorState.MOVED]).order_by("snapshot_id", "pk")
    text, snapshot_id = "", None
    for anchor in anchors.select_related("quote").iterator(BATCH_SIZE):
        if snapshot_id != anchor.snapshot_id:
            text, snapshot_id = _load_text(anchor.snapshot_id), anchor.snapshot_id
        is_intact = text_at_spans(text, anchor.spans) == anchor.quote.exact
        yield "" if is_intact else f"anchor {anchor.pk} of quote {anchor.quote_id}: does not match the text"


def count_quotes_by_decision() -> dict[str, int]:
    return _count_by_value(Quote, "decision", QuoteDecision.values)


def count_anchors_by_state() -> dict[str, int]:
    """The number of anchors in later snapshots by state, and how many of them are unresolved."""
    return _count_by_value(Anchor, "state", AnchorState.values) | {"unresolved": Anchor.objects.unresolved().count()}


def compare_with_text(quote: Quote, text: str) -> dict[str, bool]:
    """For each part of a quote (see `CHECKED_PARTS`), whether it matches the text at its offsets.

    Start and end count as a mismatch, too, where the quote's own spans do not match.
    """
    spans = quote.spans
    has_exact = text_at_spans(text, spans) == quote.exact
    return {
        "quote": has_exact,
        "cue": text_at_spans(text, quote.cue_spans) == quote.cue,
        "mention": text_at_spans(text, quote.mention_spans) == quote.mention,
        "start and end": has_exact and bool(spans) and (quote.start, quote.end) == (spans[0][0], spans[-1][1]),
        "prefix": text.endswith(quote.prefix, 0, quote.start),
        "suffix": text[quote.end : quote.end + len(quote.suffix)] == quote.suffix,
        "text as shown": has_exact and shown_text(text, spans) == quote.text,
    }


def text_at_spans(text: str, spans: object) -> str | None:
    """The text of the spans, joined by a space; None unless they are valid spans of the text, in order."""
    if not isinstance(spans, list) or not all(isinstance(span, list) and len(span) == 2 for span in spans):
        return None
    offsets = [offset for span in spans for offset in span]
    if not all(type(offset) is int for offset in offsets):
        return None
    # 0 <= start < end <= next start < … <= length: only the end of a span and the next start may be equal.
    if offsets and (offsets[0] < 0 or offsets[-1] > len(text)):
        return None
    if not all(
        before < after or (index % 2 and before == after) for index, (before, after) in enumerate(pairwise(offsets))
    ):
        return None
    return " ".join(text[start:end] for start, end in spans)


def _count_by_value(model: type[Model], column: str, values: list[str]) -> dict[str, int]:
    rows = model._default_manager.order_by().values_list(column).annotate(count=Count("pk"))
    counts: dict[str, int] = dict(rows)
    return {value: counts.get(value, 0) for value in values}


def _load_text(snapshot_id: int) -> str:
    return Snapshot.objects.values_list("text", flat=True).get(pk=snapshot_id)
