"""A text with replacements, and the spans of either text in the other."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.extraction.quotation import Span


class Edit(NamedTuple):
    """Characters `start` to `end` (exclusive) of a text, and what stands in their place."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text after edits. Each edit is a pair of spans, of the original and of the edited text."""

    text: str
    originals: tuple[Span, ...] = ()
    edited: tuple[Span, ...] = ()

    @classmethod
    def apply(cls, text: str, edits: Sequence[Edit]) -> "EditedText":
        """Apply edits in order, which must not overlap. Without edits, the text is the same object."""
        if not edits:
            return cls(text)
        parts: list[str] = []
        edited: list[Span] = []
        end = length = 0
        for edit in edits:
            parts += (text[end : edit.start], edit.replacement)
            start = length + edit.start - end
            length = start + len(edit.replacement)
            edited.append(Span(start, length))
            end = edit.end
        parts.append(text[end:])
        return cls("".join(parts), tuple(Span(edit.start, edit.end) for edit in edits), tuple(edited))

    def original_span(self, span: Span) -> Span:
        """Return a span of the edited text as a span of the original, which includes edits that it touches whole."""
        return _translate(span, self.edited, self.originals)

    def edited_span(self, span: Span) -> Span:
        """Return a span of the original as a span of the edited text."""
        return _translate(span, self.originals, self.edited)


def _translate(span: Span, sources: Sequence[Span], targets: Sequence[Span]) -> Span:
    if not sources:
        return span
    start = _translate_offset(span.start, sources, targets)
    # The end is that of the last character: what was deleted behind it stays out.
    end = _translate_offset(max(span.end - 1, span.start), sources, targets, after=span.end > span.start)
    return Span(start, max(start, end))


def _translate_offset(offset: int, sources: Sequence[Span], targets: Sequence[Span], *, after: bool = False) -> int:
    """Return where the character at an offset begins in the other text, or ends if `after`."""
    index = bisect_right(sources, offset, key=lambda source: source.start) - 1
    if index < 0:
        return offset + after
    source, target = sources[index], targets[index]
    if offset < source.end:
        return target.end if after else target.start
    return target.end + offset - source.end + after
