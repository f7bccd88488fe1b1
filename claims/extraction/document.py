"""The input of extraction: a text, put into the form that it is read in, and split into paragraphs."""

from dataclasses import dataclass

from claims.extraction.quotation import Span
from claims.extraction.text.boilerplate import find_boilerplate
from claims.extraction.text.damaged_characters import find_damage
from claims.extraction.text.edited_text import EditedText
from claims.extraction.text.quotation_marks import QuotedSpan, find_all_quoted_spans, find_quoted_spans
from claims.extraction.text.repetitions import find_repetitions
from claims.extraction.text.unbroken_text import split_unbroken_line
from claims.extraction.text.wrapped_lines import find_line_joins, split_lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-blank line without its surrounding white space, and the spans between quotation marks in it.

    Boilerplate is what a page puts around its article.
    """

    span: Span
    is_boilerplate: bool
    quoted: list[QuotedSpan]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as extraction reads it, with its paragraphs in order.

    `text` is the original with one line for each paragraph and one character for each mark. All spans within extraction
    are spans of `text`; `extract` returns spans of the original.
    """

    original: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    # Each is an edited form of the one before; the first is one of the original.
    _stages: tuple[EditedText, ...]

    @classmethod
    def from_text(cls, original: str) -> "Document":
        """Read any string."""
        shortened = EditedText.apply(original, list(find_repetitions(original)))
        repaired = EditedText.apply(shortened.text, list(find_damage(shortened.text)))
        joined = EditedText.apply(repaired.text, list(find_line_joins(repaired.text)))
        lines = [line for line in split_lines(joined.text) if line.text]
        boilerplate = find_boilerplate([line.text for line in lines])
        spans = [
            (span, index in boilerplate)
            for index, line in enumerate(lines)
            for span in split_unbroken_line(joined.text, line.span, is_only_line=len(lines) == 1)
        ]
        # A quotation goes on behind boilerplate as if that were not there.
        article = [span for span, is_boilerplate in spans if not is_boilerplate]
        quoted_spans = iter(find_all_quoted_spans(joined.text, article))
        paragraphs = tuple(
            Paragraph(
                span,
                is_boilerplate=is_boilerplate,
                quoted=find_quoted_spans(joined.text, span) if is_boilerplate else next(quoted_spans),
            )
            for span, is_boilerplate in spans
        )
        return cls(original, joined.text, paragraphs, (shortened, repaired, joined))

    def original_span(self, span: Span) -> Span:
        """Return a span of `text` as a span of the original."""
        for stage in reversed(self._stages):
            span = stage.original_span(span)
        return span

    def read_span(self, span: Span) -> Span:
        """Return a span of the original as a span of `text`."""
        for stage in self._stages:
            span = stage.edited_span(span)
        return span
