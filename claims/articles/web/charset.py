"""Decodes a saved page as browsers do: by its byte order mark, by its declaration, or as windows-1252.

The HTML standard defines where a page declares its encoding, the Encoding standard which labels there are
(https://html.spec.whatwg.org/#determining-the-character-encoding, https://encoding.spec.whatwg.org/#names-and-labels).
Two differences. A page that is UTF-8 is read as such whatever it declares: tools that save a page as UTF-8 often leave
its old declaration. And what a browser would show as garbage is rejected instead of stored.
"""

import re
from dataclasses import dataclass
from typing import Final

import webencodings

from claims.articles.article import ArticleValueError, ArticleWarning, WarningCode
from claims.articles.text_checks import reject_binary

# Browsers look at 1024 bytes, but saved pages may have banners and scripts before the declaration.
_MAX_DECLARATION_OFFSET: Final = 8192
_DECLARED_CHARSET: Final = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*(?P<meta>[\w.:-]+)|<\?xml\s[^>]*?encoding\s*=\s*["'](?P<xml>[\w.:-]+)""",
    re.IGNORECASE,
)

# The standard reads these labels as UTF-8 where a page declares them: the declaration itself is readable as ASCII.
_READ_AS_UTF8: Final = {"utf-8", "utf-16le", "utf-16be"}
_SUPERSETS: Final = {"gbk": "gb18030"}
# Of old encodings that are dangerous to decode, browsers show nothing.
_NOT_SHOWN: Final = "replacement"
_ESCAPE: Final = b"\x1b"  # of ISO-2022-JP, whose bytes are all ASCII and thus valid UTF-8

_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]{2,}")
_ASCII_BYTES: Final = bytes(range(0x80))
_MAX_ACCIDENTS: Final = 5  # bad bytes in a page that declares UTF-8 and has no other characters beyond ASCII
_BYTES_PER_NUL: Final = 100


@dataclass(frozen=True, slots=True)
class DecodedPage:
    text: str
    warnings: tuple[ArticleWarning, ...] = ()


def decode_page(data: bytes, stated_charset: str = "") -> DecodedPage:
    """Decode a page. `stated_charset` is that of an HTTP or mail header, which counts more than the page's own.

    Bytes that are no characters are replaced by U+FFFD, NULs are dropped; both are counted in a warning. Raises
    ArticleValueError for binary data, and where most of the text would be garbage.
    """
    if encoding := _utf16_encoding(data):
        return _decode_with(data, encoding, encoding)
    reject_binary(data, max_nuls=len(data) // _BYTES_PER_NUL)
    label = stated_charset or _declared_charset(data)
    declared = webencodings.lookup(label) if label else None
    name = declared.name if declared else ""
    if name == _NOT_SHOWN:
        raise ArticleValueError(f"its encoding {label} is not supported by browsers; save it as UTF-8")
    if declared and name == "iso-2022-jp" and _ESCAPE in data:
        return _decode_with(data, declared.codec_info.name, label)
    if _is_utf8(data, max_accidents=_MAX_ACCIDENTS if name in _READ_AS_UTF8 else 0):
        return _decode_with(data, "utf-8", "UTF-8")
    if declared and name not in _READ_AS_UTF8:
        return _decode_with(data, _SUPERSETS.get(name, declared.codec_info.name), label)
    return _decode_as_windows_1252(data, label)


def _utf16_encoding(data: bytes) -> str:
    """The encoding of UTF-16 with a byte order mark, or whose first tag shows it."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return ""  # UTF-32
    if data.startswith(b"\xff\xfe") or (data[:1] == b"<" and data[1:4:2] == b"\0\0"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff") or (data[1:2] == b"<" and data[:4:2] == b"\0\0"):
        return "utf-16-be"
    return ""


def _declared_charset(data: bytes) -> str:
    match = _DECLARED_CHARSET.search(data, 0, _MAX_DECLARATION_OFFSET)
    return (match["meta"] or match["xml"]).decode("ascii", "replace") if match else ""


def _is_utf8(data: bytes, max_accidents: int) -> bool:
    """Whether the data is UTF-8 but for a minority of bad bytes."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        bad = len(_MULTIBYTE.sub(b"", data).translate(None, _ASCII_BYTES))
        return bad <= max(len(_MULTIBYTE.findall(data)), max_accidents)
    return True


def _decode_as_windows_1252(data: bytes, label: str) -> DecodedPage:
    """Decode as browsers do where nothing valid is declared. In Western languages few words are mostly accents."""
    problem = f"not UTF-8, and its encoding {label} is unknown" if label else "not UTF-8, and it declares no encoding"
    if webencodings.lookup(label):
        problem = f"not {label}, which it declares"
    words = [word for word in _WORD.findall(data) if not word.isascii()]
    if sum(len(word.translate(None, _ASCII_BYTES)) * 2 > len(word) for word in words) * 2 > len(words):
        raise ArticleValueError(f"{problem}; save it as UTF-8")
    decoded = _decode_with(data, "cp1252", "windows-1252")
    message = f"The text is {problem}: it was read as windows-1252. Check letters with accents."
    return DecodedPage(decoded.text, (ArticleWarning(WarningCode.CHARSET_GUESSED, message), *decoded.warnings))


def _decode_with(data: bytes, codec: str, label: str) -> DecodedPage:
    text = data.decode(codec, "replace")
    nuls = text.count("\0")
    text = text.replace("\0", "")
    # A page may have U+FFFD of its own, in any encoding that can write it.
    bad = text.count("\ufffd") - data.decode(codec, "ignore").count("\ufffd")
    if bad > _MAX_ACCIDENTS and bad * 3 > sum(not c.isascii() for c in text):
        raise ArticleValueError(f"not {label}, which it declares: {bad:,} bytes cannot be decoded; save it as UTF-8")
    counts = []
    if bad:
        counts.append(
            f"1 byte that is not {label} was replaced by �"
            if bad == 1
            else f"{bad:,} bytes that are not {label} were replaced by �"
        )
    if nuls:
        counts.append(f"{nuls:,} NUL {'character was' if nuls == 1 else 'characters were'} dropped")
    if not counts:
        return DecodedPage(text)
    message = f"Damaged text: {' and '.join(counts)}."
    return DecodedPage(text, (ArticleWarning(WarningCode.DAMAGED_TEXT, message),))
