"""Finds what stands in a later version of a text where a passage of the earlier one stood."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from claims.services.history.word_diff import DiffOp, diff_words
from claims.services.sources.text_diff import MAX_WORD_PAIRS, iter_differing_pieces, split_sentences

MAX_PASSAGE_CONTEXT = 300  # code points before and after the span: the rest of its sentences, up to this length
MIN_KEPT_SHARE = 0.5  # of the characters of a quote, in what is taken for the same statement in other words
MAX_PASSAGE_GROWTH = 100  # code points that may be added to it, besides its own length once more
MAX_COMPARED_LENGTH = 1_000_000  # code points of both texts together
MAX_ALIGNED_BY_WORDS = 50_000  # code points of a place that changed, in both texts; in a longer one all of it is shown


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """The sentences around a span of the earlier text, and what stands there in the later one, maybe nothing.

    `old_start` is the offset of `old` in the earlier text, `new_start` that of `new` in the later, in code points.
    """

    old_start: int
    old: str
    new_start: int
    new: str


@dataclass(frozen=True, slots=True)
class _Change:
    """A place where the texts differ: offsets in both, end exclusive."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Where two texts differ, in order, and the ends of their sentences."""

    changes: tuple[_Change, ...]
    old_ends: tuple[int, ...]
    new_ends: tuple[int, ...]


def find_changed_passage(*, old: str, new: str, start: int, end: int) -> ChangedPassage:
    """Return the sentences of the old text from `start` to `end` and what stands between their neighbours in the new.

    Takes bounded time for texts of any length.
    """
    alignment = _align(old, new)
    old_start = max(_sentence_start(alignment.old_ends, start), start - MAX_PASSAGE_CONTEXT)
    old_end = min(_sentence_end(alignment.old_ends, end), end + MAX_PASSAGE_CONTEXT)
    new_start = _map_start(old, new, alignment, old_start)
    new_end = _map_end(old, new, alignment, old_end)
    return ChangedPassage(old_start, old[old_start:old_end], new_start, new[new_start:new_end])


def find_changed_words(*, old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words from `start` to `end` of the old text stand in the new one in other words.

    None if what stands there now has not half of them or is much longer, so that it is no version of the same
    statement; and for texts too long to be compared at once.
    """
    if len(old) + len(new) > MAX_COMPARED_LENGTH:
        return None
    passage = find_changed_passage(old=old, new=new, start=start, end=end)
    places: list[tuple[int, int]] = []
    kept_length = 0
    old_at, new_at, is_replaced = passage.old_start, passage.new_start, False
    for op, text in diff_words(passage.old, passage.new, max_pairs=MAX_WORD_PAIRS):
        low, high = max(old_at, start), min(old_at + len(text), end)
        if op is DiffOp.NEW:
            if is_replaced or start < old_at < end:
                places.append((new_at, new_at + len(text)))
        elif low < high and op is DiffOp.KEPT:
            kept_length += len("".join(old[low:high].split()))
            places.append((new_at + low - old_at, new_at + high - old_at))
        is_replaced = op is DiffOp.GONE and low < high
        old_at += 0 if op is DiffOp.NEW else len(text)
        new_at += 0 if op is DiffOp.GONE else len(text)
    if not kept_length or kept_length < MIN_KEPT_SHARE * len("".join(old[start:end].split())):
        return None
    found = new[places[0][0] : places[-1][1]]
    new_start = places[0][0] + len(found) - len(found.lstrip())
    new_end = new_start + len(found.strip())
    return (new_start, new_end) if new_end - new_start <= 2 * (end - start) + MAX_PASSAGE_GROWTH else None


@lru_cache(maxsize=4)  # by both texts; the quotes of one source share a result
def _align(old: str, new: str) -> _Alignment:
    old_pieces, new_pieces = split_sentences(old), split_sentences(new)
    changes = []
    old_at = new_at = 0
    for removed, added, after in iter_differing_pieces(old_pieces, new_pieces):
        old_end, new_end = old_at + sum(map(len, removed)), new_at + sum(map(len, added))
        changes.append(_Change(old_at, old_end, new_at, new_end))
        old_at, new_at = old_end + len(after), new_end + len(after)
    ends = [tuple(accumulate(map(len, pieces))) for pieces in (old_pieces, new_pieces)]
    return _Alignment(tuple(changes), *ends)


def _sentence_start(ends: Sequence[int], at: int) -> int:
    """The start of the sentence with the character at this offset."""
    index = bisect_right(ends, at)
    return ends[index - 1] if index else 0


def _sentence_end(ends: Sequence[int], at: int) -> int:
    """The end of the sentence that ends at or after this offset."""
    index = bisect_left(ends, at)
    return ends[index] if index < len(ends) else at


def _map_start(old: str, new: str, alignment: _Alignment, at: int) -> int:
    """The offset in the new text at which the passage that starts at `at` in the old one starts."""
    shift = 0
    for change in alignment.changes:
        if at < change.old_start:
            break
        if at < change.old_end:
            position = _map_within(old, new, change, at, is_end=False)
            start = max(_sentence_start(alignment.new_ends, position), position - MAX_PASSAGE_CONTEXT)
            return max(start, change.new_start)
        shift = change.new_end - change.old_end
    return at + shift


def _map_end(old: str, new: str, alignment: _Alignment, at: int) -> int:
    """The offset in the new text at which the passage that ends at `at` in the old one ends."""
    shift = 0
    for change in alignment.changes:
        if at <= change.old_start:
            break
        if at <= change.old_end:
            position = _map_within(old, new, change, at, is_end=True)
            end = min(_sentence_end(alignment.new_ends, position), position + MAX_PASSAGE_CONTEXT)
            return min(end, change.new_end)
        shift = change.new_end - change.old_end
    return at + shift


def _map_within(old: str, new: str, change: _Change, at: int, *, is_end: bool) -> int:
    """The offset in the new text of a boundary inside a change, by the words around it.

    If these are gone, a start is before what was added in their place and an end is after it.
    """
    removed, added = old[change.old_start : change.old_end], new[change.new_start : change.new_end]
    if len(removed) + len(added) > MAX_ALIGNED_BY_WORDS:
        return change.new_end if is_end else change.new_start
    old_at, new_at = change.old_start, change.new_start
    parts = diff_words(removed, added, max_pairs=MAX_WORD_PAIRS)
    for (op, text), (next_op, next_text) in zip(parts, [*parts[1:], (DiffOp.KEPT, "")], strict=True):
        if op is DiffOp.NEW:
            new_at += len(text)
            continue
        if old_at + is_end <= at < old_at + len(text) + is_end:
            if op is DiffOp.KEPT:
                return new_at + at - old_at
            return new_at + (len(next_text) if is_end and next_op is DiffOp.NEW else 0)
        old_at += len(text)
        new_at += len(text) if op is DiffOp.KEPT else 0
    return change.new_end
