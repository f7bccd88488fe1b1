"""Finds words that deny, and pairs of opposites: what two claims assert is opposite if these are odd in number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching.lexicon import LEXICON, word_set
from claims.matching.words import Word, lemma_of

_DENYING_WORDS = word_set("denying_words")
_DENYING_VERBS = frozenset(map(lemma_of, word_set("denying_verbs")))
_VERBS_OF_SIDES = frozenset(map(lemma_of, word_set("verbs_of_sides")))
_PREVENT = lemma_of("prevent")
_BEFORE_SUPERLATIVES = word_set("determiners")
_NEGATIVE_PREFIXES = ("un", "in", "im", "dis", "non", "non-", "ir", "il")


@dataclass(frozen=True, slots=True)
class Denial:
    """The words that deny something: places in the claim's words."""

    places: tuple[int, ...]


def _read_sides() -> list[tuple[frozenset[str], frozenset[str]]]:
    return [
        (frozenset(map(lemma_of, first.split())), frozenset(map(lemma_of, second.split())))
        for first, second in (line.split(" / ") for line in LEXICON["opposites"])
    ]


_SIDES = _read_sides()


def _opposite_lemmas() -> dict[str, frozenset[str]]:
    opposites: dict[str, set[str]] = {}
    for first, second in _SIDES:
        for one, other in ((first, second), (second, first)):
            for lemma in one:
                opposites.setdefault(lemma, set()).update(other)
    return {lemma: frozenset(others) for lemma, others in opposites.items()}


OPPOSITES = _opposite_lemmas()
CONVERSE_PAIRS = frozenset(frozenset(map(lemma_of, pair.split(" / "))) for pair in LEXICON["converse"])


def find_denials(words: Sequence[Word]) -> list[Denial]:
    """Returns what denies in a claim, each once: "no longer", "did not", "failed to"."""
    lowers = [word.lower for word in words]
    denials: list[Denial] = []
    taken: set[int] = set()
    for phrases, denies in ((LEXICON["harmless_phrases"], False), (LEXICON["denying_phrases"], True)):
        for phrase in phrases:
            parts = phrase.split()
            for place in _places_of(lowers, parts):
                places = tuple(range(place, place + len(parts)))
                if taken.isdisjoint(places):
                    taken.update(places)
                    if denies:
                        denials.append(Denial(places))
    for place, word in enumerate(words):
        if place not in taken and (word.lower in _DENYING_WORDS or word.lemma in _DENYING_VERBS) and not word.is_name:
            if word.lemma == _PREVENT and "from" not in lowers[place:]:
                continue  # "prevents malaria" denies nothing
            denials.append(Denial((place,)))
    return sorted(denials, key=lambda denial: denial.places)


def are_opposites(first: str, second: str) -> bool:
    """Whether two lemmas say the opposite of each other: rise and fall, also happy and unhappy."""
    if second in OPPOSITES.get(first, ()):
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 2 and any(
        longer.startswith(prefix) and shorter in {longer.removeprefix(prefix), lemma_of(longer.removeprefix(prefix))}
        for prefix in _NEGATIVE_PREFIXES
    )


def favours(words: Sequence[Word]) -> int | None:
    """Returns the place of "for" where a claim says that somebody votes, argues or stands for something."""
    for place in range(1, len(words)):
        if words[place].lower == "for" and words[place - 1].lemma in _VERBS_OF_SIDES:
            return place
    return None


def makes_superlative(words: Sequence[Word], denial: Denial, other: Sequence[Word]) -> bool:
    """Whether a denial with a comparative is the other claim's superlative: "never lower", "the lowest"."""
    if len(denial.places) != 1 or words[denial.places[0]].lower not in _DENYING_WORDS:
        return False
    return _has_comparative(words) and _has_superlative(other) and not _has_superlative(words)


def _has_comparative(words: Sequence[Word]) -> bool:
    lowers = [word.lower for word in words]
    return any(
        (lower in {"more", "less", "fewer", "worse"} or (lower.endswith("er") and len(lower) > 4))
        and ("than" in lowers[place : place + 6] or lowers[max(0, place - 1)] == "been")
        for place, lower in enumerate(lowers)
    )


def _has_superlative(words: Sequence[Word]) -> bool:
    lowers = [word.lower for word in words]
    return any(
        lower in {"most", "least", "worst"}
        or (lower.endswith("est") and len(lower) > 4 and place > 0 and words[place - 1].lower in _BEFORE_SUPERLATIVES)
        or (lower == "other" and place > 0 and lowers[place - 1] in {"any", "every"})
        for place, lower in enumerate(lowers)
    )


def mean_alike(first: str, second: str) -> bool:
    """Whether both lemmas stand on one side of an opposition, or both deny."""
    return second in list_equivalents(first) or {first, second} <= _DENYING_VERBS


def list_equivalents(lemma: str) -> frozenset[str]:
    """Returns the lemmas on the same side of an opposition: "support" beside "back"."""
    return frozenset().union(*(side for pair in _SIDES for side in pair if lemma in side))


def _places_of(lowers: Sequence[str], parts: Sequence[str]) -> Iterable[int]:
    return (place for place in range(len(lowers)) if list(lowers[place : place + len(parts)]) == list(parts))
