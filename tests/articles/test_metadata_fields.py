"""Validation of metadata fields."""

from datetime import date

import pytest

from claims.articles import ArticleValueError, parse_authors, parse_language, parse_line, parse_published, parse_url


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-05-16", date(2025, 5, 16)),
        (" 2025-05-16 ", date(2025, 5, 16)),
        ("2025-05-16T23:30:00-05:00", date(2025, 5, 16)),
        ("2025-05-16T00:30:00Z", date(2025, 5, 16)),
        ("2025-05-16 10:00", date(2025, 5, 16)),
        ("1861-03-03", date(1861, 3, 3)),
    ],
)
def test_published(value: str, expected: date) -> None:
    assert parse_published(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2025",
        "2025-05",
        "20250516",
        "16.05.2025",
        "2025-02-30",
        "2025-05-16Tnoon",
        "٢٠٢٥-٠٥-١٦",
        "0000-01-01",
        "x" * 99,
    ],
)
def test_invalid_published(value: str) -> None:
    with pytest.raises(ArticleValueError, match="published must be an ISO date such as 2025-05-16, not "):
        parse_published(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en", "en"),
        ("RU", "ru"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-CH-1901", "de-CH-1901"),
        ("yue", "yue"),
        ("en-x-Newsroom", "en-x-newsroom"),
    ],
)
def test_language(value: str, expected: str) -> None:
    assert parse_language(value) == expected
    assert parse_language(expected) == expected


@pytest.mark.parametrize(
    "value", ["", "e", "english", "en-", "-en", "en--GB", "ру", "en GB", "en-GB\n-x", "en" + "-abcde" * 9]
)
def test_invalid_language(value: str) -> None:
    with pytest.raises(ArticleValueError, match="language must be a BCP 47 tag such as en, pt-BR or zh-Hant, not "):
        parse_language(value)


@pytest.mark.parametrize(
    "value",
    [
        "http://example.org",
        "https://example.org:8080/a?b=c&d=e#f",
        "https://вестник.example/мост",
        "https://[2001:db8::1]/a",
        "HTTPS://example.org/A",
    ],
)
def test_url(value: str) -> None:
    assert parse_url(f" {value}\n") == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "example.org/a",
        "/a",
        "//example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https://example.org/a b",
        "https://example.org/\x00",
        "https://example.org/<script>",
        "https://[::1",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://example.org/\udc80",
    ],
)
def test_invalid_url(value: str) -> None:
    with pytest.raises(ArticleValueError, match="url must be an HTTP or HTTPS URL"):
        parse_url(value)


def test_url_with_a_password_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ArticleValueError) as raised:
        parse_url("https://ann:secret@example.org/")
    assert "secret" not in str(raised.value)


def test_url_length() -> None:
    assert parse_url("https://example.org/" + "a" * 1980)
    with pytest.raises(ArticleValueError, match="url is 2,001 bytes, the limit is 2,000"):
        parse_url("https://example.org/" + "a" * 1981)


def test_line_is_normalized() -> None:
    assert parse_line("title", " One\n\ttwo\u00a0 three\x00\x1b\udc80 ") == "One two three"


@pytest.mark.parametrize(("field", "limit"), [("title", 500), ("publisher", 200), ("translator", 200)])
def test_too_long_line_is_rejected(field: str, limit: int) -> None:
    assert parse_line(field, "x" * limit) == "x" * limit
    with pytest.raises(ArticleValueError, match=f"{field} is {limit + 1} characters, the limit is {limit}"):
        parse_line(field, "x" * (limit + 1))


def test_authors_are_limited_in_total() -> None:
    assert len(parse_authors(["a" * 249, "b" * 249])) == 2
    with pytest.raises(ArticleValueError, match="authors are 501 characters in total, the limit is 500"):
        parse_authors(["a" * 249, "b" * 250])
