"""Splits texts and full-text queries into words, in the same way on both databases.

The tokenizer ignores case, accents on Latin, Greek, Hebrew and Arabic letters, and Unicode compatibility variants
(ligatures, full width). Independent letters stay distinct: й is not и, ї is not і; but ё is е, ß is ss, ł is l, and the
Turkish letters i are one. A word consists of letters and digits; any other character separates words: "it's" is two
adjacent words, and so are "1,5" and "1.5", which therefore find each other. Groups of three digits are one number,
whatever separates them: "40,000", "40 000", "40.000", "40'000" and "40000" are the same word. In scripts without spaces
between words (Chinese, Japanese, Thai) each character is a word, as is an emoji, so that any part of a run is found as
a phrase.

Inflected words are found by their stems: Latin letters are stemmed as English, Cyrillic ones as Russian, in whatever
language the text is, which is often unknown, and that of a query always. An index holds the words of a text and, behind
a sign, the stems of those words that differ from their stem. The stemmers are Snowball's, of the version in PostgreSQL.

SQLite calls `indexed_text` from its triggers; PostgreSQL has an equivalent function, which
`claims.database.full_text_postgresql` builds from the tables below. After a change of `RULES`, `migrate` rebuilds the
index; after a change of code alone, raise `RULES_VERSION`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import snowballstemmer

BOUNDARY = "\x1e"  # in a text: phrases do not match across it
BOUNDARY_WORD = "_"  # what a boundary becomes: a word that no query can contain
STEM_SIGN = "="  # begins a stem in the index: no word contains it
MAX_INDEXED_CHARACTERS = 50_000  # of one place of a row; a tsvector of PostgreSQL holds a megabyte
MAX_TOKEN_LENGTH = 64  # further characters of a word are ignored

# Marks that are removed: accents, Hebrew and Arabic vowel points, and invisible characters within words.
REMOVED_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff"
)
# Letters that keep their marks: composed before marks are removed.
LETTERS_WITH_KEPT_MARKS = "ЙйЇїЎў"
# Folds that lower-casing leaves undone, to one letter and to several.
LETTER_FOLDS = ("łøđħŧıς", "lodhtiσ")
LETTER_EXPANSIONS = {"ß": "ss", "æ": "ae", "œ": "oe"}
# Letters of the words that each stemmer reads; shorter words are their own stems.
STEMMED_LETTERS = {"english": "a-z", "russian": "а-я"}
MIN_STEMMED_LENGTH = 3
DIGIT_GROUP_SEPARATORS = ",.'’"  # and the space, if no other separator stands before
# Characters that are a word each: Thai to Khmer, kana, Chinese, emoji.
SINGLE_CHARACTER_TOKENS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)


def _build_separator_class() -> str:
    """Returns the characters between words (spaces, punctuation, symbols, controls) for a regex character class."""
    single = re.compile(f"[{SINGLE_CHARACTER_TOKENS}]")
    separators = [
        code
        for code in range(0x10000)
        if unicodedata.category(chr(code))[0] in "ZPSC"
        and unicodedata.category(chr(code)) not in {"Cn", "Cs"}
        and not single.match(chr(code))
        and chr(code) != BOUNDARY
    ]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(separators), lambda pair: pair[1] - pair[0])]
    # Written as code points, so that none of the ASCII characters has a meaning in the class.
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in [*runs, [0x2BC, 0x2BC]])


SEPARATORS = _build_separator_class()
RULES_VERSION = 2
RULES = (  # what the index depends on; the separators depend on Python's version of Unicode
    RULES_VERSION,
    (BOUNDARY_WORD, MAX_INDEXED_CHARACTERS, MAX_TOKEN_LENGTH),
    (STEM_SIGN, STEMMED_LETTERS, MIN_STEMMED_LENGTH, DIGIT_GROUP_SEPARATORS),
    (REMOVED_MARKS, LETTERS_WITH_KEPT_MARKS, LETTER_FOLDS, LETTER_EXPANSIONS, SINGLE_CHARACTER_TOKENS, SEPARATORS),
)
_REMOVED_MARKS_PATTERN = re.compile(f"[{REMOVED_MARKS}]+")
_SINGLE_CHARACTER_PATTERN = re.compile(f"([{SINGLE_CHARACTER_TOKENS}])")
_SEPARATOR_PATTERN = re.compile(f"[{SEPARATORS}]+")
_ASCII_SEPARATORS = str.maketrans(
    {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != BOUNDARY}
)
_DECOMPOSED_LETTERS = {unicodedata.normalize("NFD", letter): letter for letter in LETTERS_WITH_KEPT_MARKS}
_LETTER_FOLD_TABLE = str.maketrans(*LETTER_FOLDS)
_DIGIT_GROUP = re.compile(rf"[0-9][ {DIGIT_GROUP_SEPARATORS}][0-9]{{3}}")
# Of one separator throughout; not a part of a longer run of digits, such as a telephone number or a version (1.2.345).
GROUPED_NUMBER = (
    rf"(?<![0-9])(?:(?<![0-9][ {DIGIT_GROUP_SEPARATORS}])[0-9]{{1,3}}(?:"
    + "|".join(rf"(?:{re.escape(separator)}[0-9]{{3}})+" for separator in DIGIT_GROUP_SEPARATORS)
    + rf")|(?<![0-9][{DIGIT_GROUP_SEPARATORS}])[0-9]{{1,3}}(?: [0-9]{{3}})+)(?![0-9])"
)
_GROUPED_NUMBER_PATTERN = re.compile(GROUPED_NUMBER)
_NOT_DIGITS = re.compile("[^0-9]")
_TOKEN_PATTERN = re.compile(  # in folded text, whose grouped numbers are still as they were written
    f"{BOUNDARY}|[{SINGLE_CHARACTER_TOKENS}]|(?:{GROUPED_NUMBER}|[^{SEPARATORS}{SINGLE_CHARACTER_TOKENS}{BOUNDARY}])+"
)
_HANGUL_VOWELS_AND_FINALS = "\u1160-\u11ff"
_CONTINUING_PATTERN = re.compile(f"[{REMOVED_MARKS}{_HANGUL_VOWELS_AND_FINALS}]")
_STEMMERS = [
    (re.compile(f"[{letters}]{{{MIN_STEMMED_LENGTH},}}"), snowballstemmer.stemmer(language))
    for language, letters in STEMMED_LETTERS.items()
]


class Token(NamedTuple):
    """A word as the index has it, and where it stands in the text: code points, end exclusive."""

    word: str
    start: int
    end: int


def normalize_text(text: str | None, *, max_characters: int = MAX_INDEXED_CHARACTERS) -> str:
    """Returns the words of a text in order, separated by spaces, with `BOUNDARY_WORD` in place of each boundary."""
    return " ".join(word[:MAX_TOKEN_LENGTH] for word in _separate_tokens((text or "")[:max_characters]).split())


def indexed_text(text: str | None) -> str:
    """Returns the words of a text, and behind a boundary the stems of those that differ from them, with their sign."""
    words = normalize_text(text)
    stems = {stem for word in words.split() if (stem := stem_word(word)) and stem != word}
    if not stems:
        return words
    return f"{words} {BOUNDARY_WORD} {' '.join(STEM_SIGN + stem for stem in sorted(stems))}"


def tokenize(text: str) -> list[str]:
    """Returns the words of a query, in which a boundary has no meaning."""
    return normalize_text(text.replace(BOUNDARY, " ")).split()


def locate_tokens(text: str) -> list[Token]:
    """Returns the words of `normalize_text`, each with its place in the text."""
    text = text[:MAX_INDEXED_CHARACTERS]
    if text.isascii():
        folded, starts, ends = text.lower(), range(len(text)), range(1, len(text) + 1)
        return list(_find_tokens(folded, starts, ends))
    parts: list[str] = []
    start_of: list[int] = []
    end_of: list[int] = []
    for start, end in _character_spans(text):
        part = _fold_character(text[start]) if end == start + 1 else _fold(text[start:end])
        parts.append(part)
        start_of += [start] * len(part)
        end_of += [end] * len(part)
    return list(_find_tokens("".join(parts), start_of, end_of))


@lru_cache(maxsize=100_000)  # the stem of a word does not change
def stem_word(word: str) -> str | None:
    """Returns the stem of a word; None if it is of no script that is stemmed."""
    for letters, stemmer in _STEMMERS:
        if letters.fullmatch(word):
            stem: str = stemmer.stemWord(word)
            return stem
    return None


def _join_digit_groups(text: str) -> str:
    if not _DIGIT_GROUP.search(text):
        return text
    return _GROUPED_NUMBER_PATTERN.sub(lambda match: _NOT_DIGITS.sub("", match[0]), text)


def _separate_tokens(text: str) -> str:
    if text.isascii():
        return _join_digit_groups(text.lower()).translate(_ASCII_SEPARATORS).replace(BOUNDARY, f" {BOUNDARY_WORD} ")
    parts = (_SEPARATOR_PATTERN.sub(" ", part) for part in _join_digit_groups(_fold(text)).split(BOUNDARY))
    return _SINGLE_CHARACTER_PATTERN.sub(r" \1 ", f" {BOUNDARY_WORD} ".join(parts))


def _fold(text: str) -> str:
    """Returns the text without what makes no difference: case, accents, variants of letters."""
    text = unicodedata.normalize("NFKD", text)
    for decomposed, letter in _DECOMPOSED_LETTERS.items():
        text = text.replace(decomposed, letter)
    text = unicodedata.normalize("NFKC", _REMOVED_MARKS_PATTERN.sub("", text)).lower().translate(_LETTER_FOLD_TABLE)
    for letter, letters in LETTER_EXPANSIONS.items():
        text = text.replace(letter, letters)
    return text


_fold_character = lru_cache(maxsize=10_000)(_fold)  # Unicode's data do not change


def _character_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yields the spans of the characters, each with the marks behind it: what is folded independently of the rest."""
    start = 0
    for position, character in enumerate(text):
        if position and not _continues_character(character):
            yield start, position
            start = position
    yield start, len(text)


@lru_cache(maxsize=10_000)  # Unicode's data do not change
def _continues_character(character: str) -> bool:
    """Whether it may become one with the character before it: a mark, or a letter of a Hangul syllable."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first).startswith("M") or bool(_CONTINUING_PATTERN.match(first))


def _find_tokens(folded: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[Token]:
    """Yields the tokens of folded text. `starts` and `ends` are the places that its characters come from."""
    for match in _TOKEN_PATTERN.finditer(folded):
        word = BOUNDARY_WORD if match[0] == BOUNDARY else _SEPARATOR_PATTERN.sub("", match[0])[:MAX_TOKEN_LENGTH]
        yield Token(word, starts[match.start()], ends[match.end() - 1])
