"""What pymorphy's dictionary knows of single words: loaded once, for words of the text and for names."""

from functools import cache, lru_cache
from typing import NamedTuple

import pymorphy3

MAX_CACHED_WORDS = 50_000


class Analysis(NamedTuple):
    """One reading of a word: its part of speech in OpenCorpora's terms, and its dictionary form."""

    normal_form: str
    tag: frozenset[str]


@lru_cache(maxsize=MAX_CACHED_WORDS)  # by the word alone
def analyze(word: str) -> tuple[Analysis, ...]:
    """Return the readings of a lower-case word, likeliest first."""
    return tuple(Analysis(reading.normal_form, frozenset(reading.tag.grammemes)) for reading in parse_word(word))


@lru_cache(maxsize=2_000)  # of the words that are read both as a name and as another word
def parse_word(word: str) -> tuple[pymorphy3.analyzer.Parse, ...]:
    """Return what pymorphy makes of a lower-case word, likeliest first."""
    encodable = word.encode(errors="replace").decode()  # a lone surrogate stands in no dictionary
    return tuple(load_morphology().parse(encodable))


def is_participle(word: str) -> bool:
    """Return whether a lower-case word is likeliest a participle: `управляющий`, `пострадавшая`."""
    return any("PRTF" in reading.tag for reading in analyze(word)[:1])


def is_known_word(word: str) -> bool:
    """Return whether the dictionary has a lower-case word; of others, pymorphy guesses what they may be."""
    return any(reading.is_known for reading in parse_word(word))


@cache  # its dictionary never changes
def load_morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")
