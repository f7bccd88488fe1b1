"""Words as full text has them: of the texts that are indexed, and of what is asked for. The same on both databases.

Case does not count, nor do accents on Latin, Greek, Hebrew and Arabic letters, and what Unicode holds compatible
(ligatures, full width) is one. Letters of their own stay apart: й is not и, ї not і; but ё is е, ß is ss, ł is l, and
the Turkish letters of i are one. Letters and digits make a word; whatever else stands in it parts it: "it's" is two
words side by side, and so is "1,500". Scripts that leave no blanks between words (Chinese, Japanese, Thai) are taken
sign by sign, as are emoji, so that any part of a run is found as signs side by side. Nothing is stemmed: stemmers know
one language each, SQLite's only English, and a quote's language is often not known.

SQLite calls `normalised` from its triggers; PostgreSQL has the same as a function, made of the tables below by
`claims.migrations._words`. A change of what is a word here needs a migration that makes function and index anew.
"""

import re
import unicodedata
from itertools import groupby

BOUNDARY = "\x1e"  # in a text: no phrase goes on beyond it
GAP = "_"  # what it becomes: a word that nobody can ask for
MOST_TEXT = 200_000  # characters of a row that are indexed; PostgreSQL holds a megabyte of words a row
MOST_WORD = 64  # characters of a word that count

# Marks that are taken away: accents, vowel points of Hebrew and Arabic; and signs within words that nobody sees.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufe00-\ufe0f\ufeff"
)
# Letters that keep theirs: composed before the marks go.
KEPT = "ЙйЇїЎў"
# What lower case leaves, one for one and one for many.
ONE_FOR_ONE = ("łøđħŧıς", "lodhtiσ")
ONE_FOR_MANY = {"ß": "ss", "æ": "ae", "œ": "oe"}
# Signs that are a word each: Thai to Khmer, kana, Chinese, emoji.
SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)


def _separators() -> str:
    """What parts words: spaces, punctuation, symbols, controls; as the inside of a class of characters."""
    signs = re.compile(f"[{SIGNS}]")
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


SEPARATORS = _separators()
_MARKS = re.compile(f"[{MARKS}]+")
_SIGN = re.compile(f"([{SIGNS}])")
_SEPARATORS = re.compile(f"[{SEPARATORS}]+")
_ASCII = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != BOUNDARY})
_DECOMPOSED = {unicodedata.normalize("NFD", letter): letter for letter in KEPT}
_ONE_FOR_ONE = str.maketrans(*ONE_FOR_ONE)


def normalised(text: str | None) -> str:
    """The words of a text in order, one blank between two; where it has a boundary, a gap."""
    return " ".join(word[:MOST_WORD] for word in _parted((text or "")[:MOST_TEXT]).split())


def words_of(text: str) -> list[str]:
    """The words of what is asked for; a boundary has no meaning there."""
    return normalised(text.replace(BOUNDARY, " ")).split()


def _parted(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_ASCII).replace(BOUNDARY, f" {GAP} ")
    text = unicodedata.normalize("NFKD", text)
    for decomposed, letter in _DECOMPOSED.items():
        text = text.replace(decomposed, letter)
    text = unicodedata.normalize("NFKC", _MARKS.sub("", text)).lower().translate(_ONE_FOR_ONE)
    for letter, letters in ONE_FOR_MANY.items():
        text = text.replace(letter, letters)
    parts = (_SEPARATORS.sub(" ", part) for part in text.split(BOUNDARY))
    return _SIGN.sub(r" \1 ", f" {GAP} ".join(parts))
