"""The quotations of a draft: those that extraction finds, and passages between quotation marks besides."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction import (
    Act,
    Document,
    EntityKind,
    Kind,
    Quotation,
    Resolved,
    Span,
    extract,
    find_all_quoted_spans,
    text_of,
)
from claims.services.drafts.quoted_parts import QuotedWords

MIN_QUOTED_WORDS = 3  # in quotation marks: fewer are a term or a nickname, and stand in any text
MIN_UNATTRIBUTED_WORDS = 5  # in quotation marks that nobody is said to have said: fewer are a title
MIN_REPORTED_WORDS = 4
MIN_SHARED = 0.5  # of a passage between quotation marks that extraction found
COMPARED_KINDS = {EntityKind.PERSON, EntityKind.ORGANIZATION}


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """A quotation of a draft: what it covers, its words, and who said it, if the draft says that.

    `is_reported` says that the draft gives it in its own words: what it covers is not meant to be verbatim.
    """

    spans: tuple[Span, ...]
    quoted: QuotedWords
    is_reported: bool
    mention: str
    speaker: Resolved | None

    @property
    def start(self) -> int:
        return self.spans[0].start


def find_quotations(text: str) -> list[DraftQuotation]:
    """Returns the quotations of a draft in reading order. Raises ModelError if the extractor is damaged."""
    marked = find_marked_passages(text)
    extracted = extract(Document.from_text(text))
    quotations = [quotation for found in extracted if (quotation := _read_quotation(found, text, marked)) is not None]
    covered = sorted(span for quotation in quotations if not quotation.is_reported for span in quotation.spans)
    for span in marked:
        if _shared_length(span, covered) < MIN_SHARED * (span.end - span.start):
            quoted = QuotedWords.read(text, [span])
            if len(quoted) >= MIN_UNATTRIBUTED_WORDS:
                quotations.append(DraftQuotation((span,), quoted, is_reported=False, mention="", speaker=None))
    return sorted(quotations, key=lambda quotation: quotation.spans)


def find_marked_passages(text: str) -> list[Span]:
    """Returns what stands between quotation marks, without the marks."""
    return [passage.inner for passages in find_all_quoted_spans(text, list(_find_lines(text))) for passage in passages]


def _read_quotation(found: Quotation, text: str, marked: Sequence[Span]) -> DraftQuotation | None:
    spans = found.content
    if found.kind is Kind.MIXED:
        spans = tuple(_intersect(found.content, marked)) or found.content
    quoted = QuotedWords.read(text, spans)
    is_reported = found.kind is Kind.INDIRECT or (found.kind is Kind.MIXED and len(quoted) < MIN_QUOTED_WORDS)
    if is_reported:
        spans, quoted = found.content, QuotedWords.read(text, found.content)
    if len(quoted) < (MIN_REPORTED_WORDS if is_reported else MIN_QUOTED_WORDS):
        return None
    if is_reported and found.act is Act.OTHER:  # a wish, support: nothing that was said
        return None
    speaker = found.speaker if isinstance(found.speaker, Resolved) and found.speaker.kind in COMPARED_KINDS else None
    return DraftQuotation(spans, quoted, is_reported, " ".join(text_of(text, found.mention).split()), speaker)


def _find_lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if content := line.strip():
            at = start + line.index(content[0])
            yield Span(at, at + len(content))
        start += len(line)


def _intersect(spans: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Yields what the spans have in common with others, which are in order."""
    starts = [other.start for other in others]
    for span in spans:
        for other in others[max(0, bisect_right(starts, span.start) - 1) :]:
            if other.start >= span.end:
                break
            if (start := max(span.start, other.start)) < (end := min(span.end, other.end)):
                yield Span(start, end)


def _shared_length(span: Span, others: Sequence[Span]) -> int:
    return sum(end - start for start, end in _intersect([span], others))
