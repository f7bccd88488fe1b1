"""Whom it was told to: "told The Lamp", "in an interview with BNR", "on the air of the Sunday Hour program"."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.frame import Form, Sentence, sentences
from claims.extraction.names import Names, names_of
from claims.extraction.quotation import Span
from claims.extraction.roles import CALENDAR, ORGANIZATIONS, PARTICLES, ROLES, TITLES
from claims.extraction.tagger.words import Script

if TYPE_CHECKING:
    from claims.extraction.marks import Stretch

# "in an interview with X": the noun and the word that leads to the outlet.
OCCASIONS = {
    "interview": {"with", "to", "on"},
    "conversation": {"with"},
    "comment": {"to", "for"},
    "comments": {"to"},
    "statement": {"to"},
    "air": {"of", "on"},
}
TOLD = frozenset({"tell", "tells", "told", "telling"})
REACH = 25


def outlets(script: Script, cues: Sequence[tuple[Span, ...]]) -> list[Span | None]:
    """The outlet of each of the cues, where there is one."""
    marked: list[list[Stretch]] = [[] for _ in script.paragraphs]
    for quoted in script.quoted:
        marked[script.words[quoted.start].paragraph].append(quoted.stretch)
    paragraphs = [
        list(sentences(script.text, span, stretches)) for span, stretches in zip(script.paragraphs, marked, strict=True)
    ]
    names = names_of(paragraphs)
    every = [sentence for paragraph in paragraphs for sentence in paragraph]
    starts = [sentence[0].start for sentence in every]

    def of_cue(cue: tuple[Span, ...]) -> Span | None:
        if not cue:
            return None
        sentence = every[max(0, bisect_right(starts, cue[0].start) - 1)]
        at = next((i for i, token in enumerate(sentence) if token.end > cue[0].start), len(sentence) - 1)
        return _outlet(sentence, at, names)

    return [of_cue(cue) for cue in cues]


def _outlet(sentence: Sentence, cue: int, names: Names) -> Span | None:
    """The outlet named by the cue at token `cue` or behind it; failing that, anywhere in the sentence before it."""
    if sentence[cue].lower in TOLD and (told := _name(sentence, cue + 1, names)):
        return told
    for index in (*range(cue, min(len(sentence), cue + REACH)), *range(max(0, cue - REACH), cue)):
        leads = OCCASIONS.get(sentence[index].lower)
        led = leads and index + 1 < len(sentence) and sentence[index + 1].lower in leads
        if led and (found := _name(sentence, index + 2, names)):
            return found
    return None


def _name(sentence: Sentence, start: int, names: Names) -> Span | None:
    """The capitalised words at `start`, behind an article: a number may open them ("60 Minutes"). Nobody's name."""
    articled = start < len(sentence) and sentence[start].lower == "the"
    if start < len(sentence) and sentence[start].lower in {"the", "a", "an"}:
        start += 1
    end = start
    while end < len(sentence) and sentence[end].form is Form.WORD and sentence[end].lower not in CALENDAR:
        if not (sentence[end].capital or sentence[end].text[0].isdigit()):
            break
        end += 1
    if end == start or not any(token.capital for token in sentence[start:end]):
        return None
    if _is_person(sentence, start, end, names) and not articled:
        return None
    return Span(sentence[start].start, sentence[end - 1].end)


def _is_person(sentence: Sentence, start: int, end: int, names: Names) -> bool:
    if sentence[end - 1].lower in ORGANIZATIONS:
        return False
    titled = sentence[start].lower in ROLES | TITLES
    particle = end < len(sentence) and sentence[end].lower in PARTICLES
    return titled or particle or names.is_person(" ".join(token.text for token in sentence[start:end]))
