"""Every encoding in which a browser shows a page, and what is refused because it would be garbage."""

import pytest

from claims.articles.article import ArticleValueError, WarningCode
from claims.articles.web.charset import decode_page

RUSSIAN = "<p>Городской совет во вторник одобрил ремонт моста.</p>"
GERMAN = "<p>Die Größe der Brücke werde überprüft, sagte „Anna“.</p>"
FRENCH = "<p>Où est-il ? À l’hôtel, d’après le maire, à côté du théâtre.</p>"
JAPANESE = "<p>大統領は月曜日、橋は六月に再開されると述べた。</p>"
CHINESE = "<p>总统星期一表示，大桥将于六月重新开放。</p>"


def declared(label: str, page: str, codec: str) -> bytes:
    return f'<html><head><meta charset="{label}"></head>'.encode(codec) + page.encode(codec, "replace")


DECODED = [
    ("UTF-8, undeclared", RUSSIAN.encode(), RUSSIAN),
    ("UTF-8 under a wrong declaration", declared("windows-1251", RUSSIAN, "utf-8"), RUSSIAN),
    ("UTF-8 declared as UTF-16", declared("utf-16", RUSSIAN, "utf-8"), RUSSIAN),
    ("windows-1251", declared("windows-1251", RUSSIAN, "cp1251"), RUSSIAN),
    ("a label of Python only in another case", declared("KOI8-R", RUSSIAN, "koi8-r"), RUSSIAN),
    ("cp866", declared("cp866", RUSSIAN, "cp866"), RUSSIAN),
    ("declared by XML", b'<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN.encode("koi8-r"), RUSSIAN),
    ("declared by http-equiv", b'<meta http-equiv=content-type content="text/html; charset=x-sjis">'
     + JAPANESE.encode("cp932"), JAPANESE),
    ("x-gbk", declared("x-gbk", CHINESE, "gbk"), CHINESE),
    ("gb2312, which is read as its superset", declared("gb2312", "<p>朱镕基㐂</p>", "gb18030"), "<p>朱镕基㐂</p>"),
    ("iso-2022-jp, which is all ASCII", declared("iso-2022-jp", JAPANESE, "iso2022_jp"), JAPANESE),
    ("latin1, which is read as windows-1252", declared("latin1", "<p>“Größe”</p>", "cp1252"), "<p>“Größe”</p>"),
    ("UTF-16 with its mark", "\ufeff".encode("utf-16-le") + RUSSIAN.encode("utf-16-le"), RUSSIAN),
    ("UTF-16 with its other mark", "\ufeff".encode("utf-16-be") + RUSSIAN.encode("utf-16-be"), RUSSIAN),
    ("UTF-16 whose first tag shows it", RUSSIAN.encode("utf-16-le"), RUSSIAN),
    ("U+FFFD of the page's own", "<p>a \ufffd b</p>".encode(), "<p>a \ufffd b</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), [case[1:] for case in DECODED], ids=[case[0] for case in DECODED])
def test_decoded(data: bytes, text: str) -> None:
    decoded = decode_page(data)
    assert decoded.text.endswith(text)
    assert decoded.warnings == ()


WARNED = [
    ("no declaration", GERMAN.encode("cp1252"), GERMAN, WarningCode.CHARSET_GUESSED, "declares no encoding"),
    ("short words with accents", FRENCH.encode("cp1252"), FRENCH, WarningCode.CHARSET_GUESSED, "windows-1252"),
    ("unknown label", declared("nonsense", GERMAN, "cp1252"), GERMAN, WarningCode.CHARSET_GUESSED, "nonsense is"),
    ("codec that is no encoding", declared("rot13", GERMAN, "cp1252"), GERMAN, WarningCode.CHARSET_GUESSED, "rot13"),
    (
        "UTF-8 is declared, and no character is",
        declared("utf-8", GERMAN * 3, "cp1252"), GERMAN * 3, WarningCode.CHARSET_GUESSED, "not utf-8, which it",
    ),
    ("one bad byte", RUSSIAN.encode() + b"\xd0", RUSSIAN + "�", WarningCode.DAMAGED_TEXT, "1 byte that is not UTF-8"),
    (
        "one bad byte where UTF-8 is declared and all else is ASCII",
        declared("utf-8", "<p>one</p>", "utf-8") + b"\xc3", "<p>one</p>�", WarningCode.DAMAGED_TEXT, "1 byte that",
    ),
    (
        "one bad byte of a declared encoding",
        declared("x-sjis", JAPANESE, "cp932") + b"\x81 ", JAPANESE + "� ", WarningCode.DAMAGED_TEXT, "not x-sjis",
    ),
    (
        "NULs", b"<p>\0one\0</p>" + b" " * 200, "<p>one</p>" + " " * 200, WarningCode.DAMAGED_TEXT,
        "2 NUL characters were dropped",
    ),
    ("half a character", "\ufeff".encode("utf-16-le") + b"a\0b", "a�", WarningCode.DAMAGED_TEXT, "1 byte that"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "text", "code", "message"), [case[1:] for case in WARNED], ids=[case[0] for case in WARNED]
)
def test_decoded_with_a_warning(data: bytes, text: str, code: WarningCode, message: str) -> None:
    decoded = decode_page(data)
    assert decoded.text.endswith(text)
    assert [warning.code for warning in decoded.warnings] == [code]
    assert message in decoded.warnings[0].message


REJECTED = [
    ("label that the standard lacks", declared("cp-866", RUSSIAN, "cp866"), "its encoding cp-866 is unknown"),
    ("Cyrillic without a declaration", RUSSIAN.encode("cp1251"), "not UTF-8, and it declares no encoding; save it as"),
    ("Chinese without a declaration", CHINESE.encode("gbk"), "declares no encoding"),
    ("not what is declared", declared("euc-jp", GERMAN * 5, "cp1252"), "not euc-jp, which it declares"),
    ("encoding that browsers refuse", declared("hz-gb-2312", "<p>x</p>", "ascii"), "hz-gb-2312 is not supported"),
    ("UTF-32", RUSSIAN.encode("utf-32"), "UTF-32"),
    ("UTF-16 that nothing shows", "one two three".encode("utf-16-le"), "binary: NUL byte at offset 1"),
    ("PDF", b"%PDF-1.4 <html>", "a PDF"),
    ("PNG", b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
    ("noise", bytes(range(256)) * 40, "save it as UTF-8"),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in REJECTED], ids=[case[0] for case in REJECTED])
def test_rejected(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleValueError, match=r".") as raised:
        decode_page(data)
    assert reason in str(raised.value)


def test_charset_of_a_header_counts_more_than_that_of_the_page() -> None:
    assert decode_page(declared("koi8-r", RUSSIAN, "cp1251"), "windows-1251").text.endswith(RUSSIAN)
    assert decode_page(RUSSIAN.encode(), "windows-1251").text == RUSSIAN
