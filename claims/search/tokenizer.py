"""Words as full text has them: of the texts that are indexed, and of what is asked for. The same on both databases.

Case does not count, nor do accents on Latin, Greek, Hebrew and Arabic letters, and what Unicode holds compatible
(ligatures, full width) is one. Letters of their own stay apart: й is not и, ї not і; but ё is е, ß is ss, ł is l, and
the Turkish letters of i are one. Letters and digits make a word; whatever else stands in it parts it: "it's" is two
words side by side, and so is "1,500". Scripts that leave no blanks between words (Chinese, Japanese, Thai) are taken
sign by sign, as are emoji, so that any part of a run is found as signs side by side. Nothing is stemmed: stemmers know
one language each, SQLite's only English, and a quote's language is often not known.

SQLite calls `normalised` from its triggers; PostgreSQL has the same as a function, made of the tables below by
`claims.migrations._full_text`. A change of what is a word here needs a migration that makes function and index anew.
"""

import re
import unicodedata
from itertools import groupby

BOUNDARY = "\x1e"  # in a text: no phrase goes on beyond it
BOUNDARY_TOKEN = "_"  # noqa: S105  # what it becomes: a word that nobody can ask for
MAX_INDEXED_CHARACTERS = 200_000  # characters of a row that are indexed; PostgreSQL holds a megabyte of words a row
MAX_TOKEN_LENGTH = 64  # characters of a word that count

# Marks that are taken away: accents, vowel points of Hebrew and Arabic; and signs within words that nobody sees.
REMOVED_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff"
)
# Letters that keep theirs: composed before the marks go.
LETTERS_WITH_KEPT_MARKS = "ЙйЇїЎў"
# What lower case leaves, one for one and one for many.
LETTER_FOLDS = ("łøđħŧıς", "lodhtiσ")
LETTER_EXPANSIONS = {"ß": "ss", "æ": "ae", "œ": "oe"}
# Signs that are a word each: Thai to Khmer, kana, Chinese, emoji.
SINGLE_CHARACTER_TOKENS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)


def _build_separator_class() -> str:
    """What parts words: spaces, punctuation, symbols, controls; as the inside of a class of characters."""
    signs = re.compile(f"[{SINGLE_CHARACTER_TOKENS}]")
    parted = [
        code
        for code in range(0x10000)
        if unicodedata.category(chr(code))[0] in "ZPSC"
        and unicodedata.category(chr(code)) not in {"Cn", "Cs"}
        and not signs.match(chr(code))
        and chr(code) != BOUNDARY
    ]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(parted), lambda pair: pair[1] - pair[0])]
    # Those of ASCII stand first, spelt as numbers: none of them means anything then.
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in [*runs, [0x2BC, 0x2BC]])


SEPARATORS = _build_separator_class()
_REMOVED_MARKS_PATTERN = re.compile(f"[{REMOVED_MARKS}]+")
_SINGLE_CHARACTER_PATTERN = re.compile(f"([{SINGLE_CHARACTER_TOKENS}])")
_SEPARATOR_PATTERN = re.compile(f"[{SEPARATORS}]+")
_ASCII_SEPARATORS = str.maketrans(
    {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != BOUNDARY}
)
_DECOMPOSED_LETTERS = {unicodedata.normalize("NFD", letter): letter for letter in LETTERS_WITH_KEPT_MARKS}
_LETTER_FOLD_TABLE = str.maketrans(*LETTER_FOLDS)


def normalize_text(text: str | None) -> str:
    """The words of a text in order, one blank between two; where it has a boundary, a gap."""
    return " ".join(word[:MAX_TOKEN_LENGTH] for word in _separate_tokens((text or "")[:MAX_INDEXED_CHARACTERS]).split())


def tokenize(text: str) -> list[str]:
    """The words of what is asked for; a boundary has no meaning there."""
    return normalize_text(text.replace(BOUNDARY, " ")).split()


def _separate_tokens(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_ASCII_SEPARATORS).replace(BOUNDARY, f" {BOUNDARY_TOKEN} ")
    text = unicodedata.normalize("NFKD", text)
    for decomposed, letter in _DECOMPOSED_LETTERS.items():
        text = text.replace(decomposed, letter)
    text = unicodedata.normalize("NFKC", _REMOVED_MARKS_PATTERN.sub("", text)).lower().translate(_LETTER_FOLD_TABLE)
    for letter, letters in LETTER_EXPANSIONS.items():
        text = text.replace(letter, letters)
    parts = (_SEPARATOR_PATTERN.sub(" ", part) for part in text.split(BOUNDARY))
    return _SINGLE_CHARACTER_PATTERN.sub(r" \1 ", f" {BOUNDARY_TOKEN} ".join(parts))
