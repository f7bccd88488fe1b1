"""Candidate attributions: what the tagger found, as token ranges that the repair rules may still change."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from claims.extraction.english.tagger import LinkedAttribution
from claims.extraction.quotation import Part

# Tokens `start` to `end` (exclusive).
TokenRange = tuple[int, int]


@dataclass(slots=True)
class Candidate:
    """An attribution that may still change.

    `content` holds its ranges in order, with at least one token between two of them. `linked` holds the tagger's
    probabilities; None if a rule created the candidate. `is_transcript_turn` marks a turn in a transcript, which is a
    direct quotation without quotation marks. `carrier` passes on what the source says: "according to TASS". `repaired`
    names the parts that rules changed.
    """

    content: list[TokenRange]
    cue: TokenRange | None
    source: TokenRange | None
    linked: LinkedAttribution | None = None
    carrier: TokenRange | None = None
    is_transcript_turn: bool = False
    repaired: set[Part] = field(default_factory=set)

    @classmethod
    def from_linked(cls, linked: LinkedAttribution) -> "Candidate":
        cue, source = ((run.start, run.end) if run else None for run in (linked.cue, linked.source))
        return cls([(run.start, run.end) for run in linked.contents], cue, source, linked)

    def content_tokens(self) -> Iterator[int]:
        return (index for start, end in self.content for index in range(start, end))

    def add_content(self, start: int, end: int) -> None:
        """Add a range of tokens to the content, and record the repair if that changes it."""
        first = bisect_left(self.content, start, key=itemgetter(1))
        last = bisect_right(self.content, end, key=itemgetter(0))
        touched = self.content[first:last]
        joined = (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
        if touched != [joined]:
            self.content[first:last] = [joined]
            self.repaired.add(Part.CONTENT)

    def remove_content(self, start: int, end: int) -> None:
        """Remove a range of tokens from the content, and record the repair if that changes it."""
        first = bisect_right(self.content, start, key=itemgetter(1))
        last = bisect_left(self.content, end, key=itemgetter(0))
        if touched := self.content[first:last]:
            rest = [(touched[0][0], start), (end, touched[-1][1])]
            self.content[first:last] = [part for part in rest if part[0] < part[1]]
            self.repaired.add(Part.CONTENT)


def token_ranges(tokens: Iterable[int]) -> list[TokenRange]:
    """Return tokens as ranges in order, each as long as possible."""
    ranges: list[TokenRange] = []
    for token in sorted(tokens):
        if ranges and ranges[-1][1] == token:
            ranges[-1] = (ranges[-1][0], token + 1)
        else:
            ranges.append((token, token + 1))
    return ranges
