"""Finds the outlet that a speaker talked to: "told The Lamp", "in an interview with BNR", "on the air of Radio Aln"."""

from bisect import bisect_right
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.function_words import CALENDAR_WORDS, NAME_PARTICLES
from claims.extraction.lexicon.role_nouns import ORGANIZATION_WORDS, ROLE_NOUNS, TITLE_WORDS
from claims.extraction.proper_names import collect_proper_names
from claims.extraction.quotation import Span
from claims.extraction.text.sentences import Sentence, TokenForm, split_sentences
from claims.extraction.text.tokens import TokenizedDocument

if TYPE_CHECKING:
    from claims.extraction.text.quotation_marks import QuotedSpan

# The prepositions that lead from a noun to an outlet: "in an interview with BNR".
OUTLET_PREPOSITIONS = {
    "interview": word_set("with to on"),
    "conversation": word_set("with"),
    "comment": word_set("to for"),
    "comments": word_set("to"),
    "statement": word_set("to"),
    "air": word_set("of on"),
}
TELL_FORMS = word_set("tell tells told telling")
MAX_OUTLET_DISTANCE = 25


def find_outlets(document: TokenizedDocument, cues: Sequence[tuple[Span, ...]]) -> list[Span | None]:
    """Return the outlet that each cue names, if any."""
    quoted_spans: list[list[QuotedSpan]] = [[] for _ in document.paragraphs]
    for quoted in document.quoted:
        quoted_spans[document.tokens[quoted.start].paragraph].append(quoted.span)
    sentences = [
        sentence
        for paragraph, spans in zip(document.paragraphs, quoted_spans, strict=True)
        for sentence in split_sentences(document.text, paragraph, spans)
    ]
    sentence_starts = [sentence[0].start for sentence in sentences]
    names = collect_proper_names(sentences)

    def outlet_of(cue: tuple[Span, ...]) -> Span | None:
        if not cue:
            return None
        sentence = sentences[max(0, bisect_right(sentence_starts, cue[0].start) - 1)]
        index = next((i for i, token in enumerate(sentence) if token.end > cue[0].start), len(sentence) - 1)
        return _outlet_near(sentence, index, names)

    return [outlet_of(cue) for cue in cues]


def _outlet_near(sentence: Sentence, cue: int, names: Container[str]) -> Span | None:
    """Return the outlet named at or after token `cue`, else the one named before it in the sentence."""
    if sentence[cue].lower in TELL_FORMS and (outlet := _outlet_name(sentence, cue + 1, names)):
        return outlet
    for index in (
        *range(cue, min(len(sentence), cue + MAX_OUTLET_DISTANCE)),
        *range(max(0, cue - MAX_OUTLET_DISTANCE), cue),
    ):
        prepositions = OUTLET_PREPOSITIONS.get(sentence[index].lower, frozenset())
        has_preposition = index + 1 < len(sentence) and sentence[index + 1].lower in prepositions
        if has_preposition and (outlet := _outlet_name(sentence, index + 2, names)):
            return outlet
    return None


def _outlet_name(sentence: Sentence, start: int, names: Container[str]) -> Span | None:
    """Return the capitalized words at `start`, after an article; numbers may begin them ("60 Minutes").

    A person's name is no outlet.
    """
    has_definite_article = start < len(sentence) and sentence[start].lower == "the"
    if start < len(sentence) and sentence[start].lower in {"the", "a", "an"}:
        start += 1
    end = start
    while end < len(sentence) and sentence[end].form is TokenForm.WORD and sentence[end].lower not in CALENDAR_WORDS:
        if not (sentence[end].is_capitalized or sentence[end].text[0].isdigit()):
            break
        end += 1
    if not any(token.is_capitalized for token in sentence[start:end]):
        return None
    if not has_definite_article and _is_person_name(sentence, start, end, names):
        return None
    return Span(sentence[start].start, sentence[end - 1].end)


def _is_person_name(sentence: Sentence, start: int, end: int, names: Container[str]) -> bool:
    if sentence[end - 1].lower in ORGANIZATION_WORDS:
        return False
    has_title = sentence[start].lower in ROLE_NOUNS | TITLE_WORDS
    precedes_particle = end < len(sentence) and sentence[end].lower in NAME_PARTICLES
    return has_title or precedes_particle or " ".join(token.text for token in sentence[start:end]) in names
