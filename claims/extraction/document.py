"""The input of extraction: an unmodified text, split into paragraphs."""

import re
from dataclasses import dataclass

from claims.extraction.quotation import Span
from claims.extraction.text.boilerplate import find_boilerplate

LINE_PATTERN = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# `str.strip` does not strip a byte order mark or a zero-width space.
BLANK_CHARACTERS = " \t\xa0\ufeff\u200b\u2009\u202f\u3000"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-blank line without its surrounding white space. Boilerplate is what a page puts around its article."""

    span: Span
    is_boilerplate: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its paragraphs in order. The text is never normalized: all offsets refer to exactly this string."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def from_text(cls, text: str) -> "Document":
        """Split any string into paragraphs, at any line break (LF, CRLF, CR, the Unicode separators)."""
        spans = [span for line in LINE_PATTERN.finditer(text) if (span := _strip_span(text, Span(*line.span())))]
        boilerplate = find_boilerplate([span.of(text) for span in spans])
        return cls(text, tuple(Paragraph(span, index in boilerplate) for index, span in enumerate(spans)))


def _strip_span(text: str, span: Span) -> Span | None:
    line = span.of(text)
    start = span.start + len(line) - len(line.lstrip(BLANK_CHARACTERS))
    end = span.end - len(line) + len(line.rstrip(BLANK_CHARACTERS))
    return Span(start, end) if start < end else None
