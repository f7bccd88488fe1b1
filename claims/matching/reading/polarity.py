"""Finds words that deny, and pairs of opposites: what two claims assert is opposite if these are odd in number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading.words import Word, lemma_of

DENYING_WORDS = word_set("denying_words")
_DENYING_VERBS = frozenset(map(lemma_of, word_set("denying_verbs")))
_DENYING_ADJECTIVES = word_set("denying_adjectives")
_VERBS_OF_SIDES = frozenset(map(lemma_of, word_set("verbs_of_sides")))
_VERBS_OF_LOSING = word_set("verbs_of_losing")
_PREVENT, _DECLINE = lemma_of("prevent"), lemma_of("decline")
_BEFORE_SUPERLATIVES = word_set("determiners")
_NEGATIVE_PREFIXES = ("un", "dis", "non", "in", "im", "ir", "il")
_PREFIXES_OF_ADJECTIVES = ("in", "im", "ir", "il")  # "import" denies nothing
_ENDINGS_OF_ADJECTIVES = tuple(LEXICON["endings_of_adjectives"].split())


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


def _equivalent_lemmas() -> dict[str, frozenset[str]]:
    groups = [frozenset(map(lemma_of, group.split())) for group in LEXICON["equivalents"]]
    equivalents: dict[str, frozenset[str]] = {}
    for group in chain(groups, *_SIDES):
        for lemma in group:
            equivalents[lemma] = equivalents.get(lemma, frozenset()) | group
    return equivalents


_EQUIVALENTS = _equivalent_lemmas()
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
        after = words[place + 1] if place + 1 < len(words) else None
        is_predicative = word.lower in _DENYING_ADJECTIVES and not (after is not None and after.is_content)
        denies = is_predicative or word.lower in DENYING_WORDS or word.lemma in _DENYING_VERBS
        if denies and place not in taken and not word.is_name:
            if word.lemma == _PREVENT and "from" not in lowers[place:]:
                continue  # "prevents malaria" denies nothing
            if word.lemma == _DECLINE and not (set(lowers[place + 1 : place + 2]) & {"to", *_BEFORE_SUPERLATIVES}):
                continue  # "exports declined" denies nothing
            denials.append(Denial((place,)))
    return sorted(denials, key=lambda denial: denial.places)


def are_opposites(first: Word, second: Word) -> bool:
    """Whether two words say the opposite of each other: rise and fall, also happy and unhappy."""
    return second.lemma in OPPOSITES.get(first.lemma, ()) or is_prefixed(first, second)


def is_prefixed(first: Word, second: Word) -> bool:
    """Whether one word is the other with a prefix that denies it: aware, unaware."""
    return any(
        lemma == plain.lemma or plain.lemma in list_equivalents(lemma)
        for prefixed, plain in ((first, second), (second, first))
        if not prefixed.is_name
        for lemma in _lemmas_without_prefix(prefixed.lower)
    )


@lru_cache(4096)  # each word of a claim is compared with each of the other
def _lemmas_without_prefix(lower: str) -> tuple[str, ...]:
    stems = [
        lower.removeprefix(prefix)
        for prefix in _NEGATIVE_PREFIXES
        if prefix not in _PREFIXES_OF_ADJECTIVES or lower.endswith(_ENDINGS_OF_ADJECTIVES)
    ]
    return tuple(lemma_of(stem) for stem in stems if stem != lower and len(stem) > 2)


def favours(words: Sequence[Word]) -> int | None:
    """Returns the place of "for" where a claim says that somebody votes, argues or stands for something."""
    for place in range(1, len(words)):
        if words[place].lower == "for" and words[place - 1].lemma in _VERBS_OF_SIDES:
            return place
    return None


def is_met(words: Sequence[Word], denial: Denial, other: Sequence[Word]) -> bool:
    """Whether the other claim says what a denial does in a word of its own: "threw out" and "dismissed"."""
    other_lemmas = {word.lemma for word in other}
    if words[denial.places[0]].lower == "without" and other_lemmas & _VERBS_OF_LOSING:
        return True
    is_verb = len(denial.places) == 1 and words[denial.places[0]].lemma in _DENYING_VERBS
    if is_verb and list_equivalents(words[denial.places[0]].lemma) & other_lemmas - _DENYING_VERBS:
        return True
    return makes_superlative(words, denial, other)


def makes_superlative(words: Sequence[Word], denial: Denial, other: Sequence[Word]) -> bool:
    """Whether a denial with a comparative is the other claim's superlative: "never lower", "the lowest"."""
    if len(denial.places) != 1 or words[denial.places[0]].lower not in DENYING_WORDS:
        return False
    is_comparative = _has_comparative(words) or "had" in {word.lower for word in words}
    return is_comparative and _has_superlative(other) and not _has_superlative(words)


def _has_comparative(words: Sequence[Word]) -> bool:
    lowers = [word.lower for word in words]
    return any(
        (lower in {"more", "less", "fewer", "worse"} or (lower.endswith("er") and len(lower) > 4))
        and ("than" in lowers[place : place + 6] or "been" in lowers[max(0, place - 2) : place])
        for place, lower in enumerate(lowers)
    )


def _has_superlative(words: Sequence[Word]) -> bool:
    lowers = [word.lower for word in words]
    return any(
        lower in {"most", "least", "worst"}
        or lowers[place : place + 2] == ["first", "time"]
        or (lower.endswith("est") and len(lower) > 4 and place > 0 and words[place - 1].lower in _BEFORE_SUPERLATIVES)
        or (lower == "other" and place > 0 and lowers[place - 1] in {"any", "every"})
        for place, lower in enumerate(lowers)
    )


def mean_alike(first: str, second: str) -> bool:
    """Whether both lemmas stand on one side of an opposition, or both deny."""
    return second in list_equivalents(first) or {first, second} <= _DENYING_VERBS


def list_equivalents(lemma: str) -> frozenset[str]:
    """Returns the lemmas that stand for another, or on the same side of an opposition: "support" beside "back"."""
    return _EQUIVALENTS.get(lemma, frozenset())


def _places_of(lowers: Sequence[str], parts: Sequence[str]) -> Iterable[int]:
    return (place for place in range(len(lowers)) if list(lowers[place : place + len(parts)]) == list(parts))
