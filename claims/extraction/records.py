"""Quotations as JSON-serializable records, one per document."""

from collections.abc import Iterable
from typing import TypedDict

from claims.extraction.quotation import Quotation, Resolved, Span


class SpeakerCandidateRecord(TypedDict):
    name: str
    share: float


class QuotationRecord(TypedDict):
    """One quotation. Spans are `[start, end]` in code points of the text, read without newline translation."""

    kind: str
    act: str
    content: list[list[int]]
    cue: list[list[int]]
    mention: list[list[int]]
    mention_kind: str | None
    speaker: str | None
    entity: str | None
    confidence: float
    speaker_confidence: float | None
    candidates: list[SpeakerCandidateRecord]


class DocumentRecord(TypedDict):
    doc: str
    language: str | None
    quotations: list[QuotationRecord]


def to_record(name: str, language: str, quotations: Iterable[Quotation]) -> DocumentRecord:
    """Return one document's record. `language` is a BCP 47 tag, or empty if unknown.

    In the record, what is unknown is None: the language, the speaker if the document leaves it open, and the entity.
    """
    return {
        "doc": name,
        "language": language or None,
        "quotations": [_quotation_record(quotation) for quotation in quotations],
    }


def _quotation_record(quotation: Quotation) -> QuotationRecord:
    speaker = quotation.speaker
    return {
        "kind": quotation.kind.value,
        "act": quotation.act.value,
        "content": _span_pairs(quotation.content),
        "cue": _span_pairs(quotation.cue),
        "mention": _span_pairs(quotation.mention),
        "mention_kind": quotation.mention_kind.value if quotation.mention_kind else None,
        "speaker": speaker.name if isinstance(speaker, Resolved) else None,
        "entity": speaker.kind.value if isinstance(speaker, Resolved) else None,
        "confidence": quotation.confidence,
        "speaker_confidence": quotation.speaker_confidence,
        "candidates": [{"name": name, "share": share} for name, share in quotation.candidates],
    }


def _span_pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
