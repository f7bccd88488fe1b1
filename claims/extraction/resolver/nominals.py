"""Who a noun phrase without a name is: a person by role, an organization, a group, or somebody unnamed."""

from claims.extraction.frame import POSSESSIVE
from claims.extraction.quotation import EntityKind, Resolved, Speaker, Unresolved
from claims.extraction.resolver.cast import Cast
from claims.extraction.resolver.nouns import (
    ANYONE,
    COLLECTIONS,
    COUNTRIES,
    DEFINITE,
    EVERYBODY,
    INDEFINITE,
    MAKERS,
    MANY,
    NOT_PEOPLE,
    ORGANIZATION_NOUNS,
    PEOPLE,
    PERSONS,
    POSSESSIVES,
    SOMEBODY,
    is_people,
)
from claims.extraction.resolver.people import Person
from claims.extraction.resolver.phrases import Phrase
from claims.extraction.resolver.salience import Salience
from claims.extraction.resolver.words import Words
from claims.extraction.roles import DETERMINERS

# Words of a role that do not tell one bearer of it from another.
EMPTY = DETERMINERS | POSSESSIVE | {"of", "for", "and", "at", "in", "to", "former", "then", "current", "late"}
# "The Aln senator" is somebody this much in mind, and ahead of the next by this factor.
IN_MIND = 1.5
CLEARLY = 2.0


class Nominals:
    """Resolves noun phrases against the cast and against whom the text has in mind."""

    def __init__(self, words: Words, cast: Cast, salience: Salience) -> None:
        self._words, self._cast, self._salience = words, cast, salience

    def resolve(self, phrase: Phrase, last: Person | None) -> list[Person] | Speaker:
        """Whom the phrase means; `last` is who spoke last."""
        written = self._words.written(phrase.mention)
        core = [self._words.lower(index) for index in phrase.core]
        head, first = core[-1], core[0]
        if first in SOMEBODY or self._is_somebody(phrase, core):
            return Resolved(written, EntityKind.UNNAMED)
        if self._is_many(phrase, core):
            return Resolved(written, EntityKind.GROUP)
        owned = first in POSSESSIVES or bool(POSSESSIVE.intersection(core))
        if (first in INDEFINITE and not owned) or first in POSSESSIVES:
            return Unresolved()
        if head in ORGANIZATION_NOUNS - PERSONS:
            return self._organization(phrase, owned=owned)
        if head in PERSONS - NOT_PEOPLE and (first in DEFINITE or owned):
            return self._person(phrase, core, last)
        return Unresolved()

    def _is_somebody(self, phrase: Phrase, core: list[str]) -> bool:
        """Whether one person without a name is meant: "a source", "one of her aides"."""
        if core == ["one"]:
            return any(is_people(self._words.lower(index)) for index in phrase.mention)
        owned = POSSESSIVE.intersection(core)
        return core[0] in INDEFINITE and not owned and core[-1] in PERSONS - NOT_PEOPLE

    def _is_many(self, phrase: Phrase, core: list[str]) -> bool:
        head, first = core[-1], core[0]
        if head in NOT_PEOPLE:
            return False
        if head in COUNTRIES:
            return not self._words.all[phrase.head].capital
        if is_people(head) or head in COLLECTIONS | MANY | EVERYBODY or first in EVERYBODY - MANY:
            return True
        plural = head.endswith(MAKERS) or (head.endswith("s") and head[:-1] in PERSONS)
        counted = head not in ORGANIZATION_NOUNS and head.endswith(("s", "men", "women"))
        return (plural and head not in PERSONS) or (first in MANY and (counted or not PEOPLE.isdisjoint(core)))

    def _organization(self, phrase: Phrase, *, owned: bool) -> Speaker:
        """The organization of that name or that noun; else the phrase itself, when it says which one is meant."""
        words = self._words
        opens = words.sentences[words.all[phrase.core[0]].sentence].start
        named = any(words.all[index].capital and index != opens for index in phrase.core)
        if words.lower(phrase.core[0]) not in DEFINITE and not named and not owned:
            return Unresolved()
        core = [index for index in phrase.core if words.lower(index) not in DEFINITE]
        full = self._cast.organizations.called([words.lower(index).replace(".", "") for index in core])
        alone = phrase.mention if len(core) == 1 else core
        return Resolved(full or words.written(alone), EntityKind.ORGANIZATION)

    def _person(self, phrase: Phrase, core: list[str], last: Person | None) -> list[Person]:
        """The one person of this role; of several the one whose role has more of these words, or who is in mind."""
        head, at = core[-1], phrase.mention[0]
        bearers = [person for person in self._cast.bearers(head) if person.may_be(head) and person.first < at]
        owners = [number for number, word in enumerate(core) if word in POSSESSIVE]
        if owners:
            # "Moor's lawyer" is only who the document calls Moor's.
            owner = core[owners[-1] - 1]
            bearers = [person for person in bearers if owner in person.roles]
        if bearers or owners:
            return self._likeliest(phrase, bearers)
        if head in ANYONE and len(core) == 2:
            # "The expert" is who was quoted just before, whomever else the text is about.
            near = [person for _, person in self._salience.ranked(at, head)]
            return [last] if last in near and last is not None else near
        return self._variation(phrase)

    def _likeliest(self, phrase: Phrase, bearers: list[Person]) -> list[Person]:
        told = {self._words.lower(index) for index in phrase.mention} - EMPTY
        most = max((len(told & person.roles) for person in bearers), default=0)
        bearers = [person for person in bearers if len(told & person.roles) == most]
        if len(bearers) < 2:
            return bearers
        near = self._salience.nearest(phrase.mention[0], self._words.lower(phrase.head))
        return [person for person in near if person in bearers] or bearers

    def _variation(self, phrase: Phrase) -> list[Person]:
        """Reporters vary a name by what all know of its bearer: "the Aln senator" is whom they just wrote about."""
        words = self._words
        distinct = any(words.all[index].capital or words.lower(index) == "former" for index in phrase.core[1:])
        ranked = [
            (weight, person)
            for weight, person in self._salience.ranked(phrase.mention[0], words.lower(phrase.head))
            # Whoever the document gives another office is not varied by this one.
            if "former" in person.roles or not person.roles & PERSONS
        ]
        if not distinct or not ranked or ranked[0][0] < IN_MIND:
            return []
        clear = len(ranked) == 1 or ranked[0][0] > CLEARLY * ranked[1][0]
        return [ranked[0][1]] if clear else []
