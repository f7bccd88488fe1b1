"""Splits texts and full-text queries into words, in the same way on both databases.

The tokenizer ignores case, accents on Latin, Greek, Hebrew and Arabic letters, and Unicode compatibility variants
(ligatures, full width). Independent letters stay distinct: й is not и, ї is not і; but ё is е, ß is ss, ł is l, and the
Turkish letters i are one. A word consists of letters and digits; any other character separates words: "it's" is two
adjacent words, and so is "1,500". In scripts without spaces between words (Chinese, Japanese, Thai) each character is a
word, as is an emoji, so that any part of a run is found as a phrase. There is no stemming: a stemmer knows one language
(SQLite's only English), and the language of a quote is often unknown.

SQLite calls `normalize_text` from its triggers; PostgreSQL has an equivalent function, which
`claims.database.full_text_postgresql` builds from the tables below. After a change of `RULES`, `migrate` rebuilds the
index; after a change of code alone, raise `RULES_VERSION`.
"""

import re
import unicodedata
from itertools import groupby

BOUNDARY = "\x1e"  # in a text: phrases do not match across it
BOUNDARY_WORD = "_"  # what a boundary becomes: a word that no query can contain
MAX_INDEXED_CHARACTERS = 200_000  # of a row; a tsvector of PostgreSQL holds a megabyte
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
RULES_VERSION = 1
RULES = (  # what the index depends on; the separators depend on Python's version of Unicode
    RULES_VERSION,
    (BOUNDARY_WORD, MAX_INDEXED_CHARACTERS, MAX_TOKEN_LENGTH),
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


def normalize_text(text: str | None) -> str:
    """Returns the words of a text in order, separated by spaces, with `BOUNDARY_WORD` in place of each boundary."""
    return " ".join(word[:MAX_TOKEN_LENGTH] for word in _separate_tokens((text or "")[:MAX_INDEXED_CHARACTERS]).split())


def tokenize(text: str) -> list[str]:
    """Returns the words of a query, in which a boundary has no meaning."""
    return normalize_text(text.replace(BOUNDARY, " ")).split()


def _separate_tokens(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_ASCII_SEPARATORS).replace(BOUNDARY, f" {BOUNDARY_WORD} ")
    text = unicodedata.normalize("NFKD", text)
    for decomposed, letter in _DECOMPOSED_LETTERS.items():
        text = text.replace(decomposed, letter)
    text = unicodedata.normalize("NFKC", _REMOVED_MARKS_PATTERN.sub("", text)).lower().translate(_LETTER_FOLD_TABLE)
    for letter, letters in LETTER_EXPANSIONS.items():
        text = text.replace(letter, letters)
    parts = (_SEPARATOR_PATTERN.sub(" ", part) for part in text.split(BOUNDARY))
    return _SINGLE_CHARACTER_PATTERN.sub(r" \1 ", f" {BOUNDARY_WORD} ".join(parts))
