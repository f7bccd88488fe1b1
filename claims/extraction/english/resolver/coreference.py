"""Resolves the speakers of a document in the order of the text, keeping track of who was mentioned so far."""

from collections import defaultdict
from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.english.lexicon.function_words import (
    DETERMINERS,
    FIRST_PERSON_PRONOUNS,
    NEUTER_PRONOUNS,
    PERSONAL_PRONOUNS,
    PLURAL_PRONOUNS,
)
from claims.extraction.english.lexicon.person_nouns import is_person_noun
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.entity_table import build_entity_table, organization_at
from claims.extraction.english.resolver.entities.name_runs import NameRun
from claims.extraction.english.resolver.entities.people import Person, speaker_from_people
from claims.extraction.english.resolver.evidence import EvidenceCollector
from claims.extraction.english.resolver.interviews import INTERVIEW_LABELS, find_interview
from claims.extraction.english.resolver.name_resolution import NameResolver
from claims.extraction.english.resolver.noun_phrases import NounPhraseResolver
from claims.extraction.english.resolver.outlets import find_outlet
from claims.extraction.english.resolver.phrases.apposition import role_after, role_before, role_span
from claims.extraction.english.resolver.phrases.source_phrases import PhraseForm, SourcePhrase, parse_source_phrase
from claims.extraction.english.resolver.pronouns import PronounResolver
from claims.extraction.english.resolver.salience import (
    MODIFIER_WEIGHT,
    OBJECT_WEIGHT,
    OWNER_WEIGHT,
    REPORTED_FACTOR,
    SPEAKER_WEIGHT,
    SUBJECT_WEIGHT,
    UNCERTAIN_FACTOR,
    SalienceModel,
)
from claims.extraction.english.resolver.subjects import is_subject
from claims.extraction.english.resolver.unnamed_people import is_predicate, person_phrase
from claims.extraction.english.resolver.utterances import SpeakerMention, Utterance, enclosing_utterances
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.quotation import EntityKind, MentionKind, Resolved, Span, Speaker, Unresolved

# The kinds of last speakers to whom "they" and "it" can refer.
PRONOUNS_BY_KIND = {EntityKind.GROUP: PLURAL_PRONOUNS, EntityKind.ORGANIZATION: NEUTER_PRONOUNS}
# "None of them said so" has no speaker.
MENTION_KINDS = {
    PhraseForm.NAME: MentionKind.NAME,
    PhraseForm.PRONOUN: MentionKind.PRONOUN,
    PhraseForm.SEVERAL: MentionKind.NOMINAL,
    PhraseForm.NOUN_PHRASE: MentionKind.NOMINAL,
}
NOBODY_WORDS = word_set("nobody none neither no-one noone")


