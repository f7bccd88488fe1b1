"""Resolves a noun phrase without a name: to a person by role, an organization, a group, or somebody unnamed."""

from collections.abc import Sequence

from claims.extraction.english.lexicon.function_words import (
    DEFINITE_DETERMINERS,
    DETERMINERS,
    INDEFINITE_DETERMINERS,
    INDEFINITE_GROUP_PRONOUNS,
    INDEFINITE_PERSON_PRONOUNS,
    PLURAL_QUANTIFIERS,
    POSSESSIVE_PRONOUNS,
)
from claims.extraction.english.lexicon.noun_classes import (
    AGENT_SUFFIXES,
    COLLECTIVE_NOUNS,
    COUNTRY_NAME_ENDINGS,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    THING_NOUNS,
    denotes_people,
)
from claims.extraction.english.lexicon.organization_names import COMMON_ORGANIZATION_NOUNS, ORGANIZATION_CLASSES
from claims.extraction.english.lexicon.person_nouns import (
    ADJECTIVES_BY_DEMONYM,
    DEMONYMS,
    PARENT_PATTERN,
    is_person_noun,
)
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.entity_table import EntityTable
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.phrases.source_phrases import SourcePhrase
from claims.extraction.english.resolver.role_fields import FIELD_NUMBERS, Fit, fit_of, has_office
from claims.extraction.english.resolver.salience import SalienceModel
from claims.extraction.english.resolver.unnamed_people import UnnamedPeople
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.quotation import Ambiguous, EntityKind, Resolved, Speaker, Unresolved

COMPANY_AND_CLUB_NOUNS = ORGANIZATION_CLASSES["company"][0] | ORGANIZATION_CLASSES["club"][0]
NATIONALITIES = frozenset(ADJECTIVES_BY_DEMONYM.values()) | DEMONYMS
# Words of a role that do not distinguish people who have it.
NON_DISTINCTIVE_WORDS = (
    DETERMINERS | POSSESSIVE_ENDINGS | {"of", "for", "and", "at", "in", "to", "former", "then", "current", "late"}
)
# "The Aln senator" refers to a person of this salience, with this lead over the next.
MIN_SALIENCE = 0.8
MIN_SALIENCE_LEAD = 1.4
# The lead introduces people without their names, which follow within as many sentences.
MAX_LEAD_SENTENCES = 4
# Longer phrases without an article are misread headlines.
MAX_HEADLINE_WORDS = 2


