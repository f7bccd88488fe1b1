"""Whether a noun ("the defender", "the finance minister") may stand for a person, by the roles beside a name."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from claims.extraction.english.lexicon.noun_classes import PERSON_NOUNS
from claims.extraction.english.lexicon.person_nouns import (
    AGE_PATTERN,
    ARTS_NOUNS,
    BARE_PERSON_NOUNS,
    BUSINESS_NOUNS,
    COURT_NOUNS,
    DEMONYMS,
    EVENT_NOUNS,
    FAMILY_NOUNS,
    FIELD_NOUNS,
    FIELDS,
    LOOSE_MODIFIERS,
    MEDICAL_NOUNS,
    MODIFYING_NOUNS,
    OFFICE_NOUNS,
    POLICE_NOUNS,
    POLITICS_NOUNS,
)
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.lexicon import word_set

# Tell one office from another of the same noun.
PORTFOLIO_WORDS = word_set(
    """
    agriculture assistant culture defence defense deputy economy education energy environment finance first foreign
    health home housing immigration information interior justice labour law prime public sports trade transport
    tourism treasury vice
    """
)
# The words of a party, by one of them.
PARTIES = {
    "republican": "republican",
    "gop": "republican",
    "democrat": "democrat",
    "democratic": "democrat",
    "conservative": "conservative",
    "tory": "conservative",
    "labour": "labour",
    "liberal": "liberal",
}
FIELD_NUMBERS = {
    noun: frozenset(number for number, field in enumerate(FIELDS) if noun in field)
    for noun in frozenset[str]().union(*FIELDS)
}
# Politicians have been something else before.
SECOND_FIELDS = frozenset({FIELDS.index(ARTS_NOUNS), FIELDS.index(BUSINESS_NOUNS)})


def has_office(person: Person, phrase: Sequence[str]) -> bool:
    """Whether nothing tells another office: the prime minister is neither "the finance minister" nor "the chief"."""
    if phrase[-1] in MODIFYING_NOUNS and not person.roles.isdisjoint(PERSON_NOUNS - MODIFYING_NOUNS):
        return False
    return person.roles.issuperset(PORTFOLIO_WORDS.intersection(phrase[:-1]))


AGELESS_NOUNS = COURT_NOUNS | POLICE_NOUNS | MEDICAL_NOUNS


class Fit(IntEnum):
    """How well a noun fits a person to whom the document gives no such role."""

    NONE = 0
    POSSIBLE = 1
    SAME_FIELD = 2


def fit_of(person: Person, phrase: Sequence[str], *, is_distinctive: bool) -> Fit:
    """Return how well a phrase fits a person; its head is its last word."""
    head = phrase[-1]
    if not person.is_named:
        # "A man was hurt. The 25-year-old said"
        is_same = head in BARE_PERSON_NOUNS | EVENT_NOUNS or _is_age(head)
        return Fit(is_same and bool(person.roles & BARE_PERSON_NOUNS))
    modifiers = [word for word in phrase[1:-1] if word not in LOOSE_MODIFIERS and not _is_age(word)]
    is_told_apart = not is_distinctive and not person.roles.issuperset(modifiers)
    never_varies = head in BARE_PERSON_NOUNS | EVENT_NOUNS | FAMILY_NOUNS and list(phrase[-2:]) != ["first", "lady"]
    if is_told_apart or never_varies:
        return Fit.NONE
    if _is_age(head):
        # Lawyers and officers are told by their work, not by their age.
        return Fit(person.roles.isdisjoint(AGELESS_NOUNS) and not any(_is_age(role) for role in person.roles))
    if head in DEMONYMS:
        return Fit(not person.roles & DEMONYMS)
    if head in OFFICE_NOUNS:
        # "The Aln governor" is nobody to whom the document gives another office.
        return Fit(is_distinctive and ("former" in person.roles or not person.roles & PERSON_NOUNS))
    return _fit_of_field(person, phrase)


def _fit_of_field(person: Person, phrase: Sequence[str]) -> Fit:
    head = phrase[-1]
    parties, own_parties = _parties_of(phrase), _parties_of(person.roles)
    if parties and own_parties:
        return Fit.SAME_FIELD if parties & own_parties else Fit.NONE
    fields = FIELD_NUMBERS.get(head, frozenset())
    known = frozenset[int]().union(*(_fields_of(role) for role in person.roles))
    if fields & known:
        return Fit.SAME_FIELD
    if "former" in phrase:
        known = frozenset()
    elif head in POLITICS_NOUNS:
        known -= SECOND_FIELDS
    return Fit(head not in FIELD_NOUNS and not (fields and known))


def _fields_of(role: str) -> frozenset[int]:
    """Return the fields of a role: of "sub-inspector" those of "inspector"."""
    return FIELD_NUMBERS.get(role) or FIELD_NUMBERS.get(role.rpartition("-")[2], frozenset())


def _parties_of(words: Iterable[str]) -> set[str]:
    return {PARTIES[word] for word in words if word in PARTIES}


def _is_age(word: str) -> bool:
    return AGE_PATTERN.fullmatch(word) is not None