class CoreferenceResolver:
    """Resolves the utterances of one document. Utterances are referred to by their index."""

    def __init__(self, document: Document, utterances: Sequence[Utterance]) -> None:
        sources = [span for utterance in utterances for span in utterance.source]
        words = self._words = DocumentWords.from_document(document, sources)
        self._utterances = utterances
        self._sources = [parse_source_phrase(words, words.indexes_in(utterance.source)) for utterance in utterances]
        named_sources = [source for source in self._sources if source.form is PhraseForm.NAME]
        self._entities = build_entity_table(words, named_sources)
        self._salience = SalienceModel(words)
        self._names = NameResolver(words, self._entities)
        self._pronouns = PronounResolver(words, self._entities, self._names, self._salience)
        self._noun_phrases = NounPhraseResolver(words, self._entities, self._salience)
        source_offsets = [words.all[source.head].start if source.mention else None for source in self._sources]
        self._enclosing = enclosing_utterances(utterances, source_offsets)
        self._speakers: list[Speaker] = [Unresolved()] * len(utterances)
        self._people: list[Person | None] = [None] * len(utterances)
        labels = [source.head for number, source in enumerate(self._sources) if self._is_label(number)]
        self._interview = find_interview(words, self._entities, self._names, labels)
        self._last_utterance: int | None = None

    def resolve(self) -> list[SpeakerMention]:
        """Return the speaker of each utterance, in their order."""
        with_source = [number for number, source in enumerate(self._sources) if source.mention]
        self._resolve_in_text_order([number for number in with_source if not self._is_quoted(number)])
        # A source within a quotation may refer to the speaker of that, who is known only now.
        for number in with_source:
            if self._is_quoted(number):
                self._resolve_utterance(number)
        collector = EvidenceCollector(self._words, self._salience)
        return [self._mention(number, collector) for number in range(len(self._utterances))]

    def _is_label(self, number: int) -> bool:
        """Whether the source stands for whoever asks or answers."""
        mention = self._sources[number].mention
        return len(mention) == 1 and self._words.all[mention[0]].text in INTERVIEW_LABELS

    def _is_quoted(self, number: int) -> bool:
        return self._words.all[self._sources[number].head].is_quoted

    def _resolve_in_text_order(self, numbers: Sequence[int]) -> None:
        utterances_by_word: dict[int, list[int]] = defaultdict(list)
        source_words: set[int] = set()
        for number in numbers:
            utterances_by_word[self._sources[number].mention[0]].append(number)
            source_words.update(self._words.indexes_in(self._utterances[number].source))
        runs_by_start = {run.start: run for run in self._entities.runs}
        roles_before = {run.start: role_before(self._words, run) for run in self._entities.runs}
        role_words = {index for role in roles_before.values() for index in role}
        role_words.update(index for run in self._entities.runs for index in role_after(self._words, run.end))
        reported = self._reported_words()
        mentions = {
            index
            for index, word in enumerate(self._words.all)
            if (word.lower in PERSONAL_PRONOUNS or is_person_noun(word.lower)) and not word.is_quoted
        }
        for index in sorted({*utterances_by_word, *runs_by_start, *mentions}):
            for number in utterances_by_word.get(index, ()):
                self._resolve_utterance(number)
                self._last_utterance = number
                if person := self._people[number]:
                    self._salience.add(index, person, SPEAKER_WEIGHT)
            if index in source_words:
                continue
            factor = REPORTED_FACTOR if reported[index] else 1.0
            if run := runs_by_start.get(index):
                self._add_name_mention(run, roles_before[index], factor, in_role=index in role_words)
            elif index in mentions and index not in role_words:
                self._add_mention(index, factor)

    def _reported_words(self) -> bytearray:
        """Return for each word whether it stands in the content of an utterance."""
        reported = bytearray(len(self._words.all))
        end = 0
        for span in sorted(span for utterance in self._utterances for span in utterance.content):
            if span.end > end:
                words = self._words.range_of(Span(max(span.start, end), span.end))
                reported[words.start : words.stop] = b"\1" * len(words)
                end = span.end
        return reported

    def _add_name_mention(self, run: NameRun, role: Sequence[int], factor: float, *, in_role: bool) -> None:
        person = self._names.resolve_run(run)
        if person is None:
            return
        if in_role or organization_at(self._words, run):
            weight = MODIFIER_WEIGHT
        elif self._words.lower(run.end) in POSSESSIVE_ENDINGS:
            weight = OWNER_WEIGHT
        else:
            start = role[0] if role else run.title_start
            start -= self._words.lower(start - 1) in DETERMINERS
            weight = SUBJECT_WEIGHT if is_subject(self._words, start, run.end) else OBJECT_WEIGHT
        if not person.is_certain:
            # Only what does something can be a person all the same.
            if weight < SUBJECT_WEIGHT:
                return
            factor *= UNCERTAIN_FACTOR
        self._salience.add(run.start, person, weight * factor)

    def _add_mention(self, index: int, factor: float) -> None:
        """Add the mention of a person by a pronoun or a noun."""
        word = self._words.all[index]
        if word.lower in PERSONAL_PRONOUNS:
            people = self._salience.most_salient(index, word.lower)
            weight = SUBJECT_WEIGHT if word.lower in {"he", "she"} else OWNER_WEIGHT
            if len(people) == 1:
                if word.lower in {"he", "she"} and people[0].is_certain:
                    people[0].learn_gender(word.lower)
                self._salience.add(index, people[0], weight * factor)
        elif (
            (phrase := person_phrase(self._words, index))
            and self._stands_alone(phrase)
            and (person := self._noun_phrases.resolve_mention(phrase))
        ):
            weight = SUBJECT_WEIGHT if is_subject(self._words, phrase[0], index + 1) else OBJECT_WEIGHT
            self._salience.add(index, person, weight * factor)

    def _stands_alone(self, phrase: Sequence[int]) -> bool:
        """Whether a phrase mentions somebody by itself: it is no predicate, owner or modifier, and no name follows."""
        words, end = self._words, phrase[-1] + 1
        name_start = end + (words.lower(end) == ",")
        is_followed_by_name = words.in_same_sentence(phrase[0], name_start) and words.all[name_start].is_capitalized
        return not (is_followed_by_name or words.lower(end) in POSSESSIVE_ENDINGS or is_predicate(words, phrase))

    def _resolve_utterance(self, number: int) -> None:
        resolution = self._resolve_source(number)
        if isinstance(resolution, list):
            person = self._people[number] = resolution[0] if len(resolution) == 1 else None
            pronoun = self._words.lower(self._sources[number].head)
            if person and person.is_certain and pronoun in {"he", "she"}:
                person.learn_gender(pronoun)
            self._speakers[number] = speaker_from_people(resolution)
        else:
            self._speakers[number] = resolution

    def _resolve_source(self, number: int) -> list[Person] | Speaker:
        source = self._sources[number]
        if self._is_label(number):
            return self._interview.speaker_of(self._words.all[source.head].text)
        match source.form:
            case PhraseForm.NAME:
                return self._names.resolve_source(source)
            case PhraseForm.NOUN_PHRASE:
                return self._noun_phrases.resolve(source, self._last_speaker_at(source.head), self._last_organization())
            case PhraseForm.SEVERAL:
                return Resolved(self._words.text_of(source.mention), EntityKind.GROUP)
            case _:
                return self._resolve_pronoun(number, source.head)

    def _last_speaker_at(self, index: int) -> Person | None:
        """Return who spoke last before a word."""
        if self._last_utterance is None or self._sources[self._last_utterance].head > index:
            return None
        return self._people[self._last_utterance]

    def _last_organization(self) -> str | None:
        speaker = None if self._last_utterance is None else self._speakers[self._last_utterance]
        is_organization = isinstance(speaker, Resolved) and speaker.kind is EntityKind.ORGANIZATION
        return speaker.name if isinstance(speaker, Resolved) and is_organization else None

    def _resolve_pronoun(self, number: int, index: int) -> list[Person] | Speaker:
        word = self._words.lower(index)
        enclosing = self._enclosing[number]
        reporter = None if enclosing is None else self._people[enclosing]
        last_speaker = self._last_speaker_at(index)
        if word in PERSONAL_PRONOUNS:
            return self._pronouns.resolve_personal(index, self._utterances[number], reporter, last_speaker)
        if word == "who":
            return self._pronouns.resolve_relative(index)
        if word in FIRST_PERSON_PRONOUNS:
            return [reporter] if reporter and self._words.all[index].is_quoted else []
        return self._resolve_group_pronoun(index, word)

    def _resolve_group_pronoun(self, index: int, word: str) -> Speaker:
        """Resolve "they" or "it" to a group or organization that spoke in this sentence or the one before."""
        if self._last_utterance is not None and not self._words.all[index].is_quoted:
            speaker = self._speakers[self._last_utterance]
            last_head = self._sources[self._last_utterance].head
            is_recent = self._words.clock_of[index] - self._words.clock_of[last_head] <= 1
            if is_recent and isinstance(speaker, Resolved) and word in PRONOUNS_BY_KIND.get(speaker.kind, ()):
                return speaker
        return Unresolved()

    def _mention(self, number: int, collector: EvidenceCollector) -> SpeakerMention:
        source, utterance = self._sources[number], self._utterances[number]
        outlet = find_outlet(self._words, self._entities.people, utterance.cue, utterance.carrier)
        if not source.mention:
            return SpeakerMention((), None, outlet, Unresolved(), None)
        mention = _clip_spans(self._words.spans(source.mention), utterance.source)
        antecedent = self._antecedent(source)
        if antecedent:
            mention = (*self._words.spans(range(antecedent.start, antecedent.end)), *mention)
        is_nobody = self._words.lower(source.mention[0]) in NOBODY_WORDS
        speaker = Unresolved() if is_nobody else self._speakers[number]
        kind = MENTION_KINDS[source.form]
        last_speaker = self._speakers[number - 1] if number else None
        evidence = collector.collect(source, kind, speaker, person=self._people[number], last_speaker=last_speaker)
        return SpeakerMention(mention, self._role(source, antecedent), outlet, speaker, kind, evidence)

    def _antecedent(self, source: SourcePhrase) -> NameRun | None:
        """Return the name in "Ann Moor, the mayor, who said", which belongs to the mention."""
        is_relative = source.form is PhraseForm.PRONOUN and self._words.lower(source.head) == "who"
        follows_comma = is_relative and self._words.lower(source.head - 1) == ","
        return self._pronouns.antecedent_of_relative(source.head) if follows_comma else None

    def _role(self, source: SourcePhrase, antecedent: NameRun | None) -> Span | None:
        """Return the role within the source, else the one beside it in the text."""
        role = role_span(self._words, source.role)
        run = antecedent
        if source.form is PhraseForm.NAME and role is None:
            run = NameRun(source.mention[0], source.mention[0], source.mention[-1] + 1)
        if run:
            role = role_span(self._words, role_before(self._words, run) or role_after(self._words, run.end))
        return role


def _clip_spans(spans: Sequence[Span], source: Sequence[Span]) -> tuple[Span, ...]:
    """Clip spans to the source: without the "'m" of "I'm", if the source is "I"."""
    first, last = min(span.start for span in source), max(span.end for span in source)
    return tuple(Span(max(span.start, first), min(span.end, last)) for span in spans)
