"""The sentences around a span of a text."""

from claims.extraction.document import Document
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.quotation import Span

MAX_DISTANCE = 1_000  # code points on either side that are searched for the ends of the sentences


def sentences_around(text: str, span: Span) -> Span:
    """Return the span of the whole sentences that contain a span; those that begin or end too far away are cut."""
    offset = max(span.start - MAX_DISTANCE, 0)
    window = text[offset : span.end + MAX_DISTANCE]
    document = Document.from_text(window)
    start, end = document.read_span(Span(span.start - offset, span.end - offset))
    words = DocumentWords.from_document(document)
    if indexes := words.indexes_in([Span(start, end)]):
        first, last = words.sentence_around(indexes[0]), words.sentence_around(indexes[-1])
        start, end = min(start, words.all[first.start].start), max(end, words.all[last.stop - 1].end)
    start, end = document.original_span(Span(start, end))
    return Span(start + offset, end + offset)
