"""Resolves personal and relative pronouns to people."""

from bisect import bisect_left
from collections.abc import Iterator

from claims.extraction.english.lexicon.noun_classes import PEOPLE_NOUNS, PERSON_NOUNS
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.entity_table import EntityTable, follows_preposition
from claims.extraction.english.resolver.entities.name_runs import NameRun
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.name_resolution import NameResolver
from claims.extraction.english.resolver.phrases.apposition import MAX_APPOSITION_WORDS, PHRASE_BREAKS, leading_role
from claims.extraction.english.resolver.salience import SalienceModel
from claims.extraction.english.resolver.utterances import Utterance

# Keeps the work linear on quotations within quotations.
MAX_NAMES_PER_QUOTATION = 100


class PronounResolver:
    """Resolves personal pronouns by salience, relative pronouns by the name before them."""

    def __init__(
        self, words: DocumentWords, entities: EntityTable, names: NameResolver, salience: SalienceModel
    ) -> None:
        self._words, self._entities, self._names, self._salience = words, entities, names, salience
        self._run_offsets = [words.all[run.start].start for run in entities.runs]
        self._runs_by_end = {run.end: run for run in entities.runs}

    def resolve_personal(
        self, index: int, utterance: Utterance, reporter: Person | None, last_speaker: Person | None
    ) -> list[Person]:
        """Return the people to whom "he" or "she" at a word may refer, as the speaker of an utterance.

        `reporter` is the speaker of the enclosing utterance, if any.
        """
        pronoun, is_quoted = self._words.lower(index), self._words.all[index].is_quoted
        # A content hardly ever names its own speaker.
        excluded = {id(person) for person in self._people_named_in(utterance)}
        if reporter is not None and is_quoted:
            # Nobody calls himself "he".
            excluded.add(id(reporter))
        elif reporter is not None and reporter.can_be(pronoun):
            return [reporter]
        return self._salience.most_salient(
            index, pronoun, excluded=excluded, last_speaker=None if is_quoted else last_speaker
        )

    def resolve_relative(self, index: int) -> list[Person]:
        """Return the person to whom "who" refers."""
        run = self.antecedent_of_relative(index)
        person = self._names.resolve_run(run) if run else None
        return [person] if person else []

    def antecedent_of_relative(self, index: int) -> NameRun | None:
        """Return the name to which "who" refers: right before it, or before the apposition in between."""
        words = self._words
        end = index
        while words.lower(end - 1) in {",", "(", ")"}:
            end -= 1
        if run := self._name_of_person_ending_at(end):
            return run
        comma = end - 1
        while (
            words.in_same_sentence(comma, index)
            and words.lower(comma) not in PHRASE_BREAKS
            and end - comma < MAX_APPOSITION_WORDS
        ):
            comma -= 1
        return self._name_of_person_ending_at(comma) if leading_role(words, range(comma + 1, end)) else None

    def _name_of_person_ending_at(self, end: int) -> NameRun | None:
        """Return the name of a person that ends right before a word."""
        run = self._runs_by_end.get(end)
        person = self._names.resolve_run(run) if run else None
        if run is None or person is None or not person.is_certain:
            return None
        # "advisers to Ann Moor who": the pronoun refers to the advisers.
        is_modifier = (
            follows_preposition(self._words, run)
            and self._words.lower(run.title_start - 2) in PEOPLE_NOUNS | PERSON_NOUNS
        )
        return None if is_modifier else run

    def _people_named_in(self, utterance: Utterance) -> Iterator[Person]:
        for span in utterance.content:
            start = bisect_left(self._run_offsets, span.start)
            stop = min(bisect_left(self._run_offsets, span.end), start + MAX_NAMES_PER_QUOTATION)
            for run in self._entities.runs[start:stop]:
                if person := self._names.resolve_run(run):
                    yield person
