"""The people a document names: their fullest names, what they are called, and whether they are "he" or "she"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Speaker, Unresolved
from claims.extraction.resolver.given import MEN, WOMEN
from claims.extraction.resolver.names import fits, last_of
from claims.extraction.resolver.nouns import FEMALE, HE, HONORIFICS_HE, HONORIFICS_SHE, MALE, SHE, TITLE_NOUNS

# More bearers of one last name than this are not told apart; the bound keeps a list of names linear.
NAMESAKES = 20


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
        return not ((word in HE | MALE and self.gender == "she") or (word in SHE | FEMALE and self.gender == "he"))

    def learn(self, role: Iterable[str]) -> None:
        """Remember a role the document gives the person, and the gender that it gives away."""
        words = {TITLE_NOUNS.get(word, word) for word in role}
        self.roles |= words
        if words & MALE and not words & FEMALE:
            self.gender = self.gender or "he"
        elif words & FEMALE and not words & MALE:
            self.gender = self.gender or "she"


class People:
    """Everyone a document names, found by any form of their name."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, ...], Person] = {}
        self._by_last: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: str, words: tuple[str, ...], at: int, *, titled: bool = False) -> Person:
        """A person called so in full. The fullest of the names that fit each other is the person's name."""
        known = self._all.get(words)
        if known is None:
            near = [other for other in self._by_last[last_of(words)][:NAMESAKES] if _same_person(words, other.words)]
            known = near[0] if len(near) == 1 else None
            if known is None:
                known = Person(name, words, at)
                self._by_last[last_of(words)].append(known)
                self._by_first[words[0]].append(known)
            else:
                # Only people go by parts of their names.
                known.sure = True
                # "Crooked Ann Moor" is not a fuller name than "Ann Moor".
                given, known_given = words[0] in MEN | WOMEN, known.words[0] in MEN | WOMEN
                if (given, len(words)) > (known_given, len(known.words)):
                    known.name, known.words = name, words
            self._all[words] = known
        if not titled:
            known.gender = known.gender or ("he" if words[0] in MEN else "she" if words[0] in WOMEN else "")
            known.sure = known.sure or words[0] in MEN | WOMEN
        return known

    def called(self, words: Sequence[str], titles: Iterable[str] = ()) -> list[Person]:
        """Everyone who may be called so: by the full name, by the last name, or by the first name alone."""
        exact = self._all.get(tuple(words))
        if exact is not None:
            return [exact]
        titled = set(titles)
        found = [
            person
            for person in self._by_last.get(last_of(words), [])[:NAMESAKES]
            if fits(words, person.words)
            and not (titled & HONORIFICS_HE and person.gender == "she")
            and not (titled & HONORIFICS_SHE and person.gender == "he")
        ]
        if not found and len(words) == 1:
            found = [person for person in self._by_first.get(words[0], [])[:NAMESAKES] if person.sure]
        return found

    def everyone(self) -> list[Person]:
        """All of them, in the order of the text."""
        return sorted({id(person): person for person in self._all.values()}.values(), key=lambda person: person.first)


def speaker_of(persons: Sequence[Person]) -> Speaker:
    """The person, or that it may be any of them, or that it is nobody known."""
    if len(persons) == 1:
        return Resolved(persons[0].name, EntityKind.PERSON)
    return Ambiguous(tuple(sorted({person.name for person in persons}))) if persons else Unresolved()


def _same_person(words: Sequence[str], other: Sequence[str]) -> bool:
    return len(words) > 1 and len(other) > 1 and (fits(words, other) or fits(other, words))
