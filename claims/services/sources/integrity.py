"""Whether every quote still stands where it says, in a text that still has its SHA-256."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.db.models import Count

from claims.models import Anchor, AnchorState, Quote, QuoteDecision, Snapshot

BATCH_SIZE = 200
SNAPSHOT_BATCH_SIZE = 5  # snapshots held at a time: a text may have megabytes
# What is said of where a quote stands. What is wrong of one line makes the next ones mean nothing.
CHECKED_PARTS = (("quote", "cue", "mention"), ("start and end",), ("prefix", "suffix"))


def check_snapshots() -> Iterator[str]:
    """One value a snapshot: what is wrong with it, "" where its text has its SHA-256."""
    for snapshot in Snapshot.objects.order_by("pk").iterator(SNAPSHOT_BATCH_SIZE):
        sha256 = Snapshot.digest(snapshot.text)
        same = sha256 == snapshot.sha256
        yield "" if same else f"snapshot {snapshot.pk}: its text's SHA-256 is {sha256}, not {snapshot.sha256}"


def check_quotes() -> Iterator[str]:
    """One value a quote: what is wrong with it, "" where it stands where it says."""
    text, read = "", None
    for quote in Quote.objects.order_by("snapshot_id", "pk").iterator(BATCH_SIZE):
        if read != quote.snapshot_id:
            text, read = _load_text(quote.snapshot_id), quote.snapshot_id
        so = compare_with_text(quote, text)
        wrong = next(filter(None, ([name for name in names if not so[name]] for names in CHECKED_PARTS)), [])
        yield f"quote {quote.pk}: not where it says: its {' and '.join(wrong)}" if wrong else ""


def check_anchors() -> Iterator[str]:
    """One value an anchor: what is wrong with it, "" where the quote's words stand at it in the later snapshot."""
    found = Anchor.objects.filter(state__in=[AnchorState.EXACT, AnchorState.MOVED]).order_by("snapshot_id", "pk")
    text, read = "", None
    for anchor in found.select_related("quote").iterator(BATCH_SIZE):
        if read != anchor.snapshot_id:
            text, read = _load_text(anchor.snapshot_id), anchor.snapshot_id
        wrong = text_at_spans(text, anchor.spans) != anchor.quote.exact
        yield f"anchor {anchor.pk} of quote {anchor.quote_id}: not where it says" if wrong else ""


def count_quotes_by_decision() -> dict[str, int]:
    """How many quotes there are by what was decided of them."""
    return _count_by_value(Quote, "decision", QuoteDecision.values)


def count_anchors_by_state() -> dict[str, int]:
    """How many anchors in later snapshots there are by state, and how many of them wait for an editor."""
    return _count_by_value(Anchor, "state", AnchorState.values) | {
        "waiting for an editor": Anchor.objects.waiting().count()
    }


def _count_by_value(model: Any, column: str, values: list[str]) -> dict[str, int]:
    found = dict(model.objects.order_by().values_list(column).annotate(n=Count("pk")))
    return {value: found.get(value, 0) for value in values}


def compare_with_text(quote: Quote, text: str) -> dict[str, bool]:
    """Whether the quote stands in the text where it says, by what is said of its place (see `PLACES`).

    Its words, cue and mention are what their spans cover; where it starts and ends is where its spans do, which
    is not asked where the words are not; its prefix and its suffix are just before and just after it.
    """
    spans = quote.spans
    found = text_at_spans(text, spans) == quote.exact
    return {
        "quote": found,
        "cue": text_at_spans(text, quote.cue_spans) == quote.cue,
        "mention": text_at_spans(text, quote.mention_spans) == quote.mention,
        "start and end": found and bool(spans) and (quote.start, quote.end) == (spans[0][0], spans[-1][1]),
        "prefix": text.endswith(quote.prefix, 0, quote.start),
        "suffix": text[quote.end : quote.end + len(quote.suffix)] == quote.suffix,
    }


def text_at_spans(text: str, spans: Any) -> str | None:
    """The characters of the spans, joined by one space; None for what are no spans of the text, in order."""
    if not isinstance(spans, list) or not all(isinstance(span, list) and len(span) == 2 for span in spans):
        return None
    ends = [end for span in spans for end in span]
    if not all(type(end) is int for end in ends):
        return None
    # In order is 0 <= start < end <= next start < … <= length; only from one span to the next may two be the same.
    if ends and (ends[0] < 0 or ends[-1] > len(text)):
        return None
    steps = enumerate(pairwise(ends))
    if not all(before < after or (index % 2 and before == after) for index, (before, after) in steps):
        return None
    return " ".join(text[start:end] for start, end in spans)


def _load_text(snapshot_id: int) -> str:
    return Snapshot.objects.values_list("text", flat=True).get(pk=snapshot_id)
