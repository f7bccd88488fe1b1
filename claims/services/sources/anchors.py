"""Finds a source's quotes again in later snapshots of it, by exact match only, never by similarity."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from claims.models import Anchor, AnchorState, Quote, Snapshot
from claims.services.sources.integrity import text_at_spans
from claims.services.sources.passages import find_changed_words

MAX_OCCURRENCES = 2  # a second one makes the match ambiguous
_PLACE = ("state", "spans", "passage_start", "passage_end")


def find_occurrences(text: str, words: str) -> Iterator[int]:
    """The offsets at which `words` occur in `text`, overlapping ones included."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def splits_word(text: str, at: int) -> bool:
    """Whether the offset lies inside a word: a letter, digit or combining mark is on either side of it."""
    return 0 < at < len(text) and all(unicodedata.category(text[side])[0] in "LNM" for side in (at - 1, at))


def locate_quote(quote: Quote, old: str, new: str) -> tuple[AnchorState, list[list[int]] | None]:
    """Find a quote of the text `old` in the text `new`; returns the state and the spans there.

    The text between the first and the last span must match too, so that a quote in several parts keeps its attribution.
    Matches inside a longer word do not count ("No" in "Nobody"). Of several matches, the one with the same surroundings
    is taken.
    """
    whole = old[quote.start : quote.end]

    def is_match(start: int) -> bool:
        return splits_word(new, start) <= splits_word(old, quote.start) and (
            splits_word(new, start + len(whole)) <= splits_word(old, quote.end)
        )

    if new[quote.start : quote.end] == whole and is_match(quote.start):
        return AnchorState.EXACT, quote.spans
    starts = list(islice(filter(is_match, find_occurrences(new, whole)), MAX_OCCURRENCES))
    if not starts:
        return AnchorState.ORPHANED, None
    if len(starts) > 1:
        with_context = find_occurrences(new, quote.prefix + whole + quote.suffix)
        starts = [start + len(quote.prefix) for start in islice(with_context, MAX_OCCURRENCES)]
        if len(starts) != 1:
            return AnchorState.AMBIGUOUS, None
    shift = starts[0] - quote.start
    return AnchorState.MOVED, [[start + shift, end + shift] for start, end in quote.spans]


def carry_over_quotes(snapshot: Snapshot) -> list[Anchor]:
    """Anchor every quote of the source's earlier snapshots in this one.

    Ambiguous and orphaned anchors are left to an editor (see `resolve_anchor`).
    """
    earlier = Snapshot.objects.filter(source=snapshot.source_id).exclude(pk=snapshot.pk)
    texts = dict(earlier.values_list("pk", "text"))  # once per snapshot, not with every quote
    anchors = []
    for quote in Quote.objects.filter(snapshot__in=texts).order_by("pk"):
        anchor = Anchor(quote=quote, snapshot=snapshot)
        place_anchor(anchor, texts[quote.snapshot_id], snapshot.text)
        anchors.append(anchor)
    return Anchor.objects.bulk_create(anchors)


def place_anchor(anchor: Anchor, old: str, new: str) -> None:
    """Set the anchor's state and where the quote of the text `old` stands in `new`, maybe in other words."""
    quote = anchor.quote
    anchor.state, anchor.spans = locate_quote(quote, old, new)
    anchor.passage_start = anchor.passage_end = None
    if anchor.state == AnchorState.ORPHANED and (
        passage := find_changed_words(old=old, new=new, start=quote.start, end=quote.end)
    ):
        anchor.passage_start, anchor.passage_end = passage


def refresh_anchors(quotes: Iterable[Quote]) -> None:
    """Locate quotes again in all later snapshots, after their spans were changed.

    An editor's resolution stays while it fits: the chosen place has the quote's words, or they still occur nowhere.
    """
    texts: dict[int, str] = {}

    def load_text(pk: int) -> str:
        if pk not in texts:
            texts[pk] = Snapshot.objects.values_list("text", flat=True).get(pk=pk)
        return texts[pk]

    anchors = Anchor.objects.filter(quote__in=[quote.pk for quote in quotes]).select_related("quote")
    for anchor in anchors.order_by("snapshot_id", "pk"):
        quote = anchor.quote
        new_text = load_text(anchor.snapshot_id)
        placed = Anchor(quote=quote)
        place_anchor(placed, load_text(quote.snapshot_id), new_text)
        if anchor.settled_at:
            has_words = anchor.spans is not None and text_at_spans(new_text, anchor.spans) == quote.exact
            if has_words or (anchor.spans is None and placed.spans is None):
                continue
        if any(getattr(anchor, name) != getattr(placed, name) for name in _PLACE):
            for name in _PLACE:
                setattr(anchor, name, getattr(placed, name))
            anchor.settled_by = anchor.settled_at = None
            anchor.save(update_fields=[*_PLACE, "settled_by", "settled_at"])
