"""What extraction finds: spans of a document's text, and who the speaker is as far as the document tells.

Offsets are Unicode code points of the text as it was read, end exclusive.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the document's text: `text[start:end]`, in code points, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers in `text`."""
        return text[self.start : self.end]


class Kind(StrEnum):
    """How the words are given: all between marks, all in the reporter's words, or part and part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the speaker did with the content: said it, thought it, or something else (wants, asks for, denies it)."""

    SPEECH = "speech"
    THOUGHT = "thought"
    OTHER = "other"


class Part(StrEnum):
    """A part of a quotation that a rule of form may have changed after the tagger."""

    CONTENT = "content"
    CUE = "cue"
    MENTION = "mention"


class EntityKind(StrEnum):
    """What a resolved speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The mention is this entity, under the fullest name the document gives it."""

    name: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The mention fits several entities of the document; an editor decides."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The document does not tell who the mention is, or there is no mention."""


Speaker = Resolved | Ambiguous | Unresolved


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was said, the cue that introduces it and the mention of who said it, as spans of the document.

    `content` has one span or several (a quotation split around its attribution, or continued over paragraphs), in
    order, not overlapping, none empty. A direct quotation's content leaves out its outer marks; marks inside an
    indirect or mixed one belong to it. `cue` and `mention` are empty where there is none. `role` is the speaker's
    role as written beside the mention ("Russian Defense Minister"), `outlet` whom it was told to ("Izvestia").
    `act` is what the speaker did with the content. `confidence` is between 0 and 1: of a hundred quotations of 0.9
    about ninety are right. `repaired` are the parts that a rule of form changed after the tagger had found them.
    """

    kind: Kind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    mention: tuple[Span, ...]
    role: Span | None
    outlet: Span | None
    speaker: Speaker
    confidence: float
    act: Act = Act.SPEECH
    repaired: frozenset[Part] = frozenset()


def text_of(text: str, spans: tuple[Span, ...]) -> str:
    """The characters of several spans, joined by one space: what the speaker said, without what stood in between."""
    return " ".join(span.of(text) for span in spans)
