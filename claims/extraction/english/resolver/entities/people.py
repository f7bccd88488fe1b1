"""The people whom a document names: their fullest names, roles and genders."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction.english.lexicon.function_words import FEMALE_PRONOUNS, MALE_PRONOUNS
from claims.extraction.english.lexicon.noun_classes import (
    CABINET_WORDS,
    FEMALE_HONORIFICS,
    FEMALE_NOUNS,
    MALE_HONORIFICS,
    MALE_NOUNS,
    OFFICE_INITIALS,
    TITLE_NOUNS,
)
from claims.extraction.english.resolver.entities.name_runs import is_form_of_name, last_name
from claims.extraction.lexicon.first_names import FEMALE_FIRST_NAMES, FIRST_NAMES, LEADING_SURNAMES, MALE_FIRST_NAMES
from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Speaker, Unresolved

# People who share a name, beyond this number, are not told apart; keeps the work linear on a list of names.
MAX_SAME_NAME = 20

MALE_WORDS = MALE_PRONOUNS | MALE_NOUNS
FEMALE_WORDS = FEMALE_PRONOUNS | FEMALE_NOUNS


@dataclass(slots=True)
class Person:
    """A person whom the document names.

    `first_index` is the index of the first word that names the person, `full_mentions` those of mentions by more than
    one name. `is_certain` says that there is more evidence of a person than a capitalized word. `gender` is "he", "she"
    or "" if unknown. One who is not named goes by the phrase that introduces him, if any.
    """

    name: str
    words: tuple[str, ...]
    first_index: int
    is_certain: bool = False
    gender: str = ""
    full_mentions: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    is_named: bool = True

    def can_be(self, word: str) -> bool:
        """Whether the person's gender allows this pronoun or noun."""
        return not ((self.gender == "she" and word in MALE_WORDS) or (self.gender == "he" and word in FEMALE_WORDS))

    def learn_gender(self, pronoun: str) -> None:
        """Take the gender from a pronoun that refers to the person, if it is unknown."""
        self.gender = self.gender or ("he" if pronoun in MALE_PRONOUNS else "she")

    def add_role(self, role: Iterable[str]) -> None:
        """Add the words of a role, and take the gender from it."""
        words = {TITLE_NOUNS.get(word, word) for word in role}
        if "secretary" in words and words & CABINET_WORDS:
            words.add("minister")
        for initials, office in OFFICE_INITIALS.items():
            if initials in words or office <= words:
                words |= {initials, *office}
        self.roles |= words
        if words & MALE_NOUNS and not words & FEMALE_NOUNS:
            self.gender = self.gender or "he"
        elif words & FEMALE_NOUNS and not words & MALE_NOUNS:
            self.gender = self.gender or "she"


class PersonTable:
    """The people of a document, found by any form of their name. Names are given as normalized words."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, ...], Person] = {}
        self._by_last_name: dict[str, list[Person]] = defaultdict(list)
        self._by_first_name: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: str, words: tuple[str, ...], index: int, *, has_title: bool = False) -> Person:
        """Add a person, or merge the name into that of the one person whom it fits; the fullest name is kept."""
        person = self._by_name.get(words)
        if person is None:
            person = self._merge_or_create(name, words, index)
            self._by_name[words] = person
        elif person.name.isupper() and person.words == words:
            person.name = name
        if not has_title:
            person.gender = person.gender or (
                "he" if words[0] in MALE_FIRST_NAMES else "she" if words[0] in FEMALE_FIRST_NAMES else ""
            )
            person.is_certain = person.is_certain or words[0] in FIRST_NAMES | LEADING_SURNAMES
        return person

    def _merge_or_create(self, name: str, words: tuple[str, ...], index: int) -> Person:
        namesakes = self._by_last_name[last_name(words)]
        matches = [person for person in namesakes[:MAX_SAME_NAME] if _are_same_person(words, person.words)]
        if len(matches) != 1:
            person = Person(name, words, index)
            namesakes.append(person)
            self._by_first_name[words[0]].append(person)
            return person
        person = matches[0]
        # Only people are called by parts of their names.
        person.is_certain = True
        # "Crooked Ann Moor" is not a fuller name than "Ann Moor".
        if (words[0] in FIRST_NAMES, len(words)) > (person.words[0] in FIRST_NAMES, len(person.words)):
            person.name, person.words = name, words
        return person

    def find(self, words: Sequence[str], titles: Iterable[str] = ()) -> list[Person]:
        """Return the people who can be called so: by full name, by last name, or by first name alone."""
        exact = self._by_name.get(tuple(words))
        if exact is not None:
            return [exact]
        title_words = set(titles)
        people = [
            person
            for person in self._by_last_name.get(last_name(words), [])[:MAX_SAME_NAME]
            if is_form_of_name(words, person.words)
            and not (title_words & MALE_HONORIFICS and person.gender == "she")
            and not (title_words & FEMALE_HONORIFICS and person.gender == "he")
        ]
        if not people and len(words) == 1:
            people = [person for person in self._by_first_name.get(words[0], [])[:MAX_SAME_NAME] if person.is_certain]
        return people

    def in_text_order(self) -> list[Person]:
        people = {id(person): person for person in self._by_name.values()}
        return sorted(people.values(), key=lambda person: person.first_index)


def speaker_from_people(people: Sequence[Person]) -> Speaker:
    """Return one person as resolved, several as ambiguous, none or somebody never introduced as unresolved."""
    names = sorted({person.name for person in people if person.name})
    if len(people) == 1 and names:
        return Resolved(names[0], EntityKind.PERSON if people[0].is_named else EntityKind.UNNAMED)
    return Ambiguous(tuple(names)) if len(names) > 1 else Unresolved()


def _are_same_person(words: Sequence[str], other: Sequence[str]) -> bool:
    return len(words) > 1 and len(other) > 1 and (is_form_of_name(words, other) or is_form_of_name(other, words))
