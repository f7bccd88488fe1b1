"""Whom a name means: the person or organization of the document that goes by it."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from claims.extraction.lexicon.role_nouns import PLACE_PREPOSITIONS
from claims.extraction.quotation import EntityKind, Resolved, Speaker
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.entity_table import EntityTable, titles_before
from claims.extraction.resolver.entities.name_runs import NameRun, normalize_name
from claims.extraction.resolver.entities.organizations import looks_like_organization
from claims.extraction.resolver.entities.people import Person
from claims.extraction.resolver.source_phrases import SourcePhrase


class NameResolver:
    """Tells names apart by the cast of a document."""

    def __init__(self, words: DocumentWords, cast: EntityTable) -> None:
        self._words, self._cast = words, cast
        # What things happen in speaks as an institution: "Moscow said".
        pairs = pairwise(words.all)
        self._places = {word.lower for before, word in pairs if before.lower in PLACE_PREPOSITIONS and word.capital}

    def person(self, run: NameRun) -> Person | None:
        """The one person whom a name in the text means, if it means one."""
        titles = titles_before(self._words, run)
        called = self.of_namesakes(
            self._cast.people.called(normalize_name(self._words, run.start, run.end), titles), run.start
        )
        return called[0] if len(called) == 1 else None

    def source(self, phrase: SourcePhrase) -> list[Person] | Speaker:
        """Whom a source that is a name means: one person or several of that name, or somebody else."""
        words, mention = self._words, phrase.mention
        name = normalize_name(words, mention[0], mention[-1] + 1)
        called = self._cast.people.called(name, [words.lower(index) for index in phrase.role])
        if called:
            return self.of_namesakes(called, phrase.head)
        organization = self._cast.organizations.called(name)
        if organization:
            return Resolved(organization, EntityKind.ORGANIZATION)
        written = words.written(mention)
        articled = words.lower(phrase.core[0]) == "the" and len(phrase.role) < 2
        place = len(name) == 1 and name[0] in self._places
        body = articled or place or looks_like_organization(name, written)
        kind = EntityKind.ORGANIZATION if body else EntityKind.PERSON
        return Resolved(written, kind)

    def of_namesakes(self, called: Sequence[Person], at: int) -> list[Person]:
        """Which of several namesakes a last name means: whom the document introduced first is called by it alone.

        All of them when another one was named in full just now, or when they were introduced side by side.
        """
        known = [person for person in called if person.first <= at] or list(called[:1])
        first = min(known, key=lambda person: person.first, default=None)
        if first is None or len(known) == 1:
            return known
        together = [person for person in known if self._words.beside(person.first, first.first)]
        recent = max(known, key=lambda person: _last_full_mention_before(person, at))
        age = self._words.all[at].clock - self._words.all[_last_full_mention_before(recent, at)].clock
        if len(together) > 1 or (recent is not first and age <= 1):
            return known
        return [first]


def _last_full_mention_before(person: Person, at: int) -> int:
    """Where the person was last named in full before this word."""
    place = bisect_left(person.full, at)
    return person.full[place - 1] if place else person.first
