"""Aligns the paragraphs of a text with those of its translation, by their lengths and the names and numbers in both.

After Gale and Church (1993): the best sequence of groups of one paragraph with one, none or two, found by dynamic
programming in a band around the diagonal, so that the time grows with the length of the texts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, log, sqrt

from anyascii import anyascii

Span = tuple[int, int]  # code points, end exclusive

# How many paragraphs of each text a group has, and how usual such a group is.
GROUPS = {(1, 1): 0.85, (2, 1): 0.04, (1, 2): 0.04, (1, 0): 0.03, (0, 1): 0.03, (2, 2): 0.01}
LENGTH_VARIANCE = 6.8  # of a character of the translation, by Gale and Church
MAX_LENGTH_COST = 8.0  # of a group, so that one free translation does not shift all that follows
SHARED_ANCHOR = 1.5  # what each name or number in both is worth
LONE_ANCHOR = 0.5  # and what one in only one of them costs
TIED_PASSAGE = 15.0  # what a passage is worth that is known to say the same in both
BAND = 40  # paragraphs around the diagonal
NAME_PREFIX = 5  # letters in which a name in another script or case is still the same
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_ANCHOR = re.compile(r"\d+|\b[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class AlignedGroup:
    """Paragraphs of the original and those of the translation that render them; either may be none."""

    original: tuple[Span, ...]
    translation: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    span: Span
    length: int
    anchors: frozenset[str]
    ties: frozenset[int]


def align_paragraphs(original: str, translation: str, ties: Iterable[tuple[int, int]] = ()) -> list[AlignedGroup]:
    """Return the paragraphs of both texts in groups, in reading order; each paragraph is in one group.

    `ties` are where passages begin that say the same: in the original, and in the translation.
    """
    pairs = list(ties)
    first = _split(original, [start for start, _ in pairs])
    second = _split(translation, [start for _, start in pairs])
    ratio = _total(second) / max(_total(first), 1)
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    slope = len(second) / max(len(first), 1)
    band = max(BAND, abs(len(first) - len(second)))
    for i in range(len(first) + 1):
        middle = int(i * slope)
        for j in range(max(middle - band, 0), min(middle + band, len(second)) + 1):
            for group, share in GROUPS.items():
                before = i - group[0], j - group[1]
                if before not in costs:
                    continue
                cost = costs[before] - log(share) + _cost(first[before[0] : i], second[before[1] : j], ratio)
                if cost < costs.get((i, j), inf):
                    costs[i, j], steps[i, j] = cost, group
    return _trace(first, second, steps)


def _trace(
    first: Sequence[_Paragraph], second: Sequence[_Paragraph], steps: dict[tuple[int, int], tuple[int, int]]
) -> list[AlignedGroup]:
    groups = []
    i, j = len(first), len(second)
    while (i, j) != (0, 0):
        from_first, from_second = steps[i, j]
        original = tuple(paragraph.span for paragraph in first[i - from_first : i])
        translation = tuple(paragraph.span for paragraph in second[j - from_second : j])
        groups.append(AlignedGroup(original, translation))
        i, j = i - from_first, j - from_second
    return groups[::-1]


def _cost(first: Sequence[_Paragraph], second: Sequence[_Paragraph], ratio: float) -> float:
    if not first or not second:
        return 0
    length, other = _total(first) * ratio, _total(second)
    deviation = (other - length) / sqrt(LENGTH_VARIANCE * max(length, 1))
    anchors = frozenset().union(*(paragraph.anchors for paragraph in first))
    others = frozenset().union(*(paragraph.anchors for paragraph in second))
    lone = len(anchors ^ others) * LONE_ANCHOR
    tied = frozenset().union(*(paragraph.ties for paragraph in first))
    tied &= frozenset().union(*(paragraph.ties for paragraph in second))
    worth = len(anchors & others) * SHARED_ANCHOR + len(tied) * TIED_PASSAGE
    return min(deviation**2 / 2, MAX_LENGTH_COST) + lone - worth


def _total(paragraphs: Sequence[_Paragraph]) -> int:
    return sum(paragraph.length for paragraph in paragraphs)


def _split(text: str, tied_starts: Sequence[int]) -> list[_Paragraph]:
    paragraphs = []
    for match in _PARAGRAPH.finditer(text):
        ties = frozenset(tie for tie, start in enumerate(tied_starts) if match.start() <= start < match.end())
        paragraphs.append(_Paragraph(match.span(), len(match[0]), frozenset(_anchors(match[0])), ties))
    return paragraphs


def _anchors(paragraph: str) -> list[str]:
    """Return the numbers, and the names within a sentence, as they are in Latin letters of any script."""
    found = []
    for match in _ANCHOR.finditer(paragraph):
        word = match[0]
        if word.isdecimal():
            found.append(word)
        elif word[0].isupper() and not re.search(r"(?:^|[.!?…:»”\"]\s|[«“\"—–]\s?)$", paragraph[: match.start()][-3:]):
            found.append(_LATIN.sub("", anyascii(word).lower().replace("iy", "i"))[:NAME_PREFIX])
    return found


_LATIN = re.compile(r"[^a-z]")
