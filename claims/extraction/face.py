"""The face of extraction: whatever finds the quotations, this is how they are asked for."""

from claims.extraction.document import Document
from claims.extraction.phrases import Mention
from claims.extraction.quotation import Quotation, Span
from claims.extraction.reading import Passage, read
from claims.extraction.speakers import resolve

EXTRACTOR = "rules"
EXTRACTOR_VERSION = "1"


def extract(document: Document) -> list[Quotation]:
    """The attributed quotations of a document in reading order. Never raises; takes time linear in the text."""
    reading = read(document)
    quotations = [
        Quotation(
            kind=found.kind,
            content=found.content,
            cue=found.cue,
            mention=_mention(reading.passages[found.passage], found.mention),
            role=found.mention.role if found.mention else None,
            outlet=found.outlet,
            speaker=speaker,
            confidence=found.confidence,
        )
        for found, speaker in zip(reading.found, resolve(reading), strict=True)
    ]
    return sorted(quotations, key=lambda quotation: (quotation.content, quotation.cue))


def _mention(passage: Passage, mention: Mention | None) -> tuple[Span, ...]:
    if mention is None:
        return ()
    return (Span(passage.tokens[mention.start].start, passage.tokens[mention.end - 1].end),)
