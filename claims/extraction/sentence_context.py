"""The sentences around a span of a text."""

from claims.extraction.document import Document
from claims.extraction.quotation import Span
from claims.extraction.readers import choose_language, load_reader

MAX_DISTANCE = 1_000  # code points on either side that are searched for the ends of the sentences


def sentences_around(text: str, span: Span) -> Span:
    """Return the span of the whole sentences that contain a span; those that begin or end too far away are cut."""
    offset = max(span.start - MAX_DISTANCE, 0)
    window = text[offset : span.end + MAX_DISTANCE]
    document = Document.from_text(window)
    read = document.read_span(Span(span.start - offset, span.end - offset))
    reader = load_reader(choose_language(window))
    start, end = document.original_span(reader.sentences_around(document, read))
    return Span(start + offset, end + offset)
