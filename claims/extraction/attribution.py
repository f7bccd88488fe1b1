"""One attribution within a sentence, before its tokens become spans of the text."""

from dataclasses import dataclass

from claims.extraction.cues import Verb
from claims.extraction.phrases import Mention


@dataclass(slots=True)
class Attribution:
    """Token ranges of what is said and of the cue, and who says it.

    `begins` is where an attribution before this one must end; `bare` says that its clause has no "that",
    `asserted` that somebody did say it: not so in "never said" and "if he says".
    """

    content: list[tuple[int, int]]
    cue: tuple[int, int]
    mention: Mention
    begins: int
    bare: bool = False
    verb: Verb | None = None
    asserted: bool = True
