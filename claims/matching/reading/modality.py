"""Finds how a claim holds: as a fact, in future, perhaps, as a duty, advice or intention, or under a condition."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.matching.lexicon import LEXICON, word_groups, word_set
from claims.matching.reading.words import Word, lemma_of


class Modality(StrEnum):
    FACT = "fact"
    FUTURE = "future"
    POSSIBILITY = "possibility"
    DUTY = "duty"
    ADVICE = "advice"
    INTENTION = "intention"
    WISH = "wish"
    PERMISSION = "permission"
    CONDITION = "condition"


_MODALITY_OF_WORD = {word: Modality(name) for word, name in word_groups("modality").items()}
_REPORTING_LEMMAS = frozenset(map(lemma_of, word_set("reporting_verbs")))
_RELATIVE_PRONOUNS = frozenset(["that", "which", "who"])
_INTENTION_OF_LEMMA = {
    lemma_of(word): kind for kind in (Modality.INTENTION, Modality.WISH) for word in LEXICON["modality"][kind].split()
}
_UNMARKED_PASTS = word_set("unmarked_pasts")
# In two claims alike, these pairs say something different; all others are ways to say the same ("will", "is going to").
DIFFERENT = frozenset(
    frozenset(pair)
    for pair in [
        (Modality.POSSIBILITY, Modality.FACT),
        (Modality.POSSIBILITY, Modality.FUTURE),
        (Modality.POSSIBILITY, Modality.DUTY),
        (Modality.POSSIBILITY, Modality.INTENTION),
        (Modality.DUTY, Modality.ADVICE),
        (Modality.DUTY, Modality.PERMISSION),
        (Modality.ADVICE, Modality.FACT),
        (Modality.ADVICE, Modality.FUTURE),
        (Modality.ADVICE, Modality.POSSIBILITY),
        (Modality.INTENTION, Modality.FACT),
        (Modality.WISH, Modality.FACT),
        (Modality.WISH, Modality.FUTURE),
        (Modality.CONDITION, Modality.FACT),
        (Modality.CONDITION, Modality.FUTURE),
        (Modality.FUTURE, Modality.FACT),
    ]
)


@dataclass(frozen=True, slots=True)
class ModalityMark:
    """A modality and the places of the words that say so; a fact has none."""

    modality: Modality
    places: tuple[int, ...]


def find_modality(words: Sequence[Word]) -> ModalityMark:
    """Returns the strongest modality of a claim: a condition before a possibility, advice, duty, intention, future."""
    lowers = {word.lower for word in words}
    marks: dict[Modality, tuple[int, ...]] = {}
    is_reported = False
    for place, word in enumerate(words):
        if place and _is_aside(word, words[place - 1]):
            continue
        after = [each.lower for each in words[place + 1 : place + 3]]
        lower = word.lower
        is_reported = is_reported or (word.lemma in _REPORTING_LEMMAS and word.is_verb_form)
        is_refusal = lower == "would" and after[:1] in (["not"], ["n't"])
        modality = _modality_of(lower, is_reported=(is_reported or is_refusal) and "if" not in lowers)
        if lower == "may" and ((word.text[0].isupper() and place) or "only" in lowers):
            modality = None  # the month, a permission
        if modality is None and _is_intention(words, place):
            modality = _INTENTION_OF_LEMMA[word.lemma]
        elif lower in {"have", "has", "had", "needs", "need"} and after[:1] == ["to"]:
            modality = Modality.DUTY
        elif (word.lemma == "be" or lower == "going") and after[:1] == ["to"] and after[1:] != ["blame"]:
            modality = Modality.FUTURE
        if modality is not None:
            marks.setdefault(modality, (place,))
    for modality in (
        Modality.CONDITION, Modality.POSSIBILITY, Modality.ADVICE, Modality.DUTY, Modality.WISH, Modality.INTENTION,
        Modality.FUTURE,
        Modality.PERMISSION,
    ):  # fmt: skip
        if modality in marks:
            return ModalityMark(modality, marks[modality])
    return ModalityMark(Modality.FACT, ())


def _modality_of(lower: str, *, is_reported: bool) -> Modality | None:
    return Modality.FUTURE if lower == "would" and is_reported else _MODALITY_OF_WORD.get(lower)


def _is_intention(words: Sequence[Word], place: int) -> bool:
    """Whether a word says what is intended: "plans to close", "a closure is planned"."""
    word = words[place]
    if word.lemma not in _INTENTION_OF_LEMMA:
        return False
    after = [each.lower for each in words[place + 1 : place + 3]]
    is_passive = word.lower.endswith(("ed", "ing")) and place > 0 and words[place - 1].lemma == "be"
    is_last = not after or after[0] == "."  # "to close it is what they want"
    return is_passive or (not word.is_name and ("to" in after or is_last or after[0].endswith("ing")))


def _is_aside(word: Word, before: Word) -> bool:
    """Whether a word tells nothing of how a claim holds: "the bill that would ban it", "rejected the plan to"."""
    return before.lower in _RELATIVE_PRONOUNS or (before.lower == "the" and word.lemma in _INTENTION_OF_LEMMA)


def is_past(words: Sequence[Word]) -> bool:
    """Whether a claim tells what has happened: its first verb that can be told by its form is in the past."""
    return any(
        (word.is_verb_form and not word.lower.endswith("ing"))
        or word.lower in {"was", "were", "had", "did", "has", "have"}
        or (word.lower in _UNMARKED_PASTS and words[place - 1].is_content and not words[place - 1].lower.endswith("s"))
        for place, word in enumerate(words)
    )
