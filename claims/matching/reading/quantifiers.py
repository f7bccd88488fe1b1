"""Finds words that say how many of a kind: all, most, half, several, few, none."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.matching.lexicon import LEXICON, word_groups
from claims.matching.reading.words import Word


class Extent(StrEnum):
    ALL = "all"
    MOST = "most"
    HALF = "half"
    SOME = "some"
    FEW = "few"
    NONE = "none"
    ONE_OF = "one of"


_PHRASES = [
    (Extent(name), phrase.split()) for name, phrases in LEXICON["quantifier_phrases"].items() for phrase in phrases
]
_EXTENT_OF_WORD = {word: Extent(name) for word, name in word_groups("quantifier_words").items()}


@dataclass(frozen=True, slots=True)
class Quantifier:
    extent: Extent
    places: tuple[int, ...]


def find_quantifiers(words: Sequence[Word], taken: frozenset[int] = frozenset()) -> list[Quantifier]:
    """Returns the quantifiers in order. Words at the places in `taken` (quantities) are not read."""
    lowers = [word.lower for word in words]
    found: dict[int, Quantifier] = {}
    used: set[int] = set()
    for extent, parts in _PHRASES:
        for place in range(len(lowers) - len(parts) + 1):
            places = range(place, place + len(parts))
            if lowers[place : place + len(parts)] == parts and used.isdisjoint(places):
                found[place] = Quantifier(extent, tuple(places))
                used.update(places)
    for place, lower in enumerate(lowers):
        if place not in used and place not in taken and lower in _EXTENT_OF_WORD and _counts(lowers, place):
            found[place] = Quantifier(_EXTENT_OF_WORD[lower], (place,))
    return [found[place] for place in sorted(found)]


def _counts(lowers: Sequence[str], place: int) -> bool:
    """Whether a word says how many here: not "the most", "some 200", "how many", "at all" or "both X and Y"."""
    before = lowers[place - 1] if place else ""
    after = lowers[place + 1 : place + 4]
    match lowers[place]:
        case "most":
            return before not in {"the", "at"} and after[:1] != ["recent"]
        case "some":
            return not (after and after[0][0].isdigit())
        case "many" | "few":
            return before not in {"how", "as", "so", "too"}
        case "all":
            return before != "at"
        case "both":
            return "and" not in after
    return True
