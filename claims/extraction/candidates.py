"""Candidate attributions: what the tagger found, as token ranges that the repair rules may still change."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.extraction.quotation import Part
from claims.extraction.tagger import LinkedAttribution

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

    def set_content_tokens(self, tokens: set[int]) -> None:
        """Replace the content, and record the repair if that changes it."""
        content: list[TokenRange] = []
        for index in sorted(tokens):
            if content and content[-1][1] == index:
                content[-1] = (content[-1][0], index + 1)
            else:
                content.append((index, index + 1))
        if content != self.content:
            self.content = content
            self.repaired.add(Part.CONTENT)