class NounPhraseResolver:
    """Resolves noun phrases by the roles in a document's entity table, and by salience."""

    def __init__(self, words: DocumentWords, entities: EntityTable, salience: SalienceModel) -> None:
        self._words, self._entities, self._salience = words, entities, salience
        self._unnamed = UnnamedPeople(words)

    def resolve(
        self, source: SourcePhrase, last_speaker: Person | None, last_organization: str | None
    ) -> list[Person] | Speaker:
        """Return the people to whom the source may refer, or another kind of speaker.

        `last_organization` is the name of the last speaker, if that is an organization.
        """
        text = self._words.text_of(source.mention)
        core = [self._words.lower(index) for index in source.core]
        first, head = core[0], core[-1]
        if first in INDEFINITE_PERSON_PRONOUNS or self._is_unnamed_person(source, core):
            return [self._named_after_lead(source.core) or self._unnamed.introduce(source.mention, head)]
        has_owner = first in POSSESSIVE_PRONOUNS or bool(POSSESSIVE_ENDINGS.intersection(core))
        if not has_owner and self._is_common_organization_noun(source):
            meant = self._organization_meant_by(source, core, last_organization)
            if meant or head in ORGANIZATION_NOUNS - PERSON_NOUNS - PEOPLE_NOUNS:
                return meant or Unresolved()
        if self._is_group(source, core):
            return Resolved(text, EntityKind.GROUP)
        if is_person_noun(head) and head not in THING_NOUNS:
            if first in DEFINITE_DETERMINERS or has_owner:
                return self._resolve_person(source.core, source.mention, last_speaker)
            # "Judge rejects", "Police spokesman says"
            named = self._named_after_lead(source.core) if len(core) <= MAX_HEADLINE_WORDS else None
            return [named or self._unnamed.introduce(source.mention, head)]
        is_specific = first not in POSSESSIVE_PRONOUNS and (has_owner or first not in INDEFINITE_DETERMINERS)
        is_organization = is_specific and head in ORGANIZATION_NOUNS - PERSON_NOUNS
        return self._resolve_organization(source, has_owner=has_owner) if is_organization else Unresolved()

    def resolve_mention(self, phrase: Sequence[int]) -> Person | None:
        """Return the person whom a phrase in the text mentions, named or not, if it is exactly one."""
        if self._words.lower(phrase[0]) in INDEFINITE_DETERMINERS:
            return self._named_after_lead(phrase) or self._unnamed.introduce(phrase, self._words.lower(phrase[-1]))
        people = self._resolve_person(phrase, phrase, None)
        return people[0] if len(people) == 1 else None

    def _named_after_lead(self, core: Sequence[int]) -> Person | None:
        """Return whom a phrase of the lead introduces, "a New York judge", if the next sentences name one."""
        words, head = self._words, self._words.lower(core[-1])
        clock = words.clock_of[core[0]]
        people = self._entities.people_with_role(head)
        if clock > MAX_LEAD_SENTENCES or head not in FIELD_NUMBERS or len(people) != 1:
            return None
        (person,) = people
        is_next = 0 < words.clock_of[person.first_index] - clock <= MAX_LEAD_SENTENCES
        is_same = is_next and person.can_be(head) and has_office(person, [words.lower(index) for index in core])
        return person if is_same else None

    def _is_unnamed_person(self, source: SourcePhrase, core: list[str]) -> bool:
        """Whether the source is one person without a name: "a source", "one of her aides"."""
        if core == ["one"]:
            return any(denotes_people(self._words.lower(index)) for index in source.mention)
        is_indefinite = core[0] in INDEFINITE_DETERMINERS and not POSSESSIVE_ENDINGS.intersection(core)
        return is_indefinite and is_person_noun(core[-1]) and core[-1] not in THING_NOUNS

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

    def _organization_meant_by(
        self, source: SourcePhrase, core: Sequence[str], last_organization: str | None
    ) -> Speaker | None:
        organizations = self._entities.organizations
        names = organizations.meant_by(self._words, core[-1], source.head, last_speaker=last_organization)
        if len(names) > 1:
            return Ambiguous(tuple(names))
        name = names[0] if names else organizations.find(core[1:])
        return Resolved(name, EntityKind.ORGANIZATION) if name else None

    def _is_common_organization_noun(self, source: SourcePhrase) -> bool:
        """Whether the source names an organization only by what it is: "the firm", "the Dutch firm", "the Company"."""
        words, head = self._words, self._words.lower(source.head)
        if words.lower(source.core[0]) not in DEFINITE_DETERMINERS or any(
            words.all[index].is_capitalized for index in source.mention[len(source.core) :]
        ):
            return False
        modifiers = source.core[1:-1]
        if head in COMMON_ORGANIZATION_NOUNS and not modifiers:
            return True
        capitalized = {words.lower(index) for index in source.core[1:] if words.all[index].is_capitalized}
        if head in COMPANY_AND_CLUB_NOUNS:
            return capitalized <= NATIONALITIES
        return head in ORGANIZATION_NOUNS and not capitalized

    def _resolve_organization(self, source: SourcePhrase, *, has_owner: bool) -> Speaker:
        """Return the organization that goes by this name or noun, else the phrase itself if it identifies one."""
        words = self._words
        sentence_start = words.sentences[words.sentence_of[source.core[0]]].start
        has_name = any(words.all[index].is_capitalized and index != sentence_start for index in source.core)
        if words.lower(source.core[0]) not in DEFINITE_DETERMINERS and not has_name and not has_owner:
            return Unresolved()
        core = [index for index in source.core if words.lower(index) not in DEFINITE_DETERMINERS]
        name = self._entities.organizations.find([words.lower(index).replace(".", "") for index in core])
        phrase = source.mention if len(core) == 1 else core
        return Resolved(name or words.text_of(phrase), EntityKind.ORGANIZATION)

    def _resolve_person(self, core: Sequence[int], mention: Sequence[int], last_speaker: Person | None) -> list[Person]:
        """Return the people whom the document calls so, else those to whom it may refer without that.

        Somebody without a name, who is added here, if there is nobody.
        """
        words, index = self._words, mention[0]
        lower = [words.lower(i) for i in core]
        head = lower[-1]
        people = [
            person
            for noun in (head, ADJECTIVES_BY_DEMONYM.get(head, ""))
            for person in self._entities.people_with_role(noun)
            if person.can_be(head) and person.first_index < index and has_office(person, lower)
        ]
        possessives = [number for number, word in enumerate(lower) if word in POSSESSIVE_ENDINGS | POSSESSIVE_PRONOUNS]
        if possessives:
            # "Moor's lawyer" is only a person whom the document calls Moor's.
            owner = lower[max(0, possessives[-1] - 1)]
            people = [person for person in people if owner in person.roles]
        unnamed = self._unnamed.find(head)
        if unnamed and unnamed.name:
            people.append(unnamed)
        if len(people) > 1:
            people = self._choose_by_role(people, mention, head, last_speaker)
        elif not people and not possessives:
            people = self._resolve_variation(core, lower, index, last_speaker)
        return people or [unnamed or self._unnamed.introduce(mention, head)]

    def _choose_by_role(
        self, people: list[Person], mention: Sequence[int], noun: str, last_speaker: Person | None
    ) -> list[Person]:
        """Return the people whose roles share most words with the mention; among several, the most salient."""
        role_words = {self._words.lower(index) for index in mention} - NON_DISTINCTIVE_WORDS
        max_shared = max(len(role_words & person.roles) for person in people)
        people = [person for person in people if len(role_words & person.roles) == max_shared]
        if len(people) < 2:
            return people
        salient = self._salience.most_salient(mention[0], noun, last_speaker=last_speaker)
        return [person for person in salient if person in people] or people

    def _resolve_variation(
        self, core: Sequence[int], lower: Sequence[str], index: int, last_speaker: Person | None
    ) -> list[Person]:
        """Return the person whom reporters call so for variation: "the Aln senator", "the 25-year-old".

        That is who spoke last, unless another has been a subject since, else who is most salient; several if none has
        a clear lead.
        """
        is_distinctive = self._is_distinctive(core)
        parent = " ".join(self._words.lower(core[-1] + n) for n in range(3))
        noun = parent if PARENT_PATTERN.fullmatch(parent) else lower[-1]
        fits = [
            (weight, fit, person)
            for weight, person in self._salience.ranked(index, lower[-1])
            if (fit := fit_of(person, [*lower[:-1], noun], is_distinctive=is_distinctive))
        ]
        if last_speaker and any(person is last_speaker for _, _, person in fits):
            others = {id(person) for _, _, person in fits}
            if not self._salience.has_other_subject_since(last_speaker, index, among=others):
                return [last_speaker]
            last_speaker = None
        same_field = [person for _, fit, person in fits if fit is Fit.SAME_FIELD]
        if len(same_field) == 1:
            return same_field
        if last_speaker is not None or not fits or fits[0][0] < MIN_SALIENCE:
            return []
        return [person for weight, _, person in fits if weight * MIN_SALIENCE_LEAD >= fits[0][0]]

    def _is_distinctive(self, core: Sequence[int]) -> bool:
        return any(self._words.all[index].is_capitalized or self._words.lower(index) == "former" for index in core[1:])
