"""Finds the outlet through which a speaker was heard.

Either the speaker talked to it ("told The Lamp", "in an interview with BNR", "on the air of Radio Aln"), or it passes
on what the speaker said ("according to TASS", "carried by Reuters").
"""

from collections.abc import Sequence

from claims.extraction.english.lexicon.function_words import CALENDAR_WORDS, NAME_PARTICLES
from claims.extraction.english.lexicon.role_nouns import (
    DOCUMENT_NOUNS,
    MEDIA_WORDS,
    ORGANIZATION_WORDS,
    ROLE_NOUNS,
    TITLE_WORDS,
)
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.name_runs import normalize_name
from claims.extraction.english.resolver.entities.people import PersonTable
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FIRST_NAMES
from claims.extraction.quotation import Span

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
INSTITUTION_WORDS = ORGANIZATION_WORDS | MEDIA_WORDS
CARRIER_WORDS = INSTITUTION_WORDS | DOCUMENT_NOUNS
OFFICE_WORDS = ROLE_NOUNS | TITLE_WORDS


def find_outlet(words: DocumentWords, people: PersonTable, cue: Sequence[Span], carrier: Span | None) -> Span | None:
    """Return the outlet of an attribution, given by its cue and its carrier, if there is one."""
    if carrier and (outlet := _carrier_name(words, people, words.indexes_in([carrier]))):
        return outlet
    cue_words = words.indexes_in(cue)
    return _outlet_near(words, people, cue_words[0]) if cue_words else None


def _carrier_name(words: DocumentWords, people: PersonTable, carrier: Sequence[int]) -> Span | None:
    """Return the medium or the document that a carrier's phrase names: "ANA" in "the news agency ANA".

    A person is no outlet, whatever he passes on.
    """
    phrase_end = next((n for n, index in enumerate(carrier) if not words.all[index].is_word), len(carrier))
    phrase = carrier[words.lower(carrier[0]) in ARTICLES : phrase_end]
    if CARRIER_WORDS.isdisjoint(map(words.lower, phrase)) and not _is_acronym(words, phrase):
        return None
    start = len(phrase)
    while start and words.all[phrase[start - 1]].is_capitalized:
        start -= 1
    name = phrase if start == len(phrase) or words.lower(phrase[-1]) in DOCUMENT_NOUNS else phrase[start:]
    if not name or (words.all[name[0]].is_capitalized and _is_person(words, people, name)):
        return None
    return Span(words.all[name[0]].start, words.all[name[-1]].end)


def _is_acronym(words: DocumentWords, phrase: Sequence[int]) -> bool:
    """Whether a phrase ends with a single name in capitals: "the agency ANA"."""
    if not phrase or (len(phrase) > 1 and words.all[phrase[-2]].is_capitalized):
        return False
    text = words.all[phrase[-1]].text
    return len(text) > 1 and text.isupper()


def _outlet_near(words: DocumentWords, people: PersonTable, cue: int) -> Span | None:
    """Return the outlet named at or after a cue, else the one named before it in the sentence."""
    if words.lower(cue) in TELL_FORMS and (outlet := _outlet_name(words, people, cue + 1)):
        return outlet
    sentence = words.sentence_around(cue)
    unquoted = [index for index in sentence if not words.all[index].is_quoted]
    after = [index for index in unquoted if index >= cue][:MAX_OUTLET_DISTANCE]
    before = [index for index in unquoted if index < cue][-MAX_OUTLET_DISTANCE:]
    for index in (*after, *before):
        word, preposition = words.lower(index), words.lower(index + 1)
        is_outlet_phrase = preposition in OUTLET_PREPOSITIONS.get(word, ())
        is_medium_phrase = preposition in MEDIUM_PREPOSITIONS.get(word, ())
        if (is_outlet_phrase or is_medium_phrase) and (
            outlet := _outlet_name(words, people, index + 2, is_medium=is_medium_phrase)
        ):
            return outlet
    return None


def _outlet_name(words: DocumentWords, people: PersonTable, start: int, *, is_medium: bool = False) -> Span | None:
    """Return the capitalized words at `start`, after an article; numbers may begin them ("60 Minutes").

    A person's name is no outlet. With `is_medium`, the name has to say that it is one.
    """
    has_definite_article = words.lower(start) == "the"
    start += words.lower(start) in ARTICLES
    end = _name_end(words, start)
    if words.lower(end) == "of" and words.lower(end - 1) in MEDIA_WORDS:
        end = max(end, _name_end(words, end + 1))  # "The Times of India"
    name = range(start, end)
    if not any(words.all[index].is_capitalized for index in name):
        return None
    if is_medium and MEDIA_WORDS.isdisjoint(map(words.lower, name)):
        return None
    if not has_definite_article and _is_person(words, people, name):
        return None
    return Span(words.all[start].start, words.all[end - 1].end)


def _name_end(words: DocumentWords, start: int) -> int:
    """Return the end of the capitalized words and numbers at `start`."""
    end = start
    while words.in_same_sentence(start - 1, end) and words.all[end].is_word and not words.all[end].is_quoted:
        is_name_word = words.all[end].is_capitalized or words.lower(end)[0].isdigit()
        if not is_name_word or words.lower(end) in CALENDAR_WORDS:
            break
        end += 1
    return end


def _is_person(words: DocumentWords, people: PersonTable, name: Sequence[int]) -> bool:
    first, last = words.lower(name[0]), words.lower(name[-1])
    if last in INSTITUTION_WORDS:
        return False
    is_introduced = first in OFFICE_WORDS or (len(name) > 1 and first in FIRST_NAMES)
    if is_introduced or words.lower(name[-1] + 1) in NAME_PARTICLES:
        return True
    return bool(people.find(normalize_name(words, name[0], name[-1] + 1)))
