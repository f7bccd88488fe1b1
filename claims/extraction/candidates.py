"""An attribution while the rules of form work on it: ranges of words that may still change."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.extraction.quotation import Part
from claims.extraction.tagger import LinkedAttribution

# Words `start` to `end` (exclusive).
TokenRange = tuple[int, int]


@dataclass(slots=True)
class Candidate:
    """The words of an attribution. `linked` is what the tagger said of it, None where a rule found it.

    `content` has its ranges in order, with words between any two; `repaired` are the parts that rules changed. `line`
    says that it is a line of a transcript: direct without marks.
    """

    content: list[TokenRange]
    cue: TokenRange | None
    source: TokenRange | None
    linked: LinkedAttribution | None = None
    line: bool = False
    repaired: set[Part] = field(default_factory=set)

    @classmethod
    def of(cls, linked: LinkedAttribution) -> "Candidate":
        """The attribution as the tagger gives it."""
        cue, source = ((run.start, run.end) if run else None for run in (linked.cue, linked.source))
        return cls([(run.start, run.end) for run in linked.contents], cue, source, linked)

    def words(self) -> Iterator[int]:
        """The words of the content."""
        return (word for start, end in self.content for word in range(start, end))

    def hold(self, words: set[int]) -> None:
        """Make these words the content."""
        content: list[TokenRange] = []
        for word in sorted(words):
            if content and content[-1][1] == word:
                content[-1] = (content[-1][0], word + 1)
            else:
                content.append((word, word + 1))
        if content != self.content:
            self.content = content
            self.repaired.add(Part.CONTENT)
