"""A text as extraction reads it: untouched, with its paragraphs and which of them are page furniture."""

import re
from dataclasses import dataclass

from claims.extraction.quotation import Span
from claims.extraction.text.boilerplate import find_boilerplate

LINE_PATTERN = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# A byte order mark is white space to a reader but not to `str.strip`.
BLANK_CHARACTERS = " \t\xa0\ufeff\u200b\u2009\u202f\u3000"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text without the white space around it. `furniture` is what the page adds to the article."""

    span: Span
    furniture: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its paragraphs in order. The text is never normalised: offsets are into exactly this string."""

    text: str
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def from_text(cls, text: str) -> "Document":
        """Read any string. A paragraph ends at any line break (LF, CRLF, CR, the Unicode separators)."""
        spans = [span for line in LINE_PATTERN.finditer(text) if (span := _strip_span(text, Span(*line.span())))]
        outside = find_boilerplate([span.of(text) for span in spans])
        return cls(text, tuple(Paragraph(span, index in outside) for index, span in enumerate(spans)))


def _strip_span(text: str, span: Span) -> Span | None:
    line = span.of(text)
    start = span.start + len(line) - len(line.lstrip(BLANK_CHARACTERS))
    end = span.end - len(line) + len(line.rstrip(BLANK_CHARACTERS))
    return Span(start, end) if start < end else None
