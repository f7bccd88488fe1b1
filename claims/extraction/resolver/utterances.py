"""The resolver's input and output."""

from dataclasses import dataclass, field

from claims.extraction.quotation import MentionKind, Span, Speaker
from claims.extraction.resolver.evidence import SpeakerEvidence


@dataclass(frozen=True, slots=True)
class Utterance:
    """An attribution as the tagger found it; `source` is the whole phrase that names the speaker, or empty."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """The mention of an utterance's speaker, the role written beside it, and the resolved speaker.

    The mention holds the head of the source phrase: a name without its role ("Ann Moor"), else the noun phrase ("the
    expert", "a spokesman for Ann Moor"). It is empty, and its kind None, if the utterance has no source.
    """

    mention: tuple[Span, ...]
    role: Span | None
    speaker: Speaker
    kind: MentionKind | None
    evidence: SpeakerEvidence = field(default_factory=SpeakerEvidence)
