"""Aligns the words of two claims: the same word, another spelling of a name, or a word of like meaning in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from claims.matching.encoder import FloatArray
from claims.matching.words import Word

MIN_SPELLING_SIMILARITY = 80  # percent, from which two names are spellings of one
MIN_COMMON_PREFIX = 4  # letters that words of one family share: "close" and "closure"
MIN_LIKENESS = 0.5  # cosine from which two words in context stand for each other


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of words in the first claim and in the second that stand for each other, with their likeness (0 to 1)."""

    pairs: dict[tuple[int, int], float]
    first_rest: tuple[int, ...]  # content words without a counterpart
    second_rest: tuple[int, ...]

    def second_of(self, place: int) -> int | None:
        return next((second for first, second in self.pairs if first == place), None)


def align(
    first: Sequence[Word],
    second: Sequence[Word],
    vectors: tuple[FloatArray, FloatArray],
    taken: tuple[frozenset[int], frozenset[int]],
) -> Alignment:
    """Aligns content words, best first, each once. Places in `taken` (numbers, dates) are left out."""
    first_places = [place for place, word in enumerate(first) if word.is_content and place not in taken[0]]
    second_places = [place for place, word in enumerate(second) if word.is_content and place not in taken[1]]
    likeness = vectors[0] @ vectors[1].T
    pairs: dict[tuple[int, int], float] = {}
    free_first, free_second = dict.fromkeys(first_places), dict.fromkeys(second_places)
    for relation in (_is_same_word, _is_same_name, _is_same_family):
        candidates = [
            (float(likeness[one, other]), one, other)
            for one in free_first
            for other in free_second
            if relation(first[one], second[other])
        ]
        for score, one, other in sorted(candidates, reverse=True):
            if one in free_first and other in free_second:
                pairs[one, other] = max(score, 0.9)
                del free_first[one], free_second[other]
    candidates = [
        (float(likeness[one, other]), one, other)
        for one in free_first
        for other in free_second
        if not (first[one].is_name or second[other].is_name) and likeness[one, other] >= MIN_LIKENESS
    ]
    for score, one, other in sorted(candidates, reverse=True):
        if one in free_first and other in free_second:
            pairs[one, other] = score
            del free_first[one], free_second[other]
    return Alignment(pairs, tuple(free_first), tuple(free_second))


def rest_likeness(rest: Sequence[int], vectors: tuple[FloatArray, FloatArray]) -> list[float]:
    """Returns, for each of these words of the first claim, the highest likeness with any word of the second."""
    if not rest or not len(vectors[1]):
        return [0.0] * len(rest)
    return [float(value) for value in np.max(vectors[0][list(rest)] @ vectors[1].T, axis=1)]


def _is_same_word(one: Word, other: Word) -> bool:
    return one.lemma == other.lemma


def _is_same_name(one: Word, other: Word) -> bool:
    if not (one.is_name and other.is_name):
        return False
    return fuzz.ratio(one.lower, other.lower) >= MIN_SPELLING_SIMILARITY


def _is_same_family(one: Word, other: Word) -> bool:
    shorter, longer = sorted((one.lower, other.lower), key=len)
    if one.is_name or other.is_name or len(shorter) < MIN_COMMON_PREFIX:
        return False
    return longer.startswith(shorter[: max(MIN_COMMON_PREFIX, len(shorter) - 2)]) and len(longer) - len(shorter) <= 6
