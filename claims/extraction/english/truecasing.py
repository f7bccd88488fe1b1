"""Finds the names in sentences written all in capitals or all in lower case, where form does not tell them.

A word is a name there if the document's other sentences capitalize it, if it is a first name or follows one or an
honorific, or if no list knows it and it begins a source.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.english.lexicon.cues import CUE_VERBS, NON_ASSERTIVE_VERBS, SPEECH_NOUNS, THOUGHT_NOUNS
from claims.extraction.english.lexicon.function_words import (
    AUXILIARIES,
    CALENDAR_WORDS,
    DAY_WORDS,
    DETERMINERS,
    FORMS_OF_BE,
    INDEFINITE_PERSON_PRONOUNS,
    NAME_PARTICLES,
    PLURAL_QUANTIFIERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from claims.extraction.english.lexicon.noun_classes import (
    HONORIFICS,
    NAME_PREMODIFIERS,
    ORGANIZATION_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    ROLE_SURNAMES,
    THING_NOUNS,
    WEAK_TITLES,
    denotes_people,
)
from claims.extraction.english.lexicon.role_nouns import ROLE_NOUNS, TITLE_WORDS
from claims.extraction.english.sentences import POSSESSIVE_ENDINGS
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FIRST_NAMES, LEADING_SURNAMES

INITIAL_PATTERN = re.compile(r"[a-z]\.?")
# Fewer words in capitals are acronyms or a label.
MIN_WORDS_IN_CAPITALS = 4
FUNCTION_WORDS = (
    AUXILIARIES
    | CALENDAR_WORDS
    | DAY_WORDS
    | DETERMINERS
    | FORMS_OF_BE
    | INDEFINITE_PERSON_PRONOUNS
    | POSSESSIVE_ENDINGS
    | PLURAL_QUANTIFIERS
    | PREPOSITIONS
    | PRONOUNS
    | SUBORDINATORS
    | CUE_VERBS
    | NON_ASSERTIVE_VERBS
    | {"according", "here", "it", "they", "us"}
)
COMMON_WORDS = (
    FUNCTION_WORDS
    | NAME_PREMODIFIERS
    | ORGANIZATION_NOUNS
    | PEOPLE_NOUNS
    | PERSON_NOUNS
    | SPEECH_NOUNS
    | THING_NOUNS
    | THOUGHT_NOUNS
    | WEAK_TITLES
)
CAPITALIZED_TITLES = (ROLE_NOUNS | TITLE_WORDS) - {"acting", "former"}
# First names that are also common words; outside a source they are taken for these.
WORDS_AND_FIRST_NAMES = word_set(
    """
    amber art ash bill chance chase chuck daisy dale dawn dick don drew faith frank ginger glen grace grant guy hazel
    heather holly hope iris ivy jack jay joy june lance leo mark max may mercy mike moses olive pat penny ray rex
    rich rob rod rose ruby rush sally sandy sky star sue summer violet viola virginia wade will wolf
    """
)
FIRST_WORDS = FIRST_NAMES | LEADING_SURNAMES
ACRONYMS = word_set("bbc cia cnn eu fbi fifa gop ibm imf ira nasa nato nfl nhs nypd uefa uk un unesco unicef us")


class CasedWord(NamedTuple):
    """A word of a sentence in one case; `in_source` says that it belongs to the phrase that names a speaker."""

    text: str
    lower: str
    is_word: bool
    in_source: bool


def is_in_capitals(words: Sequence[str]) -> bool:
    """Whether a sentence has letters and writes all of them in capitals."""
    return all(word == word.upper() for word in words) and any(word.isupper() for word in words)


def find_names(
    sentences: Sequence[Sequence[CasedWord]], *, capitalized: frozenset[str], lower_case: frozenset[str]
) -> list[list[bool]]:
    """Return for each word of the sentences whether it is a name or part of one.

    `capitalized` and `lower_case` are the words that the document's other sentences write so.
    """
    flags = [list(_first_look(sentence)) for sentence in sentences]
    names = {
        word.lower
        for sentence, sentence_flags in zip(sentences, flags, strict=True)
        for word, is_name in zip(sentence, sentence_flags, strict=True)
        if is_name and word.lower not in COMMON_WORDS | WORDS_AND_FIRST_NAMES
    }
    known = (names | (capitalized - COMMON_WORDS)) - (lower_case - names) - WORDS_AND_FIRST_NAMES
    for sentence, sentence_flags in zip(sentences, flags, strict=True):
        for index in range(len(sentence) - 1, -1, -1):
            word = sentence[index].lower
            # "PRESIDENT MOOR": a title before a name is written as in "President Moor".
            is_title = word in CAPITALIZED_TITLES and index + 1 < len(sentence) and sentence_flags[index + 1]
            sentence_flags[index] = sentence_flags[index] or word in known or is_title
    return flags


def _first_look(sentence: Sequence[CasedWord]) -> Iterator[bool]:
    """Yield whether each word is a name by its neighbours and its place in a source."""
    previous = ""
    previous_is_name = opens_source = follows_first_name = False
    for index, word in enumerate(sentence):
        if previous_is_name and (word.lower in NAME_PARTICLES or INITIAL_PATTERN.fullmatch(word.lower)):
            # "URSULA VON DER HEIDE", "ANN B. MOOR": what follows belongs to the name as well.
            yield word.lower not in NAME_PARTICLES
            continue
        begins_source = word.in_source and not (index and sentence[index - 1].in_source)
        may_be_name = word.is_word and word.lower[0].isalpha() and word.lower not in FUNCTION_WORDS
        opens_source = may_be_name and word.in_source and (begins_source or opens_source)
        is_unknown = may_be_name and word.lower not in COMMON_WORDS and not denotes_people(word.lower)
        is_first_name = (
            may_be_name and word.lower in FIRST_WORDS and (word.in_source or word.lower not in WORDS_AND_FIRST_NAMES)
        )
        is_name = (
            is_first_name
            or (follows_first_name and may_be_name and (is_unknown or word.lower in ROLE_SURNAMES))
            or (previous in HONORIFICS and may_be_name)
            or (is_unknown and (opens_source or (word.in_source and (previous_is_name or previous in PERSON_NOUNS))))
            or (may_be_name and word.lower in ACRONYMS)
        )
        previous, previous_is_name, follows_first_name = word.lower, is_name, is_first_name
        yield is_name
