"""What goes into the resolver and what comes out of it."""

from dataclasses import dataclass

from claims.extraction.quotation import Span, Speaker


@dataclass(frozen=True, slots=True)
class Utterance:
    """An attribution as a tagger finds it: what was said, the cue, and the whole phrase that names the speaker.

    Each is one span or several, in code points, end exclusive; `source` is empty where nobody is named.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """The speaker of a saying: the mention as written, the role written beside it, and who that is.

    The mention holds the head of the source phrase: a name without its role ("Ann Moor"), else the noun phrase ("the
    expert", "a spokesman for Ann Moor"). It is empty where the saying has no source.
    """

    mention: tuple[Span, ...]
    role: Span | None
    speaker: Speaker
