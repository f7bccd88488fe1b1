"""Splits a claim into words with their lemmas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from claims.matching.difference import Span
from claims.matching.lexicon import LEXICON, word_set

MAX_CHARACTERS = 1000  # of a claim: what follows is not compared
_WORD_PATTERN = re.compile(
    r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[€$£¥%°]|n['’]t\b|['’]s\b|[^\W\d_]+?(?=n['’]t\b)"
    r"|[^\W\d_]+(?:['’](?!s\b|t\b)[^\W\d_]+)*|[-–—/;:,.&]"
)
_LEMMAS: dict[str, str] = {form: lemma for lemma, forms in LEXICON["irregular_forms"].items() for form in forms.split()}
# British endings and the American ones that lemmas are made of. Words that have them by chance change likewise.
_SPELLINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"(?<=\w\w)our(?!t)", "or"),
        (r"(?<=\w\w)is(e[drs]?|ers|ing|ation)$", r"iz\1"),
        (r"(?<=[tb])re(?=s?$)", "er"),
        (r"(?<=[ef]en)se(?=s?$)", "ce"),
        (r"(?<=[aeiou])([^aeiou]+[aeiou])ll(?=ed$|ing$|ers?$)", r"\1l"),
        (r"mme(?=s?$)", "m"),
    ]
]
_COMMON_START = 4  # letters of a country and its people
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = Lock()  # it keeps the word that it works on
_NOUNS = word_set("nouns_of_irregular_forms")
_FUNCTION_WORDS = word_set("function_words")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a mark of a claim. `lemma` is lower case and without an ending: a key, not a word to show."""

    text: str
    span: Span
    lemma: str
    is_name: bool
    is_phrase: bool = False  # several words that stand for one: "turned down"; text is the first of them

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_verb_form(self) -> bool:
        """Whether the form is one of a verb alone, as far as it can be told: "sentenced", "making", "bought"."""
        return self.is_phrase or (
            not self.is_name
            and (
                (self.lower in _LEMMAS and _LEMMAS[self.lower] not in _NOUNS)
                or (len(self.lower) > 4 and self.lower.endswith("ing"))
                or (len(self.lower) > 3 and self.lower.endswith("ed") and not self.lower.endswith(("eed", "dred")))
            )
        )

    @property
    def is_content(self) -> bool:
        if self.is_phrase or (self.text.isupper() and len(self.text) > 1):
            return True  # the WHO, the US
        return self.lower not in _FUNCTION_WORDS and _LEMMAS.get(self.lower, "") not in _FUNCTION_WORDS


def split_words(text: str, names: frozenset[str] = frozenset()) -> list[Word]:
    """Returns the words of a claim in order.

    A capitalised word at the start of a sentence is a name if it is in `names`, or another follows it.
    """
    matches = list(_WORD_PATTERN.finditer(text[:MAX_CHARACTERS]))
    return [
        Word(match[0], Span(*match.span()), lemma_of(match[0]), _is_name(matches, number, names))
        for number, match in enumerate(matches)
    ]


def list_names(text: str) -> frozenset[str]:
    """Returns the words that are capitalised within a sentence."""
    matches = list(_WORD_PATTERN.finditer(text[:MAX_CHARACTERS]))
    return frozenset(
        match[0]
        for number, match in enumerate(matches)
        if match[0][0].isupper() and not _begins_sentence(matches, number)
    )


def _is_name(matches: Sequence[re.Match[str]], number: int, names: frozenset[str]) -> bool:
    word = matches[number][0]
    if not word[0].isupper():
        return False
    if not _begins_sentence(matches, number):
        return True
    is_common = word.lower() in _FUNCTION_WORDS or word.lower() in _LEMMAS
    followed = number + 1 < len(matches) and matches[number + 1][0][0].isupper()
    is_of_name = any(name[:_COMMON_START] == word[:_COMMON_START] for name in names)  # Brazil, Brazilian
    return is_of_name or (not is_common and (followed or (word.isupper() and len(word) > 1)))


@lru_cache(maxsize=20_000)  # a word has one lemma
def lemma_of(word: str) -> str:
    lower = word.lower().replace("’", "'")
    if lower[0].isalpha():
        lower = lower.replace(".", "")  # the U.S.
    if lower in _LEMMAS:
        return _LEMMAS[lower]
    for british, american in _SPELLINGS:
        lower = british.sub(american, lower)
    with _STEMMER_LOCK:
        stem = str(_STEMMER.stemWord(lower))
    return _LEMMAS.get(stem, stem)


def _begins_sentence(matches: Sequence[re.Match[str]], number: int) -> bool:
    return number == 0 or matches[number - 1][0] in ".:;"


def joined_span(words: Sequence[Word]) -> Span:
    """Returns the span from the first to the last of these words, an empty one if there are none."""
    return Span(min(word.span.start for word in words), max(word.span.end for word in words)) if words else Span(0, 0)
