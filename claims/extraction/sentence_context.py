"""The sentences around a span of a text."""

from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.text.quotation_marks import find_quoted_spans
from claims.extraction.text.sentences import split_sentences

MAX_DISTANCE = 1_000  # code points on either side that are searched for the ends of the sentences


def sentences_around(text: str, span: Span) -> Span:
    """Return the span of the whole sentences that contain a span; those that begin or end too far away are cut."""
    offset = max(span.start - MAX_DISTANCE, 0)
    window = text[offset : span.end + MAX_DISTANCE]
    document = Document.from_text(window)
    start, end = document.read_span(Span(span.start - offset, span.end - offset))
    for paragraph in (paragraph.span for paragraph in document.paragraphs):
        if paragraph.end <= start or paragraph.start >= end:
            continue
        for sentence in split_sentences(document.text, paragraph, find_quoted_spans(document.text, paragraph)):
            first, last = sentence[0].start, sentence[-1].end
            if first < end and last > start:
                start, end = min(start, first), max(end, last)
    start, end = document.original_span(Span(start, end))
    return Span(start + offset, end + offset)
