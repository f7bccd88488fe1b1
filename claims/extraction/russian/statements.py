"""What is found in a text before speakers are resolved: a content, its cue and the mention of its speaker."""

from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.quotation import Act, Kind, Span
from claims.extraction.russian.mentions import Mention
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence


class Pattern(StrEnum):
    """By which form a statement was found; its confidence depends on that."""

    BEHIND = "cue behind speech"
    COLON = "cue and colon before speech"
    LABEL = "name and colon"
    INTERRUPTION = "cue within speech"
    WITHOUT_CUE = "name beside speech"
    CONTINUED = "speech goes on"
    WORDS = "words in marks"
    THAT = "subordinate clause"
    PARENTHESIS = "cue in parenthesis"
    BY = "according to"
    BACKWARD = "refers to the sentence before"
    INFINITIVE = "infinitive"
    OBJECT = "object"
    TURN = "turn of an interview"


@dataclass(slots=True)
class Statement:
    sentence: ParsedSentence
    content: list[Span]
    kind: Kind
    act: Act
    pattern: Pattern
    cue: Span | None = None
    mention: Mention | None = None
    outlet: Span | None = None
    # The statement by the same speaker that this one goes on from.
    goes_on_from: "Statement | None" = None
    # The name of who answers in an interview.
    guest: str = ""
    # The gender of a verb whose sentence leaves out the subject.
    gender_without_subject: str = ""
