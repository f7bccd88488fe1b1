"""URLs of evidence: which are valid, and which lead to one page."""

import pytest

from claims.services.errors import RefusedError
from claims.services.verification.evidence_urls import clean_evidence_url, find_duplicate_urls


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("https://пример.рф/доклад", "https://пример.рф/доклад"),
        ("https://192.0.2.1:8080/a", "https://192.0.2.1:8080/a"),
        ("", ""),
        (" ", ""),
    ],
)
def test_valid_urls(url: str, cleaned: str) -> None:
    assert clean_evidence_url(url) == cleaned


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://example.org/a", "HTTP or HTTPS URL"),
        ("javascript:alert(1)", "HTTP or HTTPS URL"),
        ("example.org/a", "HTTP or HTTPS URL"),
        ("https:///a", "HTTP or HTTPS URL"),
        ("https://example.org/a b", "HTTP or HTTPS URL"),
        ("https://ann:secret@example.org/", "user name or password"),
        ("https://ann@example.org/", "user name or password"),
        ("https://localhost/a", "a host with a dot"),
        ("https://gauges./a", "a host with a dot"),
        ("https://example.org/" + "a" * 2000, "the limit is"),
        ("https://[::1", "HTTP or HTTPS URL"),
    ],
)
def test_invalid_urls(url: str, error: str) -> None:
    with pytest.raises(RefusedError, match=error):
        clean_evidence_url(url)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a/?x=1&y=2",
        "https://www.example.org/a?y=2&x=1",
        "https://EXAMPLE.org/a?x=1&y=2#gauge",
        "https://example.org/a?x=1&y=2&utm_source=letter&fbclid=abc",
    ],
    ids=["scheme-and-slash", "www-and-order", "case-and-fragment", "tracking"],
)
def test_urls_of_one_page(other: str) -> None:
    first = "https://example.org/a?x=1&y=2"
    assert find_duplicate_urls([first, other, "https://example.org/b"]) == [first]


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/A",
        "https://example.org/a?x=2",
        "https://example.com/a?x=1",
        "https://news.example.org/a?x=1",
    ],
)
def test_urls_of_two_pages(other: str) -> None:
    assert find_duplicate_urls(["https://example.org/a?x=1", other, "", ""]) == []
