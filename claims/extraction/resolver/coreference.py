"""The walk through a document: names, pronouns and sayings in the order of the text, each remembered for the next."""

from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.lexicon.noun_classes import (
    FEMALE_PRONOUNS,
    FIRST_PERSON_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    PERSON_NOUNS,
    PLURAL_PRONOUNS,
)
from claims.extraction.quotation import EntityKind, Resolved, Span, Speaker, Unresolved
from claims.extraction.resolver import salience as weights
from claims.extraction.resolver.apposition import role_after, role_before, role_span
from claims.extraction.resolver.document_words import DocumentWords
from claims.extraction.resolver.entities.entity_table import build_entity_table, follows_preposition, organization_at
from claims.extraction.resolver.entities.name_runs import NameRun
from claims.extraction.resolver.entities.people import Person, speaker_from_people
from claims.extraction.resolver.name_resolution import NameResolver
from claims.extraction.resolver.nesting import enclosing_utterances
from claims.extraction.resolver.noun_phrases import NounPhraseResolver
from claims.extraction.resolver.pronouns import PronounResolver
from claims.extraction.resolver.salience import SalienceModel
from claims.extraction.resolver.source_phrases import PhraseForm, SourcePhrase, parse_source_phrase
from claims.extraction.resolver.utterances import SpeakerMention, Utterance
from claims.extraction.text.sentences import POSSESSIVE_ENDINGS

# What "they" and "it" may mean when it spoke just before.
REPEATABLE_KINDS = {EntityKind.GROUP: PLURAL_PRONOUNS, EntityKind.ORGANIZATION: NEUTER_PRONOUNS}

# "None of them said so": nobody speaks.
NOBODY_WORDS = frozenset({"nobody", "none", "neither", "no-one", "noone"})


