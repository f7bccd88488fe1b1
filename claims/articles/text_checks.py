"""Decodes texts and rejects what cannot be an article: binary data, other encodings, empty or too large texts."""

import re
import unicodedata
from typing import Final

from claims.articles.article import ArticleValueError

# Formats that people most often rename to .txt. Naming the format helps more than an invalid byte.
_SIGNATURES: Final = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF; save its text as UTF-8",
    b"PK\x03\x04": "a ZIP archive, or a DOCX, ODT or EPUB document; save its text as UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Word document; save its text as UTF-8",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"\xff\xfe\x00\x00": "UTF-32; save it as UTF-8",
    b"\xff\xfe": "UTF-16; save it as UTF-8",
    b"\xfe\xff": "UTF-16; save it as UTF-8",
}
# Likewise, for what is text but not the article's.
_MARKUP_SIGNATURES: Final = {
    "{\\rtf": "an RTF document; open it and save it as .docx, or its text as UTF-8",
    "<!doctype html": "an HTML page; name it .html",
    "<html": "an HTML page; name it .html",
    "%!ps-adobe": "a PostScript document; save it as .pdf",
    "webvtt": "a file of subtitles; name it .vtt",
    "mime-version:": "a mail; name it .eml",
}
_START_LENGTH: Final = 1_000
_CONTROL_CHARACTERS: Final = "".join(chr(c) for c in (*range(1, 9), *range(14, 32), 127))

# Real texts have stray control characters. In UTF-16 without a byte order mark, every other character is one.
_MIN_CHARACTERS_PER_CONTROL: Final = 100


def reject_binary(data: bytes, max_nuls: int = 0) -> None:
    """Raise ArticleValueError if the bytes are not text in any supported encoding, naming the format if known."""
    for signature, meaning in _SIGNATURES.items():
        if data.startswith(signature):
            raise ArticleValueError(f"binary: this is {meaning}")
    if data.count(0) > max_nuls:
        raise ArticleValueError(f"binary: NUL byte at offset {data.find(0):,}")


def reject_markup(text: str) -> None:
    """Raise ArticleValueError if a text is not plain but the source of a formatted one."""
    start = text[:_START_LENGTH].lstrip("\ufeff \t\r\n").lower()
    for signature, meaning in _MARKUP_SIGNATURES.items():
        if start.startswith(signature):
            raise ArticleValueError(f"not plain text: this is {meaning}")


def decode_utf8(data: bytes) -> str:
    """Decode UTF-8 without newline translation; a byte order mark is kept as U+FEFF."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
        raise ArticleValueError(
            f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset:,} ({error.reason}); save it as UTF-8"
        ) from None


# Words and punctuation marks. A text of two million characters has 400,000 of them; extraction needs memory for each.
MAX_WORDS: Final = 600_000
_WORD: Final = re.compile(r"\w+|[^\w\s]")


def check_text(text: str, max_bytes: int) -> str:
    """Return the text if it can be an article's, else raise ArticleValueError. `max_bytes` is its limit in UTF-8."""
    if is_blank(text):
        raise ArticleValueError("empty: it contains no text")
    if "\x00" in text:
        raise ArticleValueError(f"binary: NUL character at offset {text.index(chr(0)):,}")
    if sum(map(text.count, _CONTROL_CHARACTERS)) * _MIN_CHARACTERS_PER_CONTROL > len(text):
        raise ArticleValueError("binary: more than one character in a hundred is a control character")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise ArticleValueError(f"lone surrogate at offset {error.start:,}: it is not a character") from None
    if size > max_bytes:
        raise ArticleValueError(f"text of {size:,} bytes is over the limit of {max_bytes:,}")
    if len(text) > MAX_WORDS and (words := sum(1 for _ in _WORD.finditer(text))) > MAX_WORDS:
        raise ArticleValueError(f"text of {words:,} words and punctuation marks is over the limit of {MAX_WORDS:,}")
    return text


def is_blank(text: str) -> bool:
    """Whether the text has only white space, byte order marks and zero-width characters."""
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)
