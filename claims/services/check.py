"""Whether every quote still stands where it says, in a text that still has its SHA-256."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.db.models import Count

from claims.models import Anchor, AnchorState, Decision, Quote, Snapshot

BATCH = 200
TEXTS = 5  # snapshots held at a time: a text may have megabytes


def check_snapshots() -> Iterator[str]:
    """One value a snapshot: what is wrong with it, "" where its text has its SHA-256."""
    for snapshot in Snapshot.objects.order_by("pk").iterator(TEXTS):
        sha256 = hashlib.sha256(snapshot.text.encode()).hexdigest()
        same = sha256 == snapshot.sha256
        yield "" if same else f"snapshot {snapshot.pk}: its text's SHA-256 is {sha256}, not {snapshot.sha256}"


def check_quotes() -> Iterator[str]:
    """One value a quote: what is wrong with it, "" where its words, cue and mention are what its spans cover."""
    text, read = "", None
    for quote in Quote.objects.order_by("snapshot_id", "pk").iterator(BATCH):
        if read != quote.snapshot_id:
            text, read = _text(quote.snapshot_id), quote.snapshot_id
        wrong = [
            name
            for name, spans, words in [
                ("quote", quote.spans, quote.exact),
                ("cue", quote.cue_spans, quote.cue),
                ("mention", quote.mention_spans, quote.mention),
            ]
            if covered(text, spans) != words
        ]
        if not wrong and not (quote.spans and (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])):
            wrong = ["start and end"]
        yield f"quote {quote.pk}: not where it says: its {' and '.join(wrong)}" if wrong else ""


def check_anchors() -> Iterator[str]:
    """One value an anchor: what is wrong with it, "" where the quote's words stand at it in the later snapshot."""
    found = Anchor.objects.filter(state__in=[AnchorState.EXACT, AnchorState.MOVED]).order_by("snapshot_id", "pk")
    text, read = "", None
    for anchor in found.select_related("quote").iterator(BATCH):
        if read != anchor.snapshot_id:
            text, read = _text(anchor.snapshot_id), anchor.snapshot_id
        wrong = covered(text, anchor.spans) != anchor.quote.exact
        yield f"anchor {anchor.pk} of quote {anchor.quote_id}: not where it says" if wrong else ""


def quote_states() -> dict[str, int]:
    """How many quotes there are by what was decided of them."""
    return _counted(Quote, "decision", Decision.values)


def anchor_states() -> dict[str, int]:
    """How many anchors in later snapshots there are by state, and how many of them wait for an editor."""
    return _counted(Anchor, "state", AnchorState.values) | {"waiting for an editor": Anchor.objects.waiting().count()}


def _counted(model: Any, column: str, values: list[str]) -> dict[str, int]:
    found = dict(model.objects.order_by().values_list(column).annotate(n=Count("pk")))
    return {value: found.get(value, 0) for value in values}


def covered(text: str, spans: Any) -> str | None:
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


def _text(snapshot_id: int) -> str:
    return Snapshot.objects.values_list("text", flat=True).get(pk=snapshot_id)
