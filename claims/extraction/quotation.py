"""The output of extraction: quotations as spans of the document's text, with their resolved speakers.

Offsets count Unicode code points of the unmodified text; ends are exclusive.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """The slice `text[start:end]` of a document's text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Kind(StrEnum):
    """How the content is given: in quotation marks, in the reporter's words, or partly in marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the speaker did with the content: said it, thought it, or else (wanted it, asked for it, denied it)."""

    SPEECH = "speech"
    THOUGHT = "thought"
    OTHER = "other"


class Part(StrEnum):
    """A part of a quotation that a repair rule may have changed after the tagger found it."""

    CONTENT = "content"
    CUE = "cue"
    MENTION = "mention"


class MentionKind(StrEnum):
    """How the text refers to the speaker: by a name, a pronoun or a noun phrase ("the minister", "two officials")."""

    NAME = "name"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The mention refers to this entity. `name` is the fullest name that the document gives it."""

    name: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The mention fits several entities of the document; an editor has to decide."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The document does not say who the mention refers to, or there is no mention."""


Speaker = Resolved | Ambiguous | Unresolved


class Extractor(NamedTuple):
    """What found a quotation; stored with it."""

    name: str
    version: str


class SpeakerCandidate(NamedTuple):
    """One of those to whom a mention may refer, with the probability that it is this one."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """The content of a quotation, its cue and the mention of its speaker, as spans of the document.

    `content` has several spans if the quotation is split around its attribution or continues over paragraphs; they are
    non-empty, in order and do not overlap. The content of a direct quotation excludes its outer marks; marks inside an
    indirect or mixed quotation belong to the content. `cue` and `mention` may be empty. `role` is the speaker's role as
    written beside the mention ("Russian Defense Minister"), `outlet` who it was told to or passed on by ("Izvestia").
    `confidence` is a calibrated probability: about 90 % of the quotations with confidence 0.9 are right. `repaired`
    names the parts that a repair rule changed after the tagger found them. `mention_kind` is None without a mention,
    `speaker_confidence` unless the speaker is resolved; it is a calibrated probability too. `candidates` are whom the
    mention may refer to, likeliest first, if it is ambiguous or the confidence of the resolved speaker is low.
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
    mention_kind: MentionKind | None = None
    speaker_confidence: float | None = None
    candidates: tuple[SpeakerCandidate, ...] = ()
    extractor: Extractor = field(kw_only=True)


def text_of(text: str, spans: tuple[Span, ...]) -> str:
    """Return the characters of several spans, joined by single spaces."""
    return " ".join(span.of(text) for span in spans)
