"""Whom it was told to: "told The Lamp", "in an interview with BNR", "on the air of the Sunday Hour program"."""

from claims.extraction.frame import Form, Sentence
from claims.extraction.names import Names
from claims.extraction.quotation import Span
from claims.extraction.roles import CALENDAR, ORGANIZATIONS, PARTICLES, ROLES, TITLES

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


def outlet(sentence: Sentence, cue: int, names: Names) -> Span | None:
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
