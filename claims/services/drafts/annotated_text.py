"""The text of a draft in parts, with the finding that each part belongs to, to be shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.services.drafts.findings import DraftReport, Finding


@dataclass(frozen=True, slots=True)
class AnnotatedPart:
    """A part of a draft's text; `is_first` and `is_last` tell the first and the last part of its finding."""

    text: str
    finding: Finding | None = None
    is_first: bool = False
    is_last: bool = False


def annotate(report: DraftReport) -> Iterator[AnnotatedPart]:
    """Yields the whole text in order. Of quotations that overlap, the first has the common words."""
    spans = sorted(
        ((span.start, span.end, finding) for finding in report.findings for span in finding.quotation.spans),
        key=lambda each: each[:2],
    )
    reached = 0
    seen: set[int] = set()
    last = {finding.number: index for index, (_, _, finding) in enumerate(spans)}
    for index, (span_start, end, finding) in enumerate(spans):
        start = max(span_start, reached)
        if start > reached:
            yield AnnotatedPart(report.text[reached:start])
        if start < end:
            is_last = last[finding.number] == index
            yield AnnotatedPart(report.text[start:end], finding, finding.number not in seen, is_last)
            seen.add(finding.number)
        reached = max(reached, end)
    if reached < len(report.text):
        yield AnnotatedPart(report.text[reached:])
