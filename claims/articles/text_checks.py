"""Bytes -> text, and what no article's text may be: binary, not UTF-8, empty, over the limit."""

import unicodedata
from typing import Final

from claims.articles.article import ArticleValueError

# What people rename to .txt most often. Saying what it is helps more than the first byte that is no UTF-8.
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
_CONTROL_CHARACTERS: Final = "".join(chr(c) for c in (*range(1, 9), *range(14, 32), 127))

# One stray control character happens in real text. UTF-16 without its mark has one in two.
_MIN_CHARACTERS_PER_CONTROL: Final = 100


def reject_binary(data: bytes) -> None:
    """Raise Refusal when the bytes are no text in any encoding read here, naming what they are where that is known."""
    for signature, meaning in _SIGNATURES.items():
        if data.startswith(signature):
            raise ArticleValueError(f"binary: this is {meaning}")
    nul = data.find(0)
    if nul >= 0:
        raise ArticleValueError(f"binary: NUL byte at byte {nul:,}, counted from 0")


def decode_utf8(data: bytes) -> str:
    """The text, every byte accounted for: no newline translation, a byte order mark stays as U+FEFF."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        raise ArticleValueError(
            f"not UTF-8: byte 0x{data[at]:02x} at byte {at:,}, counted from 0 ({error.reason}); save it as UTF-8"
        ) from None


def check_text(text: str, limit: int) -> str:
    """`text` itself when it can be an article's text. `limit` is in bytes of UTF-8. Raises Refusal."""
    if is_blank(text):
        raise ArticleValueError("empty: there is no text in it")
    if "\x00" in text:
        raise ArticleValueError(f"binary: NUL character at character {text.index(chr(0)):,}, counted from 0")
    if sum(map(text.count, _CONTROL_CHARACTERS)) * _MIN_CHARACTERS_PER_CONTROL > len(text):
        raise ArticleValueError("binary: more than one character in a hundred is a control character")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise ArticleValueError(
            f"lone surrogate at character {error.start:,}, counted from 0: no text holds it"
        ) from None
    if size > limit:
        raise ArticleValueError(f"text of {size:,} bytes is over the limit of {limit:,}")
    return text


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen: white space, byte order marks, zero-width characters."""
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)
