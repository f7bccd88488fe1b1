"""Finds the outlet through which a speaker was heard.

Either the speaker talked to it ("told The Lamp", "in an interview with BNR", "on the air of Radio Aln"), or it passes
on what the speaker said ("according to TASS", "carried by Reuters").
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES
from claims.extraction.lexicon.function_words import CALENDAR_WORDS, NAME_PARTICLES
from claims.extraction.lexicon.role_nouns import (
    DOCUMENT_NOUNS,
    MEDIA_WORDS,
    ORGANIZATION_WORDS,
    ROLE_NOUNS,
    TITLE_WORDS,
)
from claims.extraction.proper_names import collect_proper_names
from claims.extraction.quotation import Span
from claims.extraction.text.sentences import Sentence, TokenForm, split_sentences
from claims.extraction.text.tokens import TokenizedDocument

if TYPE_CHECKING:
    from claims.extraction.text.quotation_marks import QuotedSpan

# The prepositions that lead from a word to an outlet: "in an interview with BNR", "carried by BNR".
OUTLET_PREPOSITIONS = {
    "interview": word_set("with to on"),
    "interviewed": word_set("by on"),
    "conversation": word_set("with"),
    "comment": word_set("to for"),
    "comments": word_set("to"),
    "statement": word_set("to"),
    "air": word_set("of on"),
    "article": word_set("for in"),
    "column": word_set("for in"),
    "speaking": word_set("to on with"),
    "spoke": word_set("to on with"),
    "talking": word_set("to on with"),
    **dict.fromkeys(word_set("carried published broadcast aired quoted cited"), word_set("by on in")),
}
# The same, if the name says that it is a medium: "said on Sky News", "wrote in The Times".
MEDIUM_PREPOSITIONS = dict.fromkeys(word_set("said says wrote writes writing saying appearing"), word_set("on in for"))
TELL_FORMS = word_set("tell tells told telling")
MAX_OUTLET_DISTANCE = 25
ARTICLES = word_set("the a an")
# Returns the names of people in the document.
Names = Callable[[], frozenset[str]]


def find_outlets(
    document: TokenizedDocument, attributions: Sequence[tuple[tuple[Span, ...], Span | None]]
) -> list[Span | None]:
    """Return the outlet of each attribution, given by its cue and its carrier, if there is one."""
    quoted_spans: list[list[QuotedSpan]] = [[] for _ in document.paragraphs]
    for quoted in document.quoted:
        quoted_spans[document.tokens[quoted.start].paragraph].append(quoted.span)
    paragraph_starts = [paragraph.start for paragraph in document.paragraphs]

    # Most paragraphs name no outlet, and many articles nobody who could be taken for one.
    @cache
    def paragraph_sentences(number: int) -> list[Sentence]:
        return list(split_sentences(document.text, document.paragraphs[number], quoted_spans[number]))

    @cache
    def names() -> frozenset[str]:
        return collect_proper_names(
            sentence for number in range(len(document.paragraphs)) for sentence in paragraph_sentences(number)
        )

    def sentence_at(offset: int) -> tuple[Sentence, int]:
        """Return the sentence at an offset, and the index of the token there."""
        sentences = paragraph_sentences(bisect_right(paragraph_starts, offset) - 1)
        sentence = sentences[max(0, bisect_right(sentences, offset, key=lambda sentence: sentence[0].start) - 1)]
        return sentence, next((i for i, token in enumerate(sentence) if token.end > offset), len(sentence) - 1)

    def outlet_of(cue: tuple[Span, ...], carrier: Span | None) -> Span | None:
        if carrier and (outlet := _carrier_name(*sentence_at(carrier.start), carrier, names)):
            return outlet
        return _outlet_near(*sentence_at(cue[0].start), names) if cue else None

    return [outlet_of(cue, carrier) for cue, carrier in attributions]


def _carrier_name(sentence: Sentence, start: int, carrier: Span, names: Names) -> Span | None:
    """Return the medium or the document that a carrier's phrase names: "ANA" in "the news agency ANA".

    A person is no outlet, whatever he passes on.
    """
    end = start
    while end < len(sentence) and sentence[end].start < carrier.end and sentence[end].form is TokenForm.WORD:
        end += 1
    if start < end and sentence[start].lower in ARTICLES:
        start += 1
    name = end
    while name > start and sentence[name - 1].is_capitalized:
        name -= 1
    words = {token.lower for token in sentence[start:end]}
    is_medium = not words.isdisjoint(MEDIA_WORDS | DOCUMENT_NOUNS | ORGANIZATION_WORDS)
    if not is_medium and not (end - name == 1 and sentence[name].text.isupper() and len(sentence[name].text) > 1):
        return None
    if name == end or sentence[end - 1].lower in DOCUMENT_NOUNS:
        name = start
    is_person = sentence[name].is_capitalized and _is_person_name(sentence, name, end, names)
    return None if name == end or is_person else Span(sentence[name].start, sentence[end - 1].end)


def _outlet_near(sentence: Sentence, cue: int, names: Names) -> Span | None:
    """Return the outlet named at or after token `cue`, else the one named before it in the sentence."""
    if sentence[cue].lower in TELL_FORMS and (outlet := _outlet_name(sentence, cue + 1, names)):
        return outlet
    for index in (
        *range(cue, min(len(sentence), cue + MAX_OUTLET_DISTANCE)),
        *range(max(0, cue - MAX_OUTLET_DISTANCE), cue),
    ):
        if index + 1 >= len(sentence):
            continue
        word, preposition = sentence[index].lower, sentence[index + 1].lower
        is_outlet_phrase = preposition in OUTLET_PREPOSITIONS.get(word, ())
        is_medium_phrase = preposition in MEDIUM_PREPOSITIONS.get(word, ())
        if (is_outlet_phrase or is_medium_phrase) and (
            outlet := _outlet_name(sentence, index + 2, names, is_medium=is_medium_phrase)
        ):
            return outlet
    return None


def _outlet_name(sentence: Sentence, start: int, names: Names, *, is_medium: bool = False) -> Span | None:
    """Return the capitalized words at `start`, after an article; numbers may begin them ("60 Minutes").

    A person's name is no outlet. With `is_medium`, the name has to say that it is one.
    """
    has_definite_article = start < len(sentence) and sentence[start].lower == "the"
    if start < len(sentence) and sentence[start].lower in ARTICLES:
        start += 1
    end = _name_end(sentence, start)
    if end < len(sentence) and sentence[end].lower == "of" and sentence[end - 1].lower in MEDIA_WORDS:
        end = max(end, _name_end(sentence, end + 1))  # "The Times of India"
    if not any(token.is_capitalized for token in sentence[start:end]):
        return None
    if is_medium and MEDIA_WORDS.isdisjoint(token.lower for token in sentence[start:end]):
        return None
    if not has_definite_article and _is_person_name(sentence, start, end, names):
        return None
    return Span(sentence[start].start, sentence[end - 1].end)


def _name_end(sentence: Sentence, start: int) -> int:
    """Return the end of the capitalized words and numbers at `start`."""
    end = start
    while end < len(sentence) and sentence[end].form is TokenForm.WORD and sentence[end].lower not in CALENDAR_WORDS:
        if not (sentence[end].is_capitalized or sentence[end].text[0].isdigit()):
            break
        end += 1
    return end


def _is_person_name(sentence: Sentence, start: int, end: int, names: Names) -> bool:
    if sentence[end - 1].lower in ORGANIZATION_WORDS | MEDIA_WORDS:
        return False
    if end - start > 1 and sentence[start].lower in MALE_FIRST_NAMES | FEMALE_FIRST_NAMES:
        return True
    has_title = sentence[start].lower in ROLE_NOUNS | TITLE_WORDS
    precedes_particle = end < len(sentence) and sentence[end].lower in NAME_PARTICLES
    return has_title or precedes_particle or " ".join(token.text for token in sentence[start:end]) in names()
