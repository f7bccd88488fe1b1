"""Compares who does what to whom: the order of two participants around a verb, with passives and converse verbs."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from claims.matching.alignment import Alignment
from claims.matching.lexicon import word_set
from claims.matching.polarity import CONVERSE_PAIRS
from claims.matching.words import Word

MIN_VERB_LIKENESS = 0.55  # cosine from which two verbs name one action
_PARTICLES = frozenset(["over", "on", "at", "against"])  # after a verb, whose object follows
_CIRCUMSTANCES, _DETERMINERS = word_set("circumstances"), word_set("determiners")


def find_exchanged(
    first: Sequence[Word], second: Sequence[Word], alignment: Alignment
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yields the places, in the first claim and in the second, of two participants that have exchanged their roles."""
    participants = [
        (one, other)
        for one, other in sorted(alignment.pairs)
        if _is_participant(first, one) and _is_participant(second, other)
    ]
    converse = [
        (verb, other_verb)
        for verb in range(len(first))
        for other_verb in range(len(second))
        if _are_converse(first[verb], second[other_verb])
    ]
    for (one, other), (next_one, next_other) in combinations(participants, 2):
        if not (_stands_apart(first, one, next_one) and _stands_apart(second, other, next_other)):
            continue  # "President Ana Belloso", "Ana Belloso, the president"
        verbs = [
            (verb, other_verb)
            for (verb, other_verb), likeness in alignment.pairs.items()
            if (likeness >= MIN_VERB_LIKENESS or (verb, other_verb) in converse)
            and not first[verb].is_name
            and not _has_article(first, verb)
            and _is_between(verb, one, next_one)
            and _is_between(other_verb, other, next_other)
        ]
        is_converse = any(
            _is_between(verb, one, next_one) and _is_between(other_verb, other, next_other)
            for verb, other_verb in converse
        )
        slots = preposition_of(first, one), preposition_of(first, next_one)
        other_slots = preposition_of(second, other), preposition_of(second, next_other)
        if slots == ("by", "by") or other_slots == ("by", "by"):
            continue  # "by Ghana and Togo"
        # Only an agent says who acts where the verbs have nothing in common.
        if not verbs and "by" not in {*slots, *other_slots}:
            continue
        if "to" in {*slots, *other_slots} and "by" not in {*slots, *other_slots} and not is_converse:
            is_same_verb = any(first[verb].lemma == second[other_verb].lemma for verb, other_verb in verbs)
            exchanged = is_same_verb and "to" in slots and slots == other_slots[::-1]
        else:
            exchanged = (_acts_first(first, one, next_one) != _acts_first(second, other, next_other)) != is_converse
        if exchanged:
            yield (one, next_one), (other, next_other)


def find_exchanged_comparison(
    first: Sequence[Word], second: Sequence[Word]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Returns the places of what is compared with what, where it stands on the other side of "than" in the second."""
    sides, other_sides = _split_comparison(first), _split_comparison(second)
    if sides is None or other_sides is None:
        return None
    (before, after), (other_before, other_after) = sides, other_sides
    left = before.keys() & other_after.keys() - after.keys() - other_before.keys()
    right = after.keys() & other_before.keys() - before.keys() - other_after.keys()
    if not (left and right):
        return None
    one, other = min(left, key=before.__getitem__), min(right, key=after.__getitem__)
    return (before[one], after[other]), (other_before[other], other_after[one])


def _split_comparison(words: Sequence[Word]) -> tuple[dict[str, int], dict[str, int]] | None:
    than = next((place for place, word in enumerate(words) if word.lower == "than"), None)
    if than is None:
        return None
    places = {word.lemma: place for place, word in enumerate(words) if word.is_content}
    before = {word.lemma: place for place, word in enumerate(words[:than]) if word.is_content}
    return before, {lemma: place for lemma, place in places.items() if place > than}


def preposition_of(words: Sequence[Word], place: int) -> str:
    """Returns the preposition that a noun stands after, "" if it stands after none."""
    after = words[place + 1].lemma if place + 1 < len(words) else ""
    if after in {"be", "have"} and words[0].lower in _CIRCUMSTANCES:
        return ""  # "In the final Ghana was beaten": the subject
    begins = False  # whether the noun phrase begins with the word just read
    for previous in range(place - 1, max(-1, place - 8), -1):
        word = words[previous]
        if begins and word.is_name:
            return ""  # "at Kobane the Kurds"
        begins = word.lower in {"the", "a", "an"}
        before = words[previous - 1] if previous else None
        if before is not None and before.is_name and word.lower in {"of", "and"}:
            continue  # "by the University of Oxford and the state"
        if before is not None and before.is_verb_form and word.lower in _PARTICLES:
            is_passive = previous > 1 and words[previous - 2].lemma == "be"
            return word.lower if is_passive else ""  # "took over the bank"
        if word.lower in _CIRCUMSTANCES or word.lower in {"by", "to", "from", "than"}:
            return word.lower
        if word.lower == "," and previous and words[previous - 1].is_name and previous + 1 < place:
            continue  # "by Ana Belloso, the president"
        if (
            word.lower in _DETERMINERS
            or word.is_name
            or (word.is_content and word.lower.isalpha() and not _ends_noun(words, previous))
        ):
            continue
        return ""
    return ""


def _ends_noun(words: Sequence[Word], place: int) -> bool:
    """Whether what follows a word begins another noun phrase."""
    following = words[place + 1].lower if place + 1 < len(words) else ""
    return following in _DETERMINERS and following != "'s"


def _is_participant(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    after = words[place + 1].lower if place + 1 < len(words) else ""
    if after == "'s" or not word.lower[0].isalpha() or (word.lower.endswith(("ed", "ing")) and not word.is_name):
        return False
    ends_phrase = (
        not after or not after[0].isalpha() or after in _CIRCUMSTANCES or after in {"by", "to", "from", "than"}
    )
    is_noun = word.is_name or _has_article(words, place) or place == 0 or ends_phrase or _is_plural_noun(words, place)
    return is_noun and preposition_of(words, place) not in _CIRCUMSTANCES


def _stands_apart(words: Sequence[Word], one: int, other: int) -> bool:
    start, end = min(one, other), max(one, other)
    return any(
        word.lower[0].isalpha() and word.lower not in _DETERMINERS and not word.is_name
        for word in words[start + 1 : end]
    )


def _has_article(words: Sequence[Word], place: int) -> bool:
    return place > 0 and words[place - 1].lower in _DETERMINERS


def _is_plural_noun(words: Sequence[Word], place: int) -> bool:
    return words[place].lower.endswith("s") or preposition_of(words, place) in {"by", "than", "to"}


def _acts_first(words: Sequence[Word], one: int, other: int) -> bool:
    """Whether the participant at `one` acts on the other: it stands first, unless the verb is passive."""
    if preposition_of(words, one) == "by":
        return True
    if preposition_of(words, other) == "by":
        return False
    return one < other


def _is_between(place: int, one: int, other: int) -> bool:
    return min(one, other) < place < max(one, other)


def _are_converse(one: Word, other: Word) -> bool:
    return frozenset((one.lemma, other.lemma)) in CONVERSE_PAIRS
