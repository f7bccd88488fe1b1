"""Finds characters that were lost or spoilt on the way: HTML entities, wrong encodings, typewriters' quotation marks.

Extraction reads the characters that were meant: `&quot;` and the two backticks of TeX as quotation marks, `â€™` as an
apostrophe, a soft hyphen as nothing.
"""

import html
import re
from collections.abc import Iterator

from claims.extraction.text.edited_text import Edit

# Written in UTF-8 and read in one of these encodings. Every character takes two or three of the other's.
WRONG_ENCODINGS = ("cp1252", "latin-1", "mac_roman", "cp1251", "cp437", "cp850")
PUNCTUATION = "‘’‚“”„–—…•′″"
LATIN_LETTERS = "".join(filter(str.isalpha, map(chr, range(0xC0, 0x180))))


def _misread(character: str, encoding: str) -> str:
    """Return what a character becomes. A byte without a meaning in the encoding stays a control character."""
    data = character.encode()
    return "".join(bytes([byte]).decode(encoding, errors="ignore") or chr(byte) for byte in data)


MISREAD_CHARACTERS = {
    # The last byte of a closing mark is the one that Windows-1252 lacks.
    "â€": "”",
    **{_misread(character, "cp1252"): character for character in "«»\xa0"},
    **{_misread(character, encoding): character for encoding in ("cp1252", "latin-1") for character in LATIN_LETTERS},
    **{_misread(character, encoding): character for encoding in WRONG_ENCODINGS for character in PUNCTUATION},
}
# Marks of typewriters, TeX, wire services and other alphabets, by the mark that they stand for.
TYPED_MARKS = {
    **dict.fromkeys(("``", "‘‘", "〝", "❝"), "“"),
    **dict.fromkeys(("’’", "〞", "❞"), "”"),
    **dict.fromkeys(("''", "″", "‶", "＂"), '"'),
    **dict.fromkeys((",,", "〟"), "„"),
    **dict.fromkeys(("`", "‛"), "‘"),
    **dict.fromkeys(("´", "ʼ", "′"), "’"),
}
INVISIBLE_CHARACTERS = "\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# Entities may be escaped twice, and lack their semicolon.
ENTITY = r"&(?:amp;)?(?:#\d{1,7};|#[xX][\da-fA-F]{1,6};|[a-zA-Z][a-zA-Z\d]{1,31};|(?:quot|apos|[lr][sd]quo)(?!\w))"
ESCAPE = r"\\(?:[\"']|u[\da-fA-F]{4})"
# As in a field of a CSV file.
DOUBLED_MARK = r"(?<![\w\"])\"\"(?=\w)|(?<=[\w.,!?…])\"\"(?![\w\"])"
# Stars and underscores around a word or a passage, as Markdown emphasizes them.
EMPHASIS = r"(?<!\w)\*+(?=\S)|(?<=\S)\*+(?!\w)|(?<![\w@#/])_+(?=[^\W_])|(?:(?<=[^\W_])|(?<=[.,!?\"”’']))_+(?!\w)"
DAMAGE_STARTS = re.escape('&\\`‘´*_"' + "".join(damaged[0] for damaged in (*MISREAD_CHARACTERS, *TYPED_MARKS)))
DAMAGE_PATTERN = re.compile(
    # One comparison rules out all alternatives at most characters.
    f"(?=[{INVISIBLE_CHARACTERS}{DAMAGE_STARTS}])(?:"
    + "|".join(
        [
            r"\xad(?=[ \t]{0,8}[\r\n])",
            f"[{INVISIBLE_CHARACTERS}]",
            ENTITY,
            ESCAPE,
            DOUBLED_MARK,
            r"(?<=\w)[`‘´](?=\w)",
            *map(re.escape, sorted(MISREAD_CHARACTERS, key=len, reverse=True)),
            *(f"{re.escape(mark)}(?=\\w)" if mark == ",," else re.escape(mark) for mark in TYPED_MARKS),
            EMPHASIS,
        ]
    )
    + ")"
)


def find_damage(text: str) -> Iterator[Edit]:
    """Yield the edits that put in what was meant, one character or none, in order."""
    for match in DAMAGE_PATTERN.finditer(text):
        start, end = match.span()
        replacement = _meant_character(match[0], text[start - 1 : start], text[end : end + 1])
        if replacement is not None:
            yield Edit(start, end, replacement)


def _meant_character(damaged: str, before: str, after: str) -> str | None:
    """Return the character for what the pattern found, or none; None if it may stay."""
    meant: str | None = ""
    if damaged in MISREAD_CHARACTERS:
        meant = MISREAD_CHARACTERS[damaged]
    elif damaged in "`‘´" and before.isalnum() and after.isalnum():
        meant = "’"
    elif damaged in TYPED_MARKS:
        meant = TYPED_MARKS[damaged]
    elif damaged == '""':
        meant = '"'
    elif damaged == "\xad" and after.isspace():
        meant = "-"  # divides a word at the end of a line
    elif damaged[0] == "&":
        character = html.unescape(html.unescape(damaged))
        meant = character if len(character) == 1 else None
    elif damaged[0] == "\\":
        character = damaged[1] if len(damaged) == 2 else chr(int(damaged[2:], 16))
        meant = character if character.isprintable() else None
    return meant
