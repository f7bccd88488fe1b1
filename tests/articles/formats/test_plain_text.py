"""`.txt` files: unmodified text, or an error."""

from pathlib import Path

import pytest

from claims.articles import text_checks
from tests.articles.single_article import only_article, only_reason, read_content

UNMODIFIED = [
    ("windows newlines", "“One.”\r\nTwo.\r\n"),
    ("old mac newlines", "One.\rTwo.\r"),
    ("byte order mark", "\ufeffOne."),
    ("decomposed letters", "cafe\u0301"),
    ("white space around", "  \n\tOne.\n\n"),
    ("line separators", "One\u2028Two\u0085Three"),
    ("cyrillic", "«Да», — сказал он."),
    ("beyond the basic plane", "🙂 said Ann"),
    ("one stray control character", "x" * 200 + "\x02"),
    ("replacement character", "a \ufffd b"),
    ("form feeds", "Page one\fPage two"),
]

REJECTED = [
    ("no bytes", b"", "empty: it contains no text"),
    ("white space", b" \r\n\t ", "empty"),
    ("only a byte order mark", "\ufeff".encode(), "empty"),
    ("only zero-width", "\u200b\u200d\u2060 \n".encode(), "empty"),
    ("latin-1", "The café".encode("latin-1"), "not UTF-8: byte 0xe9 at offset 7"),
    ("windows-1251", "Да".encode("cp1251"), "not UTF-8: byte 0xc4 at offset 0"),
    ("cut off inside a letter", "Да".encode()[:-1], "not UTF-8: byte 0xd0 at offset 2"),
    ("encoded surrogate", b"a\xed\xa0\x80", "not UTF-8: byte 0xed at offset 1"),
    ("nul byte", b"abc\x00def", "binary: NUL byte at offset 3"),
    ("png", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
    ("pdf", b"%PDF-1.7 text", "a PDF"),
    ("docx", b"PK\x03\x04rest", "DOCX"),
    ("gzip", b"\x1f\x8b\x08rest", "gzip"),
    ("utf-16 with its mark", "Hello".encode("utf-16"), "UTF-16; save it as UTF-8"),
    ("utf-32 with its mark", "Hello".encode("utf-32"), "UTF-32"),
    ("utf-16 without its mark", "Hello".encode("utf-16-le"), "NUL byte at offset 1"),
    ("cyrillic utf-16 without its mark", "привет".encode("utf-16-le"), "control character"),
]


@pytest.mark.parametrize("text", [case[1] for case in UNMODIFIED], ids=[case[0] for case in UNMODIFIED])
def test_text_is_unmodified(tmp_path: Path, text: str) -> None:
    article = only_article(read_content(tmp_path / "a.txt", text))
    assert article.text == text
    assert article.text.encode() == (tmp_path / "a.txt").read_bytes()


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in REJECTED], ids=[c[0] for c in REJECTED])
def test_rejected_content(tmp_path: Path, content: bytes, reason: str) -> None:
    (error,) = read_content(tmp_path / "a.txt", content)
    assert error.name == str(tmp_path / "a.txt")
    assert reason in only_reason([error])


def test_no_metadata_is_guessed(tmp_path: Path) -> None:
    article = only_article(
        read_content(tmp_path / "a.txt", "Skip to main content\n16 May 2025\nBy Ann Reed\nhttps://x.org")
    )
    assert (article.title, article.url, article.authors, article.published, article.language) == ("", "", (), None, "")
    assert (article.reader, article.reader_version) == ("plain-text", "1")


def test_limit_is_in_bytes_and_inclusive(tmp_path: Path) -> None:
    assert only_article(read_content(tmp_path / "a.txt", "д" * 5, limit=10)).text == "д" * 5
    assert only_reason(read_content(tmp_path / "a.txt", "д" * 5 + "a", limit=10)).startswith(
        "11 bytes is over the limit of 10"
    )


def test_limit_of_words_and_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_checks, "MAX_WORDS", 7)
    assert only_article(read_content(tmp_path / "a.txt", "He said: “We have”")).text
    assert "8 words and punctuation marks is over the limit of 7" in only_reason(
        read_content(tmp_path / "a.txt", "He said: “We have it”")
    )
