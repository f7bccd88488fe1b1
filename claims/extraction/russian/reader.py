"""The reader of Russian texts: parses what may quote somebody, finds statements and resolves their speakers."""

from collections.abc import Sequence

from claims.extraction.document import Document
from claims.extraction.quotation import (
    Act,
    Extractor,
    Kind,
    Quotation,
    Resolved,
    Span,
)
from claims.extraction.russian.cue_words import BY_NOUNS, find_cue_word
from claims.extraction.russian.cues import find_cues
from claims.extraction.russian.models import load_models
from claims.extraction.russian.name_runs import find_names
from claims.extraction.russian.parsed_sentences import ParsedSentence
from claims.extraction.russian.people import NameTable
from claims.extraction.russian.quoted_speech import attribute_speech
from claims.extraction.russian.reported import find_reported
from claims.extraction.russian.sentences import Sentence, Speech, split_document
from claims.extraction.russian.speakers import Resolution, SpeakerResolver
from claims.extraction.russian.statements import Pattern, Statement

EXTRACTOR = Extractor("russian", "1")
MIN_CONTINUED_WORDS = 4


class RussianReader:
    """Reads Russian. Loads its models with the first text."""

    extractor = EXTRACTOR

    def extract(self, document: Document) -> list[Quotation]:
        """Return the quotations in reading order. Raises `ModelError` if the models are missing or damaged."""
        sentences = _parse(split_document(document))
        statements = find_statements(document.text, sentences)
        table = NameTable(sentences)
        resolutions = SpeakerResolver(table).resolve_all(statements)
        quotations = [
            _build_quotation(document, statement, resolution)
            for statement, resolution in zip(statements, resolutions, strict=True)
        ]
        return sorted(quotations, key=lambda quotation: (quotation.content, quotation.cue))


def _parse(sentences: Sequence[Sentence]) -> list[ParsedSentence]:
    """Tag the names of all sentences, and parse those that may hold or introduce a statement."""
    models = load_models()
    worded = [sentence for sentence in sentences if sentence.words]
    tags = models.find_names([[word.text for word in sentence.words] for sentence in worded])
    for sentence, sentence_tags in zip(worded, tags, strict=True):
        for word, tag in zip(sentence.words, sentence_tags, strict=False):
            word.name_tag = tag
    parsed = [sentence for sentence in worded if _may_attribute(sentence)]
    for sentence, parses in zip(
        parsed, models.parse([[word.text for word in sentence.words] for sentence in parsed]), strict=True
    ):
        sentence.is_parsed = True
        for word, parse in zip(sentence.words, parses, strict=False):
            word.parse = parse
    return [ParsedSentence(sentence, number, find_names(sentence)) for number, sentence in enumerate(sentences)]


def _may_attribute(sentence: Sentence) -> bool:
    return bool(
        sentence.speeches
        or sentence.interrupts
        or any(
            find_cue_word(word.lower) or word.lower in BY_NOUNS or word.lower in {"словам", "слов"}
            for word in sentence.words
        )
    )


def find_statements(text: str, sentences: Sequence[ParsedSentence]) -> list[Statement]:
    """Return the statements of a document in the order of their sentences."""
    statements: list[Statement] = []
    continuations = _Continuations(text, statements)
    previous: ParsedSentence | None = None
    for sentence in sentences:
        cues = find_cues(sentence) if sentence.source.is_parsed else []
        found = attribute_speech(text, sentence, cues)
        continuations.begin(sentence, found)
        if sentence.source.is_parsed:
            found += find_reported(text, sentence, cues, previous)
        statements += found
        for speech in sentence.source.speeches:
            if not speech.is_used:
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


CONFIDENCES = {
    Pattern.BEHIND: 0.9,
    Pattern.COLON: 0.9,
    Pattern.LABEL: 0.7,
    Pattern.INTERRUPTION: 0.9,
    Pattern.WITHOUT_CUE: 0.6,
    Pattern.CONTINUED: 0.5,
    Pattern.WORDS: 0.6,
    Pattern.THAT: 0.85,
    Pattern.PARENTHESIS: 0.7,
    Pattern.BY: 0.8,
    Pattern.BACKWARD: 0.6,
    Pattern.INFINITIVE: 0.6,
    Pattern.ABOUT: 0.4,
}


def _build_quotation(document: Document, statement: Statement, resolution: Resolution) -> Quotation:
    mention, original = statement.mention, document.original_span
    content = tuple(_merged(sorted(map(original, statement.content))))
    role = mention.sentence.source.text_span(*mention.role) if mention and mention.role else None
    is_resolved = isinstance(resolution.speaker, Resolved)
    return Quotation(
        kind=statement.kind,
        act=statement.act,
        content=content,
        cue=(original(statement.cue),) if statement.cue else (),
        mention=(original(mention.span),) if mention else (),
        role=original(role) if role else None,
        outlet=original(statement.outlet) if statement.outlet else None,
        speaker=resolution.speaker,
        confidence=CONFIDENCES[statement.pattern],
        mention_kind=resolution.kind,
        speaker_confidence=0.8 if is_resolved else None,
        extractor=EXTRACTOR,
    )


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
