"""Where a source's quotes stand in a later snapshot of it: by exact match only, never by likeness."""

from claims.models import Anchor, AnchorState, Quote, Snapshot

MOST_PLACES = 2  # one more than the one place that would be certain


def places(text: str, words: str) -> list[int]:
    """Where `words` begin in `text`, at most `MOST_PLACES` of them."""
    found: list[int] = []
    start = text.find(words)
    while start >= 0 and len(found) < MOST_PLACES:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def find_again(quote: Quote, old: str, new: str) -> tuple[AnchorState, list[list[int]] | None]:
    """The state and the spans in the text `new` of a quote of the text `old`.

    What is looked for is everything from the first span to the last, so that a discontinuous quote keeps its
    attribution in the middle. Words that stand at several places are told apart by the characters around them.
    """
    whole = old[quote.start : quote.end]
    if new[quote.start : quote.end] == whole:
        return AnchorState.EXACT, quote.spans
    found = places(new, whole)
    if not found:
        return AnchorState.ORPHANED, None
    if len(found) > 1:
        around = places(new, quote.prefix + whole + quote.suffix)
        if len(around) != 1:
            return AnchorState.AMBIGUOUS, None
        found = [around[0] + len(quote.prefix)]
    shift = found[0] - quote.start
    return AnchorState.MOVED, [[start + shift, end + shift] for start, end in quote.spans]


def carry_over(snapshot: Snapshot) -> list[Anchor]:
    """Anchor every quote of the source's earlier snapshots in this one.

    Ambiguous and orphaned ones wait for an editor.
    """
    earlier = Quote.objects.filter(snapshot__source=snapshot.source_id).exclude(snapshot=snapshot)
    anchors = []
    for quote in earlier.select_related("snapshot").order_by("pk"):
        state, spans = find_again(quote, quote.snapshot.text, snapshot.text)
        anchors.append(Anchor(quote=quote, snapshot=snapshot, state=state, spans=spans))
    return Anchor.objects.bulk_create(anchors)
