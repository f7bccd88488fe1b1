"""The tags of words: the first and the other words of a source, a cue or a content, or none of them."""

from enum import IntEnum


class Tag(IntEnum):
    """A word's part in an attribution. `SOURCE`, `CUE` and `CONTENT` are on the first word of a run."""

    OUTSIDE = 0
    SOURCE = 1
    IN_SOURCE = 2
    CUE = 3
    IN_CUE = 4
    CONTENT = 5
    IN_CONTENT = 6

    @property
    def inside(self) -> "Tag":
        """The tag of the words behind the first."""
        return Tag(self + 1) if self in (Tag.SOURCE, Tag.CUE, Tag.CONTENT) else self
