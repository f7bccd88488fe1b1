"""The tagger's tag set: the first and the other tokens of a source, a cue or a content, in the BIO scheme."""

from enum import IntEnum


class Tag(IntEnum):
    """A token's part in an attribution. `SOURCE`, `CUE` and `CONTENT` tag the first token of a run."""

    OUTSIDE = 0
    SOURCE = 1
    IN_SOURCE = 2
    CUE = 3
    IN_CUE = 4
    CONTENT = 5
    IN_CONTENT = 6

    @property
    def inside(self) -> "Tag":
        """The tag of the tokens that follow in the run."""
        return Tag(self + 1) if self in (Tag.SOURCE, Tag.CUE, Tag.CONTENT) else self
