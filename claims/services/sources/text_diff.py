"""The places that changed from one text to another; within bounds for texts of millions of characters.

First sentences and lines are compared, by those that both texts have just once (patience diff), then the words of what
differs (`worddiff`). What is too long and too different to be compared by words is shown as a whole: gone, and new.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from claims.services.history.word_diff import DiffOp, diff_words

MAX_DEPTH = 12  # rounds of looking for what both have once: each costs as much as reading the texts
MAX_ELEMENT_PAIRS = 40_000  # product of two lengths from which on no more is compared one by one
MAX_WORD_PAIRS = 1_000_000  # of words, in one stretch, that are compared one by one
MAX_WORD_DIFF_LENGTH = 200_000  # code points of one stretch that are compared by words
SHOWN_CONTEXT_LENGTH = 80  # code points shown before and after a change
MAX_SHOWN_LENGTH = 600  # code points of one change that are shown

_PIECE_ENDS = re.compile(r"\n+|[.!?…][\"'”’»)\]]*\s+")

MatchingBlock = tuple[int, int, int]  # where in the first, where in the second, how many


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """Some characters, shortened for showing, and what became of them."""

    fate: DiffOp
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One place that changed: offsets in both texts, and what to show, with some text around it."""

    old_at: int
    new_at: int
    segments: tuple[DiffSegment, ...]


@lru_cache(maxsize=4)  # the pages of one comparison
def diff_texts(old: str, new: str) -> tuple[TextChange, ...]:
    """Every place where `new` is not `old`, in order."""
    return tuple(_iter_text_changes(old, new))


def find_matching_blocks(first: Sequence[str], second: Sequence[str]) -> list[MatchingBlock]:
    """Stretches that both have, in order; none overlap. Not always the most there could be, but in bounded time."""
    blocks: list[MatchingBlock] = []
    waiting = [(0, len(first), 0, len(second), MAX_DEPTH)]
    while waiting:
        low, high, from_, to, depth = waiting.pop()
        start = low
        while low < high and from_ < to and first[low] == second[from_]:
            low, from_ = low + 1, from_ + 1
        if low > start:
            blocks.append((start, from_ - (low - start), low - start))
        end = high
        while low < high and from_ < to and first[high - 1] == second[to - 1]:
            high, to = high - 1, to - 1
        if end > high:
            blocks.append((high, to, end - high))
        if low == high or from_ == to:
            continue
        anchors = _find_unique_matches(first, low, high, second, from_, to) if depth else []
        if not anchors:
            if (high - low) * (to - from_) <= MAX_ELEMENT_PAIRS:
                found = SequenceMatcher(None, first[low:high], second[from_:to], autojunk=False)
                blocks += [(low + i, from_ + j, n) for i, j, n in found.get_matching_blocks() if n]
            continue
        here, there = low, from_
        for i, j in anchors:
            waiting.append((here, i, there, j, depth - 1))
            here, there = i, j
        waiting.append((here, high, there, to, depth - 1))
    return _merge_adjacent_blocks(sorted(blocks))


def _find_unique_matches(  # noqa: PLR0913, PLR0917  # two ranges are four numbers
    first: Sequence[str], low: int, high: int, second: Sequence[str], from_: int, to: int
) -> list[tuple[int, int]]:
    """Places of what stands once in either range, the longest run of them that is in order in both."""
    often = Counter(first[low:high]), Counter(second[from_:to])
    at = {second[j]: j for j in range(from_, to) if often[1][second[j]] == 1}
    pairs = [(i, at[first[i]]) for i in range(low, high) if often[0][first[i]] == 1 and first[i] in at]
    tails: list[int] = []  # by length of a run, the least place in the second that ends one
    last: list[int] = []  # and which pair that is
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [j]
        last[length : length + 1] = [number]
    run: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _merge_adjacent_blocks(blocks: list[MatchingBlock]) -> list[MatchingBlock]:
    joined: list[MatchingBlock] = []
    for i, j, n in blocks:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            i, j, n = joined[-1][0], joined[-1][1], joined[-1][2] + n  # noqa: PLW2901  # one stretch
            joined.pop()
        joined.append((i, j, n))
    return joined


def _split_sentences(text: str) -> list[str]:
    """Sentences and lines, with what ends them."""
    ends = [match.end() for match in _PIECE_ENDS.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if start < end]


def _iter_differing(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], str]]:
    """What stands between the stretches that both have, and the stretch that follows."""
    i = j = 0
    for here, there, n in [*find_matching_blocks(first, second), (len(first), len(second), 0)]:
        yield first[i:here], second[j:there], "".join(first[here : here + n])
        i, j = here + n, there + n


def _iter_text_changes(old: str, new: str) -> Iterator[TextChange]:
    old_at = new_at = 0
    before = ""
    for first, second, after in _iter_differing(_split_sentences(old), _split_sentences(new)):
        gone, come = "".join(first), "".join(second)
        if gone or come:
            segments = [
                DiffSegment(DiffOp.KEPT, _truncate_start(before)),
                *_iter_word_segments(gone, come),
                DiffSegment(DiffOp.KEPT, _truncate_end(after)),
            ]
            yield TextChange(old_at, new_at, tuple(segment for segment in segments if segment.text))
        old_at, new_at = old_at + len(gone) + len(after), new_at + len(come) + len(after)
        before = after


def _iter_word_segments(gone: str, come: str) -> Iterator[DiffSegment]:
    if len(gone) + len(come) > MAX_WORD_DIFF_LENGTH:
        yield DiffSegment(DiffOp.GONE, _truncate_change(gone))
        yield DiffSegment(DiffOp.NEW, _truncate_change(come))
        return
    for fate, text in diff_words(gone, come, most=MAX_WORD_PAIRS):
        if fate is DiffOp.KEPT:
            yield DiffSegment(
                fate,
                text if len(text) <= 2 * SHOWN_CONTEXT_LENGTH else f"{_truncate_end(text)} {_truncate_start(text)}",
            )
        else:
            yield DiffSegment(fate, _truncate_change(text))


def _truncate_change(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}… ({len(text):,} characters)"


def _truncate_end(text: str) -> str:
    return text if len(text) <= SHOWN_CONTEXT_LENGTH else f"{text[:SHOWN_CONTEXT_LENGTH]}…"


def _truncate_start(text: str) -> str:
    return text if len(text) <= SHOWN_CONTEXT_LENGTH else f"…{text[-SHOWN_CONTEXT_LENGTH:]}"
