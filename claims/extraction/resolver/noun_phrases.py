"""Who a noun phrase without a name is: a person by role, an organization, a group, or somebody unnamed."""

from claims.extraction.lexicon.noun_classes import (
    AGENT_SUFFIXES,
    COLLECTIVE_NOUNS,
    COUNTRY_NAME_ENDINGS,
    DEFINITE_DETERMINERS,
    GENERIC_PERSON_NOUNS,
    INDEFINITE_DETERMINERS,
    INDEFINITE_GROUP_PRONOUNS,
    INDEFINITE_PERSON_PRONOUNS,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    PLURAL_QUANTIFIERS,
    POSSESSIVE_PRONOUNS,
    THING_NOUNS,
    denotes_people,
)
from claims.extraction.lexicon.role_nouns import DETERMINERS
from claims.extraction.quotation import EntityKind, Resolved, Speaker, Unresolved
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.entity_table import EntityTable
from claims.extraction.resolver.entities.people import Person
from claims.extraction.resolver.salience import SalienceModel
from claims.extraction.resolver.source_phrases import SourcePhrase
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

# Words of a role that do not tell one bearer of it from another.
NON_DISTINCTIVE_WORDS = (
    DETERMINERS | POSSESSIVE_ENDINGS | {"of", "for", "and", "at", "in", "to", "former", "then", "current", "late"}
)
# "The Aln senator" is somebody this much in mind, and ahead of the next by this factor.
MIN_SALIENCE = 1.5
MIN_SALIENCE_LEAD = 2.0


class NounPhraseResolver:
    """Resolves noun phrases against the cast and against whom the text has in mind."""

    def __init__(self, words: DocumentWords, cast: EntityTable, salience: SalienceModel) -> None:
        self._words, self._cast, self._salience = words, cast, salience

    def resolve(self, phrase: SourcePhrase, last: Person | None) -> list[Person] | Speaker:
        """Whom the phrase means; `last` is who spoke last."""
        written = self._words.written(phrase.mention)
        core = [self._words.lower(index) for index in phrase.core]
        head, first = core[-1], core[0]
        if first in INDEFINITE_PERSON_PRONOUNS or self._is_somebody(phrase, core):
            return Resolved(written, EntityKind.UNNAMED)
        if self._is_many(phrase, core):
            return Resolved(written, EntityKind.GROUP)
        owned = first in POSSESSIVE_PRONOUNS or bool(POSSESSIVE_ENDINGS.intersection(core))
        if (first in INDEFINITE_DETERMINERS and not owned) or first in POSSESSIVE_PRONOUNS:
            return Unresolved()
        if head in ORGANIZATION_NOUNS - PERSON_NOUNS:
            return self._organization(phrase, owned=owned)
        if head in PERSON_NOUNS - THING_NOUNS and (first in DEFINITE_DETERMINERS or owned):
            return self._person(phrase, core, last)
        return Unresolved()

    def _is_somebody(self, phrase: SourcePhrase, core: list[str]) -> bool:
        """Whether one person without a name is meant: "a source", "one of her aides"."""
        if core == ["one"]:
            return any(denotes_people(self._words.lower(index)) for index in phrase.mention)
        owned = POSSESSIVE_ENDINGS.intersection(core)
        return core[0] in INDEFINITE_DETERMINERS and not owned and core[-1] in PERSON_NOUNS - THING_NOUNS

    def _is_many(self, phrase: SourcePhrase, core: list[str]) -> bool:
        head, first = core[-1], core[0]
        if head in THING_NOUNS:
            return False
        if head in COUNTRY_NAME_ENDINGS:
            return not self._words.all[phrase.head].capital
        if (
            denotes_people(head)
            or head in COLLECTIVE_NOUNS | PLURAL_QUANTIFIERS | INDEFINITE_GROUP_PRONOUNS
            or first in INDEFINITE_GROUP_PRONOUNS - PLURAL_QUANTIFIERS
        ):
            return True
        plural = head.endswith(AGENT_SUFFIXES) or (head.endswith("s") and head[:-1] in PERSON_NOUNS)
        counted = head not in ORGANIZATION_NOUNS and head.endswith(("s", "men", "women"))
        return (plural and head not in PERSON_NOUNS) or (
            first in PLURAL_QUANTIFIERS and (counted or not PEOPLE_NOUNS.isdisjoint(core))
        )

    def _organization(self, phrase: SourcePhrase, *, owned: bool) -> Speaker:
        """The organization of that name or that noun; else the phrase itself, when it says which one is meant."""
        words = self._words
        opens = words.sentences[words.all[phrase.core[0]].sentence].start
        named = any(words.all[index].capital and index != opens for index in phrase.core)
        if words.lower(phrase.core[0]) not in DEFINITE_DETERMINERS and not named and not owned:
            return Unresolved()
        core = [index for index in phrase.core if words.lower(index) not in DEFINITE_DETERMINERS]
        full = self._cast.organizations.called([words.lower(index).replace(".", "") for index in core])
        alone = phrase.mention if len(core) == 1 else core
        return Resolved(full or words.written(alone), EntityKind.ORGANIZATION)

    def _person(self, phrase: SourcePhrase, core: list[str], last: Person | None) -> list[Person]:
        """The one person of this role; of several the one whose role has more of these words, or who is in mind."""
        head, at = core[-1], phrase.mention[0]
        bearers = [person for person in self._cast.bearers(head) if person.may_be(head) and person.first < at]
        owners = [number for number, word in enumerate(core) if word in POSSESSIVE_ENDINGS]
        if owners:
            # "Moor's lawyer" is only who the document calls Moor's.
            owner = core[owners[-1] - 1]
            bearers = [person for person in bearers if owner in person.roles]
        if bearers or owners:
            return self._likeliest(phrase, bearers)
        if head in GENERIC_PERSON_NOUNS and len(core) == 2:
            # "The expert" is who was quoted just before, whomever else the text is about.
            near = [person for _, person in self._salience.ranked(at, head)]
            return [last] if last in near and last is not None else near
        return self._variation(phrase)

    def _likeliest(self, phrase: SourcePhrase, bearers: list[Person]) -> list[Person]:
        told = {self._words.lower(index) for index in phrase.mention} - NON_DISTINCTIVE_WORDS
        most = max((len(told & person.roles) for person in bearers), default=0)
        bearers = [person for person in bearers if len(told & person.roles) == most]
        if len(bearers) < 2:
            return bearers
        near = self._salience.nearest(phrase.mention[0], self._words.lower(phrase.head))
        return [person for person in near if person in bearers] or bearers

    def _variation(self, phrase: SourcePhrase) -> list[Person]:
        """Reporters vary a name by what all know of its bearer: "the Aln senator" is whom they just wrote about."""
        words = self._words
        distinct = any(words.all[index].capital or words.lower(index) == "former" for index in phrase.core[1:])
        ranked = [
            (weight, person)
            for weight, person in self._salience.ranked(phrase.mention[0], words.lower(phrase.head))
            # Whoever the document gives another office is not varied by this one.
            if "former" in person.roles or not person.roles & PERSON_NOUNS
        ]
        if not distinct or not ranked or ranked[0][0] < MIN_SALIENCE:
            return []
        clear = len(ranked) == 1 or ranked[0][0] > MIN_SALIENCE_LEAD * ranked[1][0]
        return [ranked[0][1]] if clear else []
