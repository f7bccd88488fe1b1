"""Resolves a name to the person or organization of the document that it refers to."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from claims.extraction.english.lexicon.function_words import PLACE_PREPOSITIONS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.entity_table import EntityTable, titles_before
from claims.extraction.english.resolver.entities.name_runs import NameRun, normalize_name
from claims.extraction.english.resolver.entities.organizations import looks_like_organization
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.phrases.source_phrases import SourcePhrase
from claims.extraction.quotation import EntityKind, Resolved, Speaker, Unresolved


class NameResolver:
    """Resolves names by a document's entity table."""

    def __init__(self, words: DocumentWords, entities: EntityTable) -> None:
        self._words, self._entities = words, entities
        # A place speaks as an institution: "Moscow said".
        self._places = {
            word.lower
            for previous, word in pairwise(words.all)
            if previous.lower in PLACE_PREPOSITIONS and word.is_capitalized
        }

    def resolve_run(self, run: NameRun) -> Person | None:
        """Return the person to whom a name in the text refers, if it is exactly one."""
        name = normalize_name(self._words, run.start, run.end)
        namesakes = self._entities.people.find(name, titles_before(self._words, run))
        people = self._choose_among(namesakes, run.start)
        return people[0] if len(people) == 1 else None

    def resolve_source(self, source: SourcePhrase) -> list[Person] | Speaker:
        """Return the people to whom a source that is a name may refer, else an entity under the name itself."""
        words, mention = self._words, source.mention
        name = normalize_name(words, mention[0], mention[-1] + 1)
        namesakes = self._entities.people.find(name, [words.lower(index) for index in source.role])
        if namesakes:
            return self._choose_among(namesakes, source.head)
        organization = self._entities.organizations.find(name)
        if organization:
            return Resolved(organization, EntityKind.ORGANIZATION)
        text = words.text_of(mention)
        if len(text) == 1 and text.isascii():
            return Unresolved()  # the label of a question or an answer
        has_article = words.lower(source.core[0]) == "the" and len(source.role) < 2
        is_place = len(name) == 1 and name[0] in self._places
        is_organization = (
            has_article
            or is_place
            or looks_like_organization(name, words.all[mention[0]].text)
            or self._entities.kinds.is_organization(name)
            # People are introduced by their full names, but in scripts without spaces.
            or (len(name) == 1 and name[0][0].islower() and not self._entities.kinds.is_person(name))
        )
        return Resolved(text, EntityKind.ORGANIZATION if is_organization else EntityKind.PERSON)

    def _choose_among(self, namesakes: Sequence[Person], index: int) -> list[Person]:
        """Return the namesake whom the document introduced first, to whom a last name alone refers.

        All of them if another one was just named in full, or if they were introduced in the same sentence.
        """
        introduced = [person for person in namesakes if person.first_index <= index] or list(namesakes[:1])
        if len(introduced) < 2:
            return introduced
        first = min(introduced, key=lambda person: person.first_index)
        latest = max(introduced, key=lambda person: _last_full_mention_before(person, index))
        age = self._words.clock_of[index] - self._words.clock_of[_last_full_mention_before(latest, index)]
        introduced_together = [
            person for person in introduced if self._words.in_same_sentence(person.first_index, first.first_index)
        ]
        is_ambiguous = len(introduced_together) > 1 or (latest is not first and age <= 1)
        return introduced if is_ambiguous else [first]


def _last_full_mention_before(person: Person, index: int) -> int:
    place = bisect_left(person.full_mentions, index)
    return person.full_mentions[place - 1] if place else person.first_index
