"""Resolves a noun phrase without a name: to a person by role, an organization, a group, or somebody unnamed."""

from claims.extraction.lexicon.function_words import (
    DEFINITE_DETERMINERS,
    DETERMINERS,
    INDEFINITE_DETERMINERS,
    INDEFINITE_GROUP_PRONOUNS,
    INDEFINITE_PERSON_PRONOUNS,
    PLURAL_QUANTIFIERS,
    POSSESSIVE_PRONOUNS,
)
from claims.extraction.lexicon.noun_classes import (
    AGENT_SUFFIXES,
    COLLECTIVE_NOUNS,
    COUNTRY_NAME_ENDINGS,
    GENERIC_PERSON_NOUNS,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    THING_NOUNS,
    denotes_people,
)
from claims.extraction.quotation import EntityKind, Resolved, Speaker, Unresolved
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.entity_table import EntityTable
from claims.extraction.resolver.entities.people import Person
from claims.extraction.resolver.salience import SalienceModel
from claims.extraction.resolver.source_phrases import SourcePhrase
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

# Words of a role that do not distinguish people who have it.
NON_DISTINCTIVE_WORDS = (
    DETERMINERS | POSSESSIVE_ENDINGS | {"of", "for", "and", "at", "in", "to", "former", "then", "current", "late"}
)
# "The Aln senator" refers to a person of this salience, with this lead over the next.
MIN_SALIENCE = 1.5
MIN_SALIENCE_LEAD = 2.0


class NounPhraseResolver:
    """Resolves noun phrases by the roles in a document's entity table, and by salience."""

    def __init__(self, words: DocumentWords, entities: EntityTable, salience: SalienceModel) -> None:
        self._words, self._entities, self._salience = words, entities, salience

    def resolve(self, source: SourcePhrase, last_speaker: Person | None) -> list[Person] | Speaker:
        """Return the people to whom the source may refer, or another kind of speaker."""
        text = self._words.text_of(source.mention)
        core = [self._words.lower(index) for index in source.core]
        first, head = core[0], core[-1]
        if first in INDEFINITE_PERSON_PRONOUNS or self._is_unnamed_person(source, core):
            return Resolved(text, EntityKind.UNNAMED)
        if self._is_group(source, core):
            return Resolved(text, EntityKind.GROUP)
        has_owner = first in POSSESSIVE_PRONOUNS or bool(POSSESSIVE_ENDINGS.intersection(core))
        if (first in INDEFINITE_DETERMINERS and not has_owner) or first in POSSESSIVE_PRONOUNS:
            return Unresolved()
        if head in ORGANIZATION_NOUNS - PERSON_NOUNS:
            return self._resolve_organization(source, has_owner=has_owner)
        if head in PERSON_NOUNS - THING_NOUNS and (first in DEFINITE_DETERMINERS or has_owner):
            return self._resolve_person(source, core, last_speaker)
        return Unresolved()

    def _is_unnamed_person(self, source: SourcePhrase, core: list[str]) -> bool:
        """Whether the source is one person without a name: "a source", "one of her aides"."""
        if core == ["one"]:
            return any(denotes_people(self._words.lower(index)) for index in source.mention)
        has_owner = POSSESSIVE_ENDINGS.intersection(core)
        return core[0] in INDEFINITE_DETERMINERS and not has_owner and core[-1] in PERSON_NOUNS - THING_NOUNS

    def _is_group(self, source: SourcePhrase, core: list[str]) -> bool:
        first, head = core[0], core[-1]
        if head in THING_NOUNS:
            return False
        if head in COUNTRY_NAME_ENDINGS:
            return not self._words.all[source.head].is_capitalized
        if (
            denotes_people(head)
            or head in COLLECTIVE_NOUNS | PLURAL_QUANTIFIERS | INDEFINITE_GROUP_PRONOUNS
            or first in INDEFINITE_GROUP_PRONOUNS - PLURAL_QUANTIFIERS
        ):
            return True
        is_person_plural = head.endswith(AGENT_SUFFIXES) or (head.endswith("s") and head[:-1] in PERSON_NOUNS)
        if is_person_plural and head not in PERSON_NOUNS:
            return True
        is_countable_plural = head not in ORGANIZATION_NOUNS and head.endswith(("s", "men", "women"))
        return first in PLURAL_QUANTIFIERS and (is_countable_plural or not PEOPLE_NOUNS.isdisjoint(core))

    def _resolve_organization(self, source: SourcePhrase, *, has_owner: bool) -> Speaker:
        """Return the organization that goes by this name or noun, else the phrase itself if it identifies one."""
        words = self._words
        sentence_start = words.sentences[words.all[source.core[0]].sentence].start
        has_name = any(words.all[index].is_capitalized and index != sentence_start for index in source.core)
        if words.lower(source.core[0]) not in DEFINITE_DETERMINERS and not has_name and not has_owner:
            return Unresolved()
        core = [index for index in source.core if words.lower(index) not in DEFINITE_DETERMINERS]
        name = self._entities.organizations.find([words.lower(index).replace(".", "") for index in core])
        phrase = source.mention if len(core) == 1 else core
        return Resolved(name or words.text_of(phrase), EntityKind.ORGANIZATION)

    def _resolve_person(self, source: SourcePhrase, core: list[str], last_speaker: Person | None) -> list[Person]:
        """Return the people introduced with this role, else those to whom it may refer without that."""
        head, index = core[-1], source.mention[0]
        people = [
            person
            for person in self._entities.people_with_role(head)
            if person.can_be(head) and person.first_index < index
        ]
        possessives = [number for number, word in enumerate(core) if word in POSSESSIVE_ENDINGS]
        if possessives:
            # "Moor's lawyer" is only a person whom the document calls Moor's.
            owner = core[possessives[-1] - 1]
            people = [person for person in people if owner in person.roles]
        if people or possessives:
            return self._choose_by_role(source, people)
        if head in GENERIC_PERSON_NOUNS and len(core) == 2:
            # "The expert" is the last speaker, even if the text is about somebody else.
            salient = [person for _, person in self._salience.ranked(index, head)]
            return [last_speaker] if last_speaker is not None and last_speaker in salient else salient
        return self._resolve_variation(source)

    def _choose_by_role(self, source: SourcePhrase, people: list[Person]) -> list[Person]:
        """Return the people whose roles share most words with the source; among several, the most salient."""
        role_words = {self._words.lower(index) for index in source.mention} - NON_DISTINCTIVE_WORDS
        max_shared = max((len(role_words & person.roles) for person in people), default=0)
        people = [person for person in people if len(role_words & person.roles) == max_shared]
        if len(people) < 2:
            return people
        salient = self._salience.most_salient(source.mention[0], self._words.lower(source.head))
        return [person for person in salient if person in people] or people

    def _resolve_variation(self, source: SourcePhrase) -> list[Person]:
        """Return the person whom reporters call by a well-known role for variation: "the Aln senator"."""
        words = self._words
        is_distinctive = any(
            words.all[index].is_capitalized or words.lower(index) == "former" for index in source.core[1:]
        )
        ranked = [
            (weight, person)
            for weight, person in self._salience.ranked(source.mention[0], words.lower(source.head))
            # Not a person to whom the document gives another office.
            if "former" in person.roles or not person.roles & PERSON_NOUNS
        ]
        if not is_distinctive or not ranked or ranked[0][0] < MIN_SALIENCE:
            return []
        has_lead = len(ranked) == 1 or ranked[0][0] > MIN_SALIENCE_LEAD * ranked[1][0]
        return [ranked[0][1]] if has_lead else []
