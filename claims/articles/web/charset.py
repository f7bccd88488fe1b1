"""Decodes a saved page: as UTF-8, or by the older encoding that it declares.

The HTML standard defines where a page declares its encoding
(https://html.spec.whatwg.org/#determining-the-character-encoding). Plain text has no declaration and must be UTF-8.
"""

import codecs
import re
from typing import Final

from claims.articles.article import ArticleValueError
from claims.articles.text_checks import decode_utf8

# Browsers look at 1024 bytes, but saved pages may have banners and scripts before the declaration.
_MAX_DECLARATION_OFFSET = 8192
_DECLARED_CHARSET = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*(?P<meta>[\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["'](?P<xml>[\w.:-]+)""",
    re.IGNORECASE,
)

# Python's name of a declared encoding -> the superset that browsers decode with. An allow list, since not all of
# Python's codecs are text encodings (rot13, unicode_escape, idna).
_SUPERSET_CODECS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{page}": f"cp{page}" for page in (866, 874, 932, 949, 950, *range(1250, 1259))},
    **{name: name for name in ("koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "gb18030", "big5", "euc_jp")},
}


def decode_page(data: bytes) -> str:
    """Decode a page. Valid UTF-8 takes precedence over the declaration, which tools that re-save a page do not update.

    Raises ArticleValueError with the offset of the byte that cannot be decoded.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared_charset(data)
    encoding = _SUPERSET_CODECS.get(_codec_name(declared))
    if encoding is None:
        return decode_utf8(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleValueError(
            f"neither UTF-8 nor {declared}, which the page declares: byte 0x{data[error.start]:02x} at offset "
            f"{error.start:,}"
        ) from None


def _declared_charset(data: bytes) -> str:
    match = _DECLARED_CHARSET.search(data, 0, _MAX_DECLARATION_OFFSET)
    return (match["meta"] or match["xml"]).decode("ascii", "replace").lower() if match else ""


def _codec_name(label: str) -> str:
    try:
        return codecs.lookup(label).name
    except LookupError:
        return ""
