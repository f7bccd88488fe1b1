"""Whom it was told to: "told The Lamp", "in an interview with BNR", "on the air of the Sunday Hour program"."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.lexicon.role_nouns import (
    CALENDAR_WORDS,
    NAME_PARTICLES,
    ORGANIZATION_WORDS,
    ROLE_NOUNS,
    TITLE_WORDS,
)
from claims.extraction.proper_names import ProperNames, collect_proper_names
from claims.extraction.quotation import Span
from claims.extraction.text.sentences import Sentence, TokenForm, split_sentences
from claims.extraction.text.tokens import TokenizedDocument

if TYPE_CHECKING:
    from claims.extraction.text.quotation_marks import QuotedSpan

# "in an interview with X": the noun and the word that leads to the outlet.
OUTLET_PREPOSITIONS = {
    "interview": {"with", "to", "on"},
    "conversation": {"with"},
    "comment": {"to", "for"},
    "comments": {"to"},
    "statement": {"to"},
    "air": {"of", "on"},
}
TELL_FORMS = frozenset({"tell", "tells", "told", "telling"})
MAX_OUTLET_DISTANCE = 25


def find_outlets(script: TokenizedDocument, cues: Sequence[tuple[Span, ...]]) -> list[Span | None]:
    """The outlet of each of the cues, where there is one."""
    marked: list[list[QuotedSpan]] = [[] for _ in script.paragraphs]
    for quoted in script.quoted:
        marked[script.words[quoted.start].paragraph].append(quoted.stretch)
    paragraphs = [
        list(split_sentences(script.text, span, stretches))
        for span, stretches in zip(script.paragraphs, marked, strict=True)
    ]
    names = collect_proper_names(paragraphs)
    every = [sentence for paragraph in paragraphs for sentence in paragraph]
    starts = [sentence[0].start for sentence in every]

    def of_cue(cue: tuple[Span, ...]) -> Span | None:
        if not cue:
            return None
        sentence = every[max(0, bisect_right(starts, cue[0].start) - 1)]
        at = next((i for i, token in enumerate(sentence) if token.end > cue[0].start), len(sentence) - 1)
        return _outlet_near(sentence, at, names)

    return [of_cue(cue) for cue in cues]


def _outlet_near(sentence: Sentence, cue: int, names: ProperNames) -> Span | None:
    """The outlet named by the cue at token `cue` or behind it; failing that, anywhere in the sentence before it."""
    if sentence[cue].lower in TELL_FORMS and (told := _outlet_name(sentence, cue + 1, names)):
        return told
    for index in (
        *range(cue, min(len(sentence), cue + MAX_OUTLET_DISTANCE)),
        *range(max(0, cue - MAX_OUTLET_DISTANCE), cue),
    ):
        leads = OUTLET_PREPOSITIONS.get(sentence[index].lower)
        led = leads and index + 1 < len(sentence) and sentence[index + 1].lower in leads
        if led and (found := _outlet_name(sentence, index + 2, names)):
            return found
    return None


def _outlet_name(sentence: Sentence, start: int, names: ProperNames) -> Span | None:
    """The capitalised words at `start`, behind an article: a number may open them ("60 Minutes"). Nobody's name."""
    articled = start < len(sentence) and sentence[start].lower == "the"
    if start < len(sentence) and sentence[start].lower in {"the", "a", "an"}:
        start += 1
    end = start
    while end < len(sentence) and sentence[end].form is TokenForm.WORD and sentence[end].lower not in CALENDAR_WORDS:
        if not (sentence[end].capital or sentence[end].text[0].isdigit()):
            break
        end += 1
    if end == start or not any(token.capital for token in sentence[start:end]):
        return None
    if _is_person_name(sentence, start, end, names) and not articled:
        return None
    return Span(sentence[start].start, sentence[end - 1].end)


def _is_person_name(sentence: Sentence, start: int, end: int, names: ProperNames) -> bool:
    if sentence[end - 1].lower in ORGANIZATION_WORDS:
        return False
    titled = sentence[start].lower in ROLE_NOUNS | TITLE_WORDS
    particle = end < len(sentence) and sentence[end].lower in NAME_PARTICLES
    return titled or particle or names.is_person(" ".join(token.text for token in sentence[start:end]))
