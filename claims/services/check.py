"""Whether every quote still stands where it says, in a text that still has its SHA-256."""

import hashlib
from collections.abc import Iterator

from claims.models import Quote, Snapshot

BATCH = 200


def check_snapshots() -> Iterator[str]:
    """One value a snapshot: what is wrong with it, "" where its text has its SHA-256."""
    for snapshot in Snapshot.objects.order_by("pk").iterator(BATCH):
        sha256 = hashlib.sha256(snapshot.text.encode()).hexdigest()
        same = sha256 == snapshot.sha256
        yield "" if same else f"snapshot {snapshot.pk}: its text's SHA-256 is {sha256}, not {snapshot.sha256}"


def check_quotes() -> Iterator[str]:
    """One value a quote: what is wrong with it, "" where its words, cue and mention are what its spans cover."""
    snapshot: Snapshot | None = None
    for quote in Quote.objects.order_by("snapshot", "pk").iterator(BATCH):
        if snapshot is None or snapshot.pk != quote.snapshot_id:
            snapshot = Snapshot.objects.get(pk=quote.snapshot_id)
        wrong = [
            name
            for name, spans, words in [
                ("quote", quote.spans, quote.exact),
                ("cue", quote.cue_spans, quote.cue),
                ("mention", quote.mention_spans, quote.mention),
            ]
            if " ".join(snapshot.text[start:end] for start, end in spans) != words
        ]
        yield f"quote {quote.pk}: not where it says: its {' and '.join(wrong)}" if wrong else ""