class CoreferenceResolver:
    """Resolves the sayings of one document."""

    def __init__(self, document: Document, sayings: Sequence[Utterance]) -> None:
        words = self._words = DocumentWords.of(document)
        self._sayings = sayings
        self._sources = [parse_source_phrase(words, words.within(saying.source)) for saying in sayings]
        self._cast = build_entity_table(words, [source for source in self._sources if source.form is PhraseForm.NAME])
        self._naming = NameResolver(words, self._cast)
        self._salience = SalienceModel(words)
        self._pronouns = PronounResolver(words, self._cast, self._naming, self._salience)
        self._nominals = NounPhraseResolver(words, self._cast, self._salience)
        places = [words.all[source.head].start if source.mention else None for source in self._sources]
        self._around = enclosing_utterances(sayings, places)
        self._speakers: list[Speaker] = [Unresolved()] * len(sayings)
        self._persons: list[Person | None] = [None] * len(sayings)
        # The saying resolved last: who spoke is likely to go on.
        self._last: int | None = None

    def resolve(self) -> list[SpeakerMention]:
        """Who speaks in each saying, in their order."""
        reported = [
            number for number, source in enumerate(self._sources) if source.mention and not self._is_quoted(source)
        ]
        self._walk(reported)
        # What somebody quoted reports is asked when it is known who that is.
        for number, source in enumerate(self._sources):
            if source.mention and self._is_quoted(source):
                self._resolve(number)
        return [self._who(number) for number in range(len(self._sayings))]

    def _is_quoted(self, source: SourcePhrase) -> bool:
        return self._words.all[source.head].quoted

    def _walk(self, reported: Sequence[int]) -> None:
        sources: dict[int, list[int]] = {}
        taken: set[int] = set()
        for number in reported:
            sources.setdefault(self._sources[number].mention[0], []).append(number)
            taken.update(self._words.within(self._sayings[number].source))
        runs = {run.start: run for run in self._cast.runs}
        owned = {
            index
            for run in self._cast.runs
            for index in (*role_before(self._words, run), *role_after(self._words, run.end))
        }
        for index in range(len(self._words.all)):
            for number in sources.get(index, ()):
                self._resolve(number)
                self._last = number
                if person := self._persons[number]:
                    self._salience.add(index, person, weights.SPEAKER_WEIGHT)
            if index not in taken:
                run = runs.get(index)
                self._remember_name(run, owned=index in owned) if run else self._remember(index)

    def _remember_name(self, run: NameRun, *, owned: bool) -> None:
        person = self._naming.person(run)
        if person is None or not person.sure:
            return
        if owned or organization_at(self._words, run):
            weight = weights.MODIFIER_WEIGHT
        elif self._words.lower(run.end) in POSSESSIVE_ENDINGS:
            weight = weights.OWNER_WEIGHT
        else:
            weight = weights.OBJECT_WEIGHT if follows_preposition(self._words, run) else weights.SUBJECT_WEIGHT
        self._salience.add(run.start, person, weight)

    def _remember(self, index: int) -> None:
        """A pronoun, or "the senator" when the document calls one person so, keeps its person in mind."""
        word = self._words.all[index]
        if word.quoted:
            return
        if word.lower in MALE_PRONOUNS | FEMALE_PRONOUNS:
            near = self._salience.nearest(index, word.lower)
            if len(near) == 1:
                self._salience.add(
                    index, near[0], weights.SUBJECT_WEIGHT if word.lower in {"he", "she"} else weights.OWNER_WEIGHT
                )
        elif word.lower in PERSON_NOUNS and self._words.lower(index - 1) == "the":
            bearers = [person for person in self._cast.bearers(word.lower) if person.first < index]
            before_name = index + 1 < len(self._words.all) and self._words.all[index + 1].capital
            if len(bearers) == 1 and not before_name:
                self._salience.add(index, bearers[0], weights.SUBJECT_WEIGHT)

    def _resolve(self, number: int) -> None:
        found = self._found(number)
        if isinstance(found, list):
            self._persons[number] = found[0] if len(found) == 1 else None
            self._speakers[number] = speaker_from_people(found)
        else:
            self._speakers[number] = found

    def _found(self, number: int) -> list[Person] | Speaker:
        source = self._sources[number]
        last = None if self._last is None else self._persons[self._last]
        if source.form is PhraseForm.NAME:
            return self._naming.source(source)
        if source.form is PhraseForm.NOMINAL:
            return self._nominals.resolve(source, last)
        if source.form is PhraseForm.SEVERAL:
            return Resolved(self._words.written(source.mention), EntityKind.GROUP)
        return self._pronoun(number, source.head, last)

    def _pronoun(self, number: int, at: int, last: Person | None) -> list[Person] | Speaker:
        word = self._words.lower(at)
        outer = self._around[number]
        person = None if outer is None else self._persons[outer]
        if word in MALE_PRONOUNS | FEMALE_PRONOUNS:
            return self._pronouns.personal(at, self._sayings[number], person, last)
        if word == "who":
            return self._pronouns.relative(at)
        if word in FIRST_PERSON_PRONOUNS:
            inside = outer is not None and self._words.all[at].quoted
            return [person] if inside and person else []
        return self._again(word, at)

    def _again(self, word: str, at: int) -> Speaker:
        """The group or organization that spoke just before."""
        if self._last is not None and not self._words.all[at].quoted:
            speaker, before = self._speakers[self._last], self._words.all[self._sources[self._last].head]
            near = self._words.all[at].clock - before.clock <= 1
            if near and isinstance(speaker, Resolved) and word in REPEATABLE_KINDS.get(speaker.kind, ()):
                return speaker
        return Unresolved()

    def _who(self, number: int) -> SpeakerMention:
        source = self._sources[number]
        if not source.mention:
            return SpeakerMention((), None, Unresolved())
        role = role_span(self._words, source.role)
        if source.form is PhraseForm.NAME and role is None:
            run = NameRun(source.mention[0], source.mention[0], source.mention[-1] + 1)
            role = role_span(self._words, role_before(self._words, run) or role_after(self._words, run.end))
        mention = _clip_spans(self._words.spans(source.mention), self._sayings[number].source)
        nobody = self._words.lower(source.mention[0]) in NOBODY_WORDS
        return SpeakerMention(mention, role, Unresolved() if nobody else self._speakers[number])


def _clip_spans(spans: Sequence[Span], source: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without what sticks out of the source: the "'m" of "I'm"."""
    first, last = min(span.start for span in source), max(span.end for span in source)
    return tuple(Span(max(span.start, first), min(span.end, last)) for span in spans)
