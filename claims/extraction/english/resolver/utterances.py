"""The resolver's input and output."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.extraction.english.resolver.evidence import SpeakerEvidence
from claims.extraction.quotation import MentionKind, Span, Speaker

# Of the utterances that are open at a source, so many are looked at.
MAX_NESTING = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """An attribution as the tagger found it; `source` is the whole phrase that names the speaker, or empty.

    `carrier` is who passes on what the source says.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    carrier: Span | None = None


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """The mention of an utterance's speaker, the role written beside it, the outlet and the resolved speaker.

    The mention holds the head of the source phrase: a name without its role ("Ann Moor"), else the noun phrase ("the
    expert", "a spokesman for Ann Moor"). It is empty, and its kind None, if the utterance has no source.
    """

    mention: tuple[Span, ...]
    role: Span | None
    outlet: Span | None
    speaker: Speaker
    kind: MentionKind | None
    evidence: SpeakerEvidence = field(default_factory=SpeakerEvidence)


def enclosing_utterances(utterances: Sequence[Utterance], source_offsets: Sequence[int | None]) -> list[int | None]:
    """Return for each utterance the index of the innermost other one whose content holds its source, if any."""
    contents = sorted(
        (span.start, span.end, number) for number, utterance in enumerate(utterances) for span in utterance.content
    )
    sources = sorted((offset, number) for number, offset in enumerate(source_offsets) if offset is not None)
    enclosing: list[int | None] = [None] * len(utterances)
    open_contents: list[tuple[int, int]] = []
    next_content = 0
    for offset, number in sources:
        while next_content < len(contents) and contents[next_content][0] <= offset:
            open_contents.append(contents[next_content][1:])
            next_content += 1
        while open_contents and open_contents[-1][0] <= offset:
            open_contents.pop()
        innermost_first = reversed(open_contents[-MAX_NESTING:])
        enclosing[number] = next((outer for end, outer in innermost_first if end > offset and outer != number), None)
    return enclosing
