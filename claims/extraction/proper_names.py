"""Collects the names of people in a document from its runs of capitalized words."""

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise

from claims.extraction.lexicon.function_words import (
    AUXILIARIES,
    CALENDAR_WORDS,
    DETERMINERS,
    NAME_PARTICLES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from claims.extraction.lexicon.role_nouns import ORGANIZATION_WORDS, ROLE_NOUNS, TITLE_WORDS
from claims.extraction.text.sentences import Sentence, TokenForm

# A longer run of capitalized words is a headline or a list.
MAX_PROPER_NAME_WORDS = 4
OFFICE_WORDS = ROLE_NOUNS | TITLE_WORDS
NON_NAME_WORDS = DETERMINERS | PREPOSITIONS | SUBJECT_PRONOUNS | SUBORDINATORS | AUXILIARIES


def collect_proper_names(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Return the names of people in a document: full names, their last words, and names that follow a title."""
    sentences = list(sentences)
    lower_case_words = {
        token.text
        for sentence in sentences
        for token in sentence
        if token.form is TokenForm.WORD and not token.is_capitalized
    }
    full_names: set[str] = set()
    titled_names: set[str] = set()
    for sentence in sentences:
        if _is_headline_sentence(sentence):
            continue
        full_names.update(_full_names(sentence, lower_case_words))
        titled_names.update(
            token.text
            for previous, token in pairwise(sentence)
            if previous.lower in OFFICE_WORDS and token.is_capitalized and previous.is_capitalized
        )
    first_names = {name.split(" ", 1)[0] for name in full_names}
    last_names = {name.rsplit(" ", 1)[-1] for name in full_names}
    return frozenset(full_names | last_names | (titled_names - first_names))


def _is_headline_sentence(sentence: Sentence) -> bool:
    words = [token for token in sentence if token.form is TokenForm.WORD]
    return len(words) > 4 and sum(token.is_capitalized for token in words) > 0.6 * len(words)


def _full_names(sentence: Sentence, lower_case_words: Container[str]) -> Iterator[str]:
    """Yield the sentence's runs of capitalized words that are full names."""
    run: list[str] = []
    has_article = False
    previous = ""
    for index, token in enumerate(sentence):
        word = token.lower
        is_particle = bool(run) and word in NAME_PARTICLES
        if not (token.is_capitalized or is_particle) or word in CALENDAR_WORDS or word in OFFICE_WORDS:
            yield from _full_name(run, has_article=has_article)
            run = []
        elif run or not (index == 0 and (word in lower_case_words or word in NON_NAME_WORDS)):
            if not run:
                has_article = previous == "the"
            run.append(token.text)
        previous = word
    yield from _full_name(run, has_article=has_article)


def _full_name(run: list[str], *, has_article: bool) -> Iterator[str]:
    while run and run[-1].lower() in NAME_PARTICLES:
        run.pop()
    if 2 <= len(run) <= MAX_PROPER_NAME_WORDS and not has_article and run[-1].lower() not in ORGANIZATION_WORDS:
        yield " ".join(run)
