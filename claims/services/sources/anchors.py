"""Where a source's quotes stand in a later snapshot of it: by exact match only, never by likeness."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from claims.models import Anchor, AnchorState, Quote, Snapshot
from claims.services.sources.integrity import text_at_spans

MAX_OCCURRENCES = 2  # one more than the one place that would be certain


def find_occurrences(text: str, words: str) -> Iterator[int]:
    """Where `words` begin in `text`."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def splits_word(text: str, at: int) -> bool:
    """Whether a letter or digit, with its marks, stands on both sides of the offset."""
    return 0 < at < len(text) and all(unicodedata.category(text[side])[0] in "LNM" for side in (at - 1, at))


def locate_quote(quote: Quote, old: str, new: str) -> tuple[AnchorState, list[list[int]] | None]:
    """The state and the spans in the text `new` of a quote of the text `old`.

    What is looked for is everything from the first span to the last, so that a discontinuous quote keeps its
    attribution in the middle, and never inside a longer word ("No" is not in "Nobody"). Words that stand at several
    places are told apart by the characters around them.
    """
    whole = old[quote.start : quote.end]

    def stands_at(start: int) -> bool:
        return splits_word(new, start) <= splits_word(old, quote.start) and (
            splits_word(new, start + len(whole)) <= splits_word(old, quote.end)
        )

    if new[quote.start : quote.end] == whole and stands_at(quote.start):
        return AnchorState.EXACT, quote.spans
    found = list(islice(filter(stands_at, find_occurrences(new, whole)), MAX_OCCURRENCES))
    if not found:
        return AnchorState.ORPHANED, None
    if len(found) > 1:
        around = list(islice(find_occurrences(new, quote.prefix + whole + quote.suffix), MAX_OCCURRENCES))
        if len(around) != 1:
            return AnchorState.AMBIGUOUS, None
        found = [around[0] + len(quote.prefix)]
    shift = found[0] - quote.start
    return AnchorState.MOVED, [[start + shift, end + shift] for start, end in quote.spans]


def carry_over_quotes(snapshot: Snapshot) -> list[Anchor]:
    """Anchor every quote of the source's earlier snapshots in this one.

    Ambiguous and orphaned ones wait for an editor.
    """
    earlier = Snapshot.objects.filter(source=snapshot.source_id).exclude(pk=snapshot.pk)
    texts = dict(earlier.values_list("pk", "text"))  # once each, not with every quote
    anchors = []
    for quote in Quote.objects.filter(snapshot__in=texts).order_by("pk"):
        state, spans = locate_quote(quote, texts[quote.snapshot_id], snapshot.text)
        anchors.append(Anchor(quote=quote, snapshot=snapshot, state=state, spans=spans))
    return Anchor.objects.bulk_create(anchors)


def refresh_anchors(quotes: Iterable[Quote]) -> None:
    """Anchor quotes anew wherever they have an anchor, after their own spans were changed.

    What an editor settled stays, where it still can: the place chosen holds the words, or they still are nowhere.
    """
    texts: dict[int, str] = {}

    def text(pk: int) -> str:
        if pk not in texts:
            texts[pk] = Snapshot.objects.values_list("text", flat=True).get(pk=pk)
        return texts[pk]

    anchors = Anchor.objects.filter(quote__in=[quote.pk for quote in quotes]).select_related("quote")
    for anchor in anchors.order_by("snapshot_id", "pk"):
        quote = anchor.quote
        state, spans = locate_quote(quote, text(quote.snapshot_id), text(anchor.snapshot_id))
        if anchor.settled_at:
            chosen = anchor.spans is not None and text_at_spans(text(anchor.snapshot_id), anchor.spans) == quote.exact
            if chosen or (anchor.spans is None and spans is None):
                continue
        if (state, spans) != (anchor.state, anchor.spans):
            anchor.state, anchor.spans, anchor.settled_by, anchor.settled_at = state, spans, None, None
            anchor.save(update_fields=["state", "spans", "settled_by", "settled_at"])
