"""Addresses of evidence: what a reader can follow, and which are one page."""

import pytest

from claims.services.errors import RefusedError
from claims.services.verification.evidence_urls import clean_evidence_url, find_duplicate_urls, page_key


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("https://пример.рф/доклад", "https://пример.рф/доклад"),
        ("https://192.0.2.1:8080/a", "https://192.0.2.1:8080/a"),
        ("", ""),
        (" ", ""),
    ],
)
def test_what_can_be_followed(given: str, stored: str) -> None:
    assert clean_evidence_url(given) == stored


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("ftp://example.org/a", "http or https"),
        ("javascript:alert(1)", "http or https"),
        ("example.org/a", "http or https"),
        ("https:///a", "with a host"),
        ("https://example.org/a b", "http or https"),
        ("https://ann:secret@example.org/", "user name or a password"),
        ("https://ann@example.org/", "user name or a password"),
        ("https://localhost/a", "a host with a dot"),
        ("https://gauges./a", "a host with a dot"),
        ("https://example.org/" + "a" * 2000, "the limit is"),
        ("https://[::1", "with a host"),
    ],
)
def test_what_cannot_is_refused_with_the_reason(given: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        clean_evidence_url(given)


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
def test_one_page(other: str) -> None:
    first = "https://example.org/a?x=1&y=2"
    assert page_key(first) == page_key(other)
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
def test_two_pages(other: str) -> None:
    assert find_duplicate_urls(["https://example.org/a?x=1", other, "", ""]) == []
