"""The people a document names: their fullest names, what they are called, and whether they are "he" or "she"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction.lexicon.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES
from claims.extraction.lexicon.noun_classes import (
    FEMALE_HONORIFICS,
    FEMALE_NOUNS,
    FEMALE_PRONOUNS,
    MALE_HONORIFICS,
    MALE_NOUNS,
    MALE_PRONOUNS,
    TITLE_NOUNS,
)
from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Speaker, Unresolved
from claims.extraction.resolver.entities.name_runs import is_form_of_name, last_name

# More bearers of one last name than this are not told apart; the bound keeps a list of names linear.
MAX_SAME_NAME = 20


@dataclass(slots=True)
class Person:
    """Somebody the document names. `first` is the word where it first does, `full` where
    it does with more than the last name, `sure` whether anything but capitals says
    that this is a person, `gender` "he", "she" or "" for unknown.
    """

    name: str
    words: tuple[str, ...]
    first: int
    sure: bool = False
    gender: str = ""
    full: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    def may_be(self, word: str) -> bool:
        """Whether this pronoun or noun may stand for the person, as far as gender tells."""
        return not (
            (word in MALE_PRONOUNS | MALE_NOUNS and self.gender == "she")
            or (word in FEMALE_PRONOUNS | FEMALE_NOUNS and self.gender == "he")
        )

    def learn(self, role: Iterable[str]) -> None:
        """Remember a role the document gives the person, and the gender that it gives away."""
        words = {TITLE_NOUNS.get(word, word) for word in role}
        self.roles |= words
        if words & MALE_NOUNS and not words & FEMALE_NOUNS:
            self.gender = self.gender or "he"
        elif words & FEMALE_NOUNS and not words & MALE_NOUNS:
            self.gender = self.gender or "she"


class PersonTable:
    """Everyone a document names, found by any form of their name."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, ...], Person] = {}
        self._by_last: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: str, words: tuple[str, ...], at: int, *, titled: bool = False) -> Person:
        """A person called so in full. The fullest of the names that fit each other is the person's name."""
        known = self._all.get(words)
        if known is None:
            near = [
                other
                for other in self._by_last[last_name(words)][:MAX_SAME_NAME]
                if _are_same_person(words, other.words)
            ]
            known = near[0] if len(near) == 1 else None
            if known is None:
                known = Person(name, words, at)
                self._by_last[last_name(words)].append(known)
                self._by_first[words[0]].append(known)
            else:
                # Only people go by parts of their names.
                known.sure = True
                # "Crooked Ann Moor" is not a fuller name than "Ann Moor".
                given, known_given = (
                    words[0] in MALE_FIRST_NAMES | FEMALE_FIRST_NAMES,
                    known.words[0] in MALE_FIRST_NAMES | FEMALE_FIRST_NAMES,
                )
                if (given, len(words)) > (known_given, len(known.words)):
                    known.name, known.words = name, words
            self._all[words] = known
        if not titled:
            known.gender = known.gender or (
                "he" if words[0] in MALE_FIRST_NAMES else "she" if words[0] in FEMALE_FIRST_NAMES else ""
            )
            known.sure = known.sure or words[0] in MALE_FIRST_NAMES | FEMALE_FIRST_NAMES
        return known

    def called(self, words: Sequence[str], titles: Iterable[str] = ()) -> list[Person]:
        """Everyone who may be called so: by the full name, by the last name, or by the first name alone."""
        exact = self._all.get(tuple(words))
        if exact is not None:
            return [exact]
        titled = set(titles)
        found = [
            person
            for person in self._by_last.get(last_name(words), [])[:MAX_SAME_NAME]
            if is_form_of_name(words, person.words)
            and not (titled & MALE_HONORIFICS and person.gender == "she")
            and not (titled & FEMALE_HONORIFICS and person.gender == "he")
        ]
        if not found and len(words) == 1:
            found = [person for person in self._by_first.get(words[0], [])[:MAX_SAME_NAME] if person.sure]
        return found

    def everyone(self) -> list[Person]:
        """All of them, in the order of the text."""
        return sorted({id(person): person for person in self._all.values()}.values(), key=lambda person: person.first)


def speaker_from_people(persons: Sequence[Person]) -> Speaker:
    """The person, or that it may be any of them, or that it is nobody known."""
    if len(persons) == 1:
        return Resolved(persons[0].name, EntityKind.PERSON)
    return Ambiguous(tuple(sorted({person.name for person in persons}))) if persons else Unresolved()


def _are_same_person(words: Sequence[str], other: Sequence[str]) -> bool:
    return len(words) > 1 and len(other) > 1 and (is_form_of_name(words, other) or is_form_of_name(other, words))
