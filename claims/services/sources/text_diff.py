"""The differences between two versions of a text, in bounded time for texts of millions of characters.

Sentences and lines are compared first, anchored at those that occur once in both texts (patience diff), then the words
of what differs (`word_diff`). A passage too long to be compared by words is shown as removed and added as a whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.services.history.word_diff import DiffOp, align_pieces, diff_words

MAX_DEPTH = 12  # rounds of anchoring; each costs as much as reading both texts
MAX_ELEMENT_PAIRS = 1_000_000  # product of the lengths of two passages that are compared element by element
MAX_WORD_PAIRS = 1_000_000  # pairs of words compared in one passage
MAX_WORD_DIFF_LENGTH = 200_000  # code points of one passage that is compared by words
SHOWN_CONTEXT_LENGTH = 80  # code points shown before and after a change
MAX_SHOWN_LENGTH = 600  # code points shown of one change

_PIECE_ENDS = re.compile(r"\n+|[.!?…][\"'”’»)\]]*\s+")

MatchingBlock = tuple[int, int, int]  # offset in the first sequence, offset in the second, length


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A piece of text, shortened for display, and whether it was kept, removed or added."""

    op: DiffOp
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One place that changed: its offsets in both texts, and its segments with some context."""

    old_at: int
    new_at: int
    segments: tuple[DiffSegment, ...]


@lru_cache(maxsize=4)  # by both texts; the pages of one comparison share a result
def diff_texts(old: str, new: str) -> tuple[TextChange, ...]:
    """Every place where the texts differ, in order."""
    return tuple(_iter_text_changes(old, new))


def find_matching_blocks(first: Sequence[str], second: Sequence[str]) -> list[MatchingBlock]:
    """Blocks of equal elements, in order and without overlap. Bounded time, so not always the longest possible."""
    blocks: list[MatchingBlock] = []
    ranges = [(0, len(first), 0, len(second), MAX_DEPTH)]
    while ranges:
        start, end, other_start, other_end, depth = ranges.pop()
        prefix_start = start
        while start < end and other_start < other_end and first[start] == second[other_start]:
            start, other_start = start + 1, other_start + 1
        if start > prefix_start:
            blocks.append((prefix_start, other_start - (start - prefix_start), start - prefix_start))
        suffix_end = end
        while start < end and other_start < other_end and first[end - 1] == second[other_end - 1]:
            end, other_end = end - 1, other_end - 1
        if suffix_end > end:
            blocks.append((end, other_end, suffix_end - end))
        if start == end or other_start == other_end:
            continue
        anchors = _find_unique_matches(first[start:end], second[other_start:other_end]) if depth else []
        if not anchors:
            if (end - start) * (other_end - other_start) <= MAX_ELEMENT_PAIRS:
                pieces = align_pieces(first[start:end], second[other_start:other_end]).as_matching_blocks()
                blocks += [(start + block.a, other_start + block.b, block.size) for block in pieces if block.size]
            continue
        i, j = start, other_start
        for anchor, other_anchor in anchors:
            ranges.append((i, start + anchor, j, other_start + other_anchor, depth - 1))
            i, j = start + anchor, other_start + other_anchor
        ranges.append((i, end, j, other_end, depth - 1))
    return _merge_adjacent_blocks(sorted(blocks))


def _find_unique_matches(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The offsets of elements that occur once in each sequence: the longest run that is in order in both."""
    counts, other_counts = Counter(first), Counter(second)
    unique_in_second = {element: j for j, element in enumerate(second) if other_counts[element] == 1}
    pairs = [
        (i, unique_in_second[element])
        for i, element in enumerate(first)
        if counts[element] == 1 and element in unique_in_second
    ]
    # The longest increasing subsequence of the second offsets, by patience sorting.
    tails: list[int] = []  # for each length of a run, the smallest offset that ends one
    tail_pairs: list[int] = []  # the index of that pair
    previous: list[int] = []  # for each pair, the index of the pair before it in its run
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        previous.append(tail_pairs[length - 1] if length else -1)
        tails[length : length + 1] = [j]
        tail_pairs[length : length + 1] = [index]
    run: list[tuple[int, int]] = []
    index = tail_pairs[-1] if tail_pairs else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]


def _merge_adjacent_blocks(blocks: list[MatchingBlock]) -> list[MatchingBlock]:
    merged: list[MatchingBlock] = []
    for i, j, n in blocks:
        if merged:
            last_i, last_j, last_n = merged[-1]
            if last_i + last_n == i and last_j + last_n == j:
                merged[-1] = last_i, last_j, last_n + n
                continue
        merged.append((i, j, n))
    return merged


def split_sentences(text: str) -> list[str]:
    """Sentences and lines, each with its terminator."""
    ends = [match.end() for match in _PIECE_ENDS.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if start < end]


def iter_differing_pieces(
    first: Sequence[str], second: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], str]]:
    """The elements between matching blocks, of both sequences, with the text of the block that follows."""
    i = j = 0
    for block_i, block_j, n in [*find_matching_blocks(first, second), (len(first), len(second), 0)]:
        yield first[i:block_i], second[j:block_j], "".join(first[block_i : block_i + n])
        i, j = block_i + n, block_j + n


def _iter_text_changes(old: str, new: str) -> Iterator[TextChange]:
    old_at = new_at = 0
    before = ""
    for removed_pieces, added_pieces, after in iter_differing_pieces(split_sentences(old), split_sentences(new)):
        removed, added = "".join(removed_pieces), "".join(added_pieces)
        if removed or added:
            segments = [
                DiffSegment(DiffOp.KEPT, _truncate_start(before)),
                *_iter_word_segments(removed, added),
                DiffSegment(DiffOp.KEPT, _truncate_end(after)),
            ]
            yield TextChange(old_at, new_at, tuple(segment for segment in segments if segment.text))
        old_at, new_at = old_at + len(removed) + len(after), new_at + len(added) + len(after)
        before = after


def _iter_word_segments(removed: str, added: str) -> Iterator[DiffSegment]:
    if len(removed) + len(added) > MAX_WORD_DIFF_LENGTH:
        yield DiffSegment(DiffOp.GONE, _truncate_change(removed))
        yield DiffSegment(DiffOp.NEW, _truncate_change(added))
        return
    for op, text in diff_words(removed, added, max_pairs=MAX_WORD_PAIRS):
        if op is not DiffOp.KEPT:
            yield DiffSegment(op, _truncate_change(text))
        elif len(text) <= 2 * SHOWN_CONTEXT_LENGTH:
            yield DiffSegment(op, text)
        else:
            yield DiffSegment(op, f"{_truncate_end(text)} {_truncate_start(text)}")


def _truncate_change(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}… ({len(text):,} characters)"


def _truncate_end(text: str) -> str:
    return text if len(text) <= SHOWN_CONTEXT_LENGTH else f"{text[:SHOWN_CONTEXT_LENGTH]}…"


def _truncate_start(text: str) -> str:
    return text if len(text) <= SHOWN_CONTEXT_LENGTH else f"…{text[-SHOWN_CONTEXT_LENGTH:]}"
