"""The reader of English texts: tags a document, finds attributions, resolves their speakers, builds the quotations."""

from collections.abc import Mapping, Sequence
from functools import partial

from claims.extraction.confidence import list_candidates, load_coefficients, predict_confidence
from claims.extraction.document import Document
from claims.extraction.english.confidence import SPEAKER_CARD, speaker_confidence_features
from claims.extraction.english.detector import Detection, detect_attributions
from claims.extraction.english.resolver import SpeakerMention, Utterance, resolve_speakers
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.tagger import load_tagger
from claims.extraction.quotation import Extractor, Quotation, Span
from claims.extraction.text.tokens import tokenize_document

EXTRACTOR = Extractor("tagger", "2")


class EnglishReader:
    """Reads English. Loads the tagger with the first text."""

    extractor = EXTRACTOR

    def extract(self, document: Document) -> list[Quotation]:
        """See `QuotationReader`."""
        return [quotation for quotation, _ in extract_with_features(document)]

    def sentences_around(self, document: Document, span: Span) -> Span:
        """See `QuotationReader`."""
        words = DocumentWords.from_document(document)
        indexes = words.indexes_in([span])
        if not indexes:
            return span
        first, last = words.sentence_around(indexes[0]), words.sentence_around(indexes[-1])
        return Span(min(span.start, words.all[first.start].start), max(span.end, words.all[last.stop - 1].end))


READER = EnglishReader()


def extract_with_features(document: Document) -> list[tuple[Quotation, Mapping[str, float]]]:
    """Return the quotations with the features of each speaker's confidence; none if the speaker is unresolved."""
    tagger = load_tagger()
    tokenized = tokenize_document(document)
    detections: list[Detection] = []
    confidences: list[float] = []
    for detection in detect_attributions(tokenized, tagger.attributions(tokenized.tokens)):
        confidence = predict_confidence(detection.features, tagger.settings.confidence)
        if confidence >= tagger.settings.least:
            detections.append(detection)
            confidences.append(confidence)
    if not detections:
        return []
    mentions = resolve_speakers(document, [Utterance(d.content, d.cue, d.source, d.carrier) for d in detections])
    quotations = map(partial(_build_quotation, document), detections, confidences, mentions)
    return sorted(quotations, key=lambda pair: (pair[0].content, pair[0].cue))


def _build_quotation(
    document: Document, detection: Detection, confidence: float, mention: SpeakerMention
) -> tuple[Quotation, Mapping[str, float]]:
    """Return the quotation with spans of the original text, and the features of its speaker's confidence."""

    def original_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(map(document.original_span, spans))

    evidence = mention.evidence
    features = speaker_confidence_features(evidence.features, confidence) if evidence.features else {}
    speaker_confidence = (
        predict_confidence(features, load_coefficients(SPEAKER_CARD, "confidence")) if features else None
    )
    quotation = Quotation(
        kind=detection.kind,
        act=detection.act,
        content=original_spans(detection.content),
        cue=original_spans(detection.cue),
        mention=original_spans(mention.mention),
        role=document.original_span(mention.role) if mention.role else None,
        outlet=document.original_span(mention.outlet) if mention.outlet else None,
        speaker=mention.speaker,
        confidence=confidence,
        repaired=detection.repaired,
        mention_kind=mention.kind,
        speaker_confidence=speaker_confidence,
        candidates=list_candidates(mention.speaker, speaker_confidence, evidence.alternatives),
        extractor=EXTRACTOR,
    )
    return quotation, features
