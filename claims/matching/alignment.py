"""Aligns the words of two claims: the same word, another spelling of a name, or a word of like meaning in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.matching.encoder import FloatArray
from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading.polarity import list_equivalents
from claims.matching.reading.words import Word

MIN_SPELLING_SIMILARITY = 80  # percent, from which two names are spellings of one
MIN_COMMON_PREFIX = 4  # letters that words of one family share: "close" and "closure"
_COUNTRIES = {name: number for number, names in enumerate(LEXICON["countries_and_peoples"]) for name in names.split()}
_ENDINGS_OF_PEOPLES = word_set("endings_of_peoples")
_ENDINGS = _ENDINGS_OF_PEOPLES | {"", "a", "e", "o", "y", "ia"}
_LOOK_ALIKE = frozenset(frozenset(names.split()) for names in LEXICON["look_alike_names"])
MIN_LIKENESS = 0.5  # cosine from which two words in context stand for each other
MIN_LIKENESS_OF_FIRST = 0.7  # of those that begin the claims and can be names: "Boeing", "Airbus"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of words in the first claim and in the second that stand for each other, with their likeness (0 to 1)."""

    pairs: dict[tuple[int, int], float]
    first_rest: tuple[int, ...]  # content words without a counterpart
    second_rest: tuple[int, ...]
    guesses: tuple[tuple[int, int], ...]  # pairs of which the vectors alone say so

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
    for relation in (_is_same_word, _is_same_name, _is_same_family, _is_equivalent):
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
        if not (first[one].is_name or second[other].is_name)
        and likeness[one, other] >= (MIN_LIKENESS_OF_FIRST if one == other == 0 else MIN_LIKENESS)
    ]
    guesses = []
    for score, one, other in sorted(candidates, reverse=True):
        if one in free_first and other in free_second:
            pairs[one, other] = score
            guesses.append((one, other))
            del free_first[one], free_second[other]
    return Alignment(pairs, tuple(free_first), tuple(free_second), tuple(guesses))


def _is_same_word(one: Word, other: Word) -> bool:
    return one.lemma == other.lemma


def _is_equivalent(one: Word, other: Word) -> bool:
    return other.lemma in list_equivalents(one.lemma) and not (one.is_name or other.is_name)


def _is_same_name(one: Word, other: Word) -> bool:
    if not (one.is_name and other.is_name):
        return False
    if _are_look_alikes(one, other):
        return False
    return fuzz.ratio(one.lower, other.lower) >= MIN_SPELLING_SIMILARITY or _is_same_country(one.lower, other.lower)


def _are_look_alikes(one: Word, other: Word) -> bool:
    return frozenset((one.lower, other.lower)) in _LOOK_ALIKE


def _is_same_country(one: str, other: str) -> bool:
    """Whether one name is a country's and one its people's: Spain and Spaniards, Canada and Canadian."""
    if one in _COUNTRIES or other in _COUNTRIES:
        return _COUNTRIES.get(one) == _COUNTRIES.get(other)
    common = 0
    for letter, other_letter in zip(one, other, strict=False):
        if letter != other_letter:
            break
        common += 1
    endings = {one[common:], other[common:]}
    return common >= MIN_COMMON_PREFIX and bool(endings & _ENDINGS_OF_PEOPLES) and endings <= _ENDINGS


def _is_same_family(one: Word, other: Word) -> bool:
    shorter, longer = sorted((one.lower, other.lower), key=len)
    if one.is_name or other.is_name or _are_look_alikes(one, other) or len(shorter) < MIN_COMMON_PREFIX:
        return False
    return longer.startswith(shorter[: max(MIN_COMMON_PREFIX, len(shorter) - 2)]) and len(longer) - len(shorter) <= 6
