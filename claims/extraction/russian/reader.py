"""The reader of Russian texts: parses what may quote somebody, finds statements and resolves their speakers."""

from collections.abc import Mapping, Sequence
from functools import partial

from claims.extraction.confidence import list_candidates, load_coefficients, predict_confidence
from claims.extraction.document import Document
from claims.extraction.quotation import (
    Act,
    Extractor,
    Kind,
    Quotation,
    Resolved,
    Span,
)
from claims.extraction.russian.confidence import CARD, quotation_features
from claims.extraction.russian.cue_words import BY_NOUNS, find_cue_word
from claims.extraction.russian.cues import find_cues
from claims.extraction.russian.interviews import find_turns
from claims.extraction.russian.latin_names import tag_people
from claims.extraction.russian.name_runs import find_names
from claims.extraction.russian.parsing.models import load_models
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.quoted_speech import attribute_speech
from claims.extraction.russian.reported import find_reported, is_headline
from claims.extraction.russian.sentences import Sentence, Speech, split_document
from claims.extraction.russian.speakers import NameTable, Resolution, SpeakerResolver
from claims.extraction.russian.statements import Pattern, Statement

EXTRACTOR = Extractor("russian", "1")
MIN_CONTINUED_WORDS = 4
Features = Mapping[str, float]


class RussianReader:
    """Reads Russian. Loads its models with the first text."""

    extractor = EXTRACTOR

    def extract(self, document: Document) -> list[Quotation]:
        """See `QuotationReader`."""
        return [quotation for quotation, _, _ in extract_with_features(document)]

    def sentences_around(self, document: Document, span: Span) -> Span:
        """See `QuotationReader`."""
        sentences = [sentence.span for sentence in split_document(document)]
        touched = [sentence for sentence in sentences if sentence.start < span.end and span.start < sentence.end]
        if not touched:
            return span
        start, end = min(sentence.start for sentence in touched), max(sentence.end for sentence in touched)
        return Span(min(span.start, start), max(span.end, start + len(document.text[start:end].rstrip())))


READER = RussianReader()


def extract_with_features(document: Document) -> list[tuple[Quotation, Features, Features]]:
    """Return the quotations, with the features of their confidences and, of a resolved speaker, of the speaker's."""
    sentences = _parse(split_document(document))
    table = NameTable(sentences)
    statements = find_statements(document.text, sentences)
    statements += find_turns(document.text, sentences, table, statements)
    statements.sort(key=lambda statement: statement.sentence.number)
    resolutions = SpeakerResolver(table).resolve_all(statements)
    quotations = map(partial(_build_quotation, document), statements, resolutions)
    return sorted(quotations, key=lambda found: (found[0].content, found[0].cue))


def _parse(sentences: Sequence[Sentence]) -> list[ParsedSentence]:
    """Tag the names of all sentences, and parse those that may hold or introduce a statement."""
    models = load_models()
    worded = [sentence for sentence in sentences if sentence.words]
    tags = models.find_names([[word.text for word in sentence.words] for sentence in worded])
    for sentence, sentence_tags in zip(worded, tags, strict=True):
        for word, tag in zip(sentence.words, sentence_tags, strict=False):
            word.name_tag = tag
    tag_people(worded)
    parsed = [sentence for sentence in worded if _may_attribute(sentence)]
    for sentence, parses in zip(
        parsed, models.parse([[word.text for word in sentence.words] for sentence in parsed]), strict=True
    ):
        sentence.is_parsed = True
        for word, parse in zip(sentence.words, parses, strict=False):
            is_foreign_name = parse.pos == "X" and word.name_tag != "O"
            word.parse = parse._replace(pos="PROPN") if is_foreign_name else parse
    names = find_names(sentences)
    return [ParsedSentence(sentence, number, names[number]) for number, sentence in enumerate(sentences)]


def _may_attribute(sentence: Sentence) -> bool:
    return bool(
        sentence.speeches
        or sentence.interrupts
        or is_headline([word.text for word in sentence.words])
        or any(
            find_cue_word(word.lower) or word.lower in BY_NOUNS or word.lower in {"слов", "согласно", "следует"}
            for word in sentence.words
        )
    )


def find_statements(text: str, sentences: Sequence[ParsedSentence]) -> list[Statement]:
    """Return the statements of a document in the order of their sentences."""
    statements: list[Statement] = []
    continuations = _Continuations(text, statements)
    previous: ParsedSentence | None = None
    interrupted = {id(sentence.source.interrupts) for sentence in sentences}  # attributed by what interrupts them
    for sentence in sentences:
        cues = find_cues(sentence) if sentence.source.is_parsed else []
        found = attribute_speech(text, sentence, cues)
        continuations.begin(sentence, found)
        if sentence.source.is_parsed:
            found += find_reported(text, sentence, cues, previous)
        statements += found
        for speech in sentence.source.speeches:
            if not speech.is_used and id(speech) not in interrupted:
                continuations.add(sentence, speech)
        previous = sentence
    return statements


