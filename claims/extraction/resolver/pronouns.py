"""Whom a pronoun means."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from claims.extraction.lexicon.noun_classes import PEOPLE_NOUNS, PERSON_NOUNS
from claims.extraction.resolver.apposition import MAX_APPOSITION_WORDS, PHRASE_BREAKS, leading_role
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.entity_table import EntityTable, follows_preposition
from claims.extraction.resolver.entities.people import Person
from claims.extraction.resolver.name_resolution import NameResolver
from claims.extraction.resolver.salience import SalienceModel
from claims.extraction.resolver.utterances import Utterance

# How many names of one quotation are looked at; the bound keeps quotations within quotations linear.
MAX_NAMES_PER_QUOTATION = 100


class PronounResolver:
    """Resolves pronouns by whom the text has in mind."""

    def __init__(self, words: DocumentWords, cast: EntityTable, naming: NameResolver, salience: SalienceModel) -> None:
        self._words, self._cast, self._naming, self._salience = words, cast, naming, salience
        self._starts = [words.all[run.start].start for run in cast.runs]
        self._ends = {run.end: run for run in cast.runs}

    def personal(self, at: int, saying: Utterance, outer: Person | None, last: Person | None) -> list[Person]:
        """Whom "he" or "she" at word `at` means, who said this. `outer` is who reports it, `last` who spoke before."""
        word, quoted = self._words.lower(at), self._words.all[at].quoted
        without = {id(person) for person in self._named_in(saying)}
        if outer is not None and quoted:
            # Nobody calls himself "he".
            without.add(id(outer))
        elif outer is not None and outer.may_be(word):
            return [outer]
        return self._salience.nearest(at, word, without=without, last=None if quoted else last)

    def relative(self, at: int) -> list[Person]:
        """Whom "who" at word `at` means: the name right before it, or before the apposition that stands in between."""
        words = self._words
        end = at
        while words.lower(end - 1) in {",", "(", ")"}:
            end -= 1
        if found := self._ending(end):
            return found
        comma = end - 1
        while (
            words.beside(comma, at) and words.lower(comma) not in PHRASE_BREAKS and end - comma < MAX_APPOSITION_WORDS
        ):
            comma -= 1
        return self._ending(comma) if leading_role(words, range(comma + 1, end)) else []

    def _ending(self, end: int) -> list[Person]:
        """The person whose name ends right before this word."""
        run = self._ends.get(end)
        person = self._naming.person(run) if run else None
        if run is None or person is None or not person.sure:
            return []
        # "advisers to Ann Moor who": the advisers are meant.
        governed = (
            follows_preposition(self._words, run) and self._words.lower(run.title - 2) in PEOPLE_NOUNS | PERSON_NOUNS
        )
        return [] if governed else [person]

    def _named_in(self, saying: Utterance) -> Iterator[Person]:
        """Whom a saying names: hardly ever its own speaker."""
        for span in saying.content:
            index = bisect_left(self._starts, span.start)
            for run in self._until(index, span.end):
                if person := self._naming.person(self._cast.runs[run]):
                    yield person

    def _until(self, index: int, end: int) -> Sequence[int]:
        return range(index, min(bisect_left(self._starts, end), index + MAX_NAMES_PER_QUOTATION))