class _Continuations:
    """Attributes speech without a cue to whoever spoke just before, if it goes on from there."""

    def __init__(self, text: str, statements: list[Statement]) -> None:
        self._text, self._statements = text, statements
        # Speech that is open over the end of its paragraph, and not attributed yet.
        self._pending: list[Speech] = []

    def begin(self, sentence: ParsedSentence, found: Sequence[Statement]) -> None:
        """Put speech of the paragraphs before in front of the first statement that it belongs to."""
        if self._pending and found:
            if any(
                speech.continues or speech.paragraph > self._pending[-1].paragraph
                for speech in sentence.source.speeches
            ):
                found[0].content[:0] = [part for speech in self._pending for part in speech.parts]
            self._pending = []

    def add(self, sentence: ParsedSentence, speech: Speech) -> None:
        last = self._statements[-1] if self._statements else None
        if not speech.parts:
            return
        is_alone = not any(word.text[0].isalnum() for word in sentence.source.words)
        if last and is_alone and not speech.is_quoted and (before := self._asked_speaker(sentence)):
            statement = Statement(sentence, list(speech.parts), Kind.DIRECT, Act.SPEECH, Pattern.CONTINUED)
            statement.goes_on_from = before
            self._statements.append(statement)
            speech.is_used = True
            return
        if last and last.kind is Kind.DIRECT and is_alone:
            distance = sentence.number - last.sentence.number
            step = sentence.source.paragraph - last.sentence.source.paragraph
            if distance == 1 and (speech.continues if step else speech.is_quoted):
                last.content += speech.parts
                last.sentence = sentence
                speech.is_used = True
                return
            words = sum(len(part.of(self._text).split()) for part in speech.parts)
            if distance <= 1 and step == 1 and speech.is_quoted and words >= MIN_CONTINUED_WORDS and not speech.is_open:
                statement = Statement(sentence, list(speech.parts), Kind.DIRECT, Act.SPEECH, Pattern.CONTINUED)
                statement.goes_on_from = last
                self._statements.append(statement)
                speech.is_used = True
                return
        if speech.is_open or speech.continues:
            self._pending.append(speech)

    def _asked_speaker(self, sentence: ParsedSentence) -> Statement | None:
        """`— Страшно? — спрашиваю я.`: the reporter asks whoever spoke in the paragraph before."""
        if len(self._statements) <= 1:
            return None
        before, last = self._statements[-2:]
        if last.mention is None or last.mention.head != "я" or before.kind is not Kind.DIRECT:
            return None
        paragraphs = [s.sentence.source.paragraph for s in (before, last)] + [sentence.source.paragraph]
        return before if paragraphs[1] - paragraphs[0] == paragraphs[2] - paragraphs[1] == 1 else None


def _build_quotation(
    document: Document, statement: Statement, resolution: Resolution
) -> tuple[Quotation, Features, Features]:
    mention, original, speaker = statement.mention, document.original_span, resolution.speaker
    content = tuple(_merged(sorted(map(original, statement.content))))
    role = mention.sentence.source.text_span(*mention.role) if mention and mention.role else None
    word_count = sum(len(span.of(document.original).split()) for span in content)
    features = quotation_features(statement, word_count=word_count)
    confidence = predict_confidence(features, load_coefficients(CARD, "quotation"))
    evidence: Features = {}
    if isinstance(speaker, Resolved):
        evidence = {"constant": 1.0, **resolution.features, "quotation": confidence}
    speaker_confidence = predict_confidence(evidence, load_coefficients(CARD, "speaker")) if evidence else None
    quotation = Quotation(
        kind=statement.kind,
        act=statement.act,
        content=content,
        cue=(original(statement.cue),) if statement.cue else (),
        mention=(original(mention.span),) if mention else (),
        role=original(role) if role else None,
        outlet=original(statement.outlet) if statement.outlet else None,
        speaker=speaker,
        confidence=confidence,
        mention_kind=resolution.kind,
        speaker_confidence=speaker_confidence,
        candidates=list_candidates(speaker, speaker_confidence, resolution.alternatives),
        extractor=EXTRACTOR,
    )
    return quotation, features, evidence


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap: a quotation's are in order and apart."""
    merged: list[Span] = []
    for span in spans:
        if span.start >= span.end:
            continue
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
