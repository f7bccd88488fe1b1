"""Copies of pages in archives and caches, and addresses that only look like them."""

import pytest

from claims.addresses import clean_url, original_url

PAGE = "https://e.example/news/1"


@pytest.mark.parametrize(
    "url",
    [
        *(f"https://web.archive.org/web/{moment}/{PAGE}" for moment in ("20260302100000", "2026", "20260302100000if_")),
        f"http://web.archive.org/web/20260302100000id_/{PAGE}",
        f"https://web.archive.org/web/{PAGE}",
        f"https://web.archive.org/web/*/{PAGE}",
        f"https://web.archive.org/save/{PAGE}",
        "https://web.archive.org/web/20260302100000/https:/e.example/news/1",
        "https://web.archive.org/web/20260302100000/https%3A%2F%2Fe.example%2Fnews%2F1",
        f"web.archive.org/web/20260302100000/{PAGE}",
        *(f"https://archive.{name}/20260302100000/{PAGE}" for name in ("today", "ph", "is", "li", "vn", "fo", "md")),
        f"https://archive.ph/{PAGE}",
        f"https://archive.ph/newest/{PAGE}",
        f"https://archive.is/o/AbCdE/{PAGE}",
        f"https://webarchive.nationalarchives.gov.uk/ukgwa/20260302100000/{PAGE}",
        f"https://wayback.archive-it.org/1234/20260302100000/{PAGE}",
        f"https://arquivo.pt/wayback/20260302100000/{PAGE}",
        f"https://archive.library.example/pywb/20260302100000mp_/{PAGE}",
        f"https://web.archive.org/web/20260302100000/https://archive.ph/20260301/{PAGE}",
        f"https://webcache.googleusercontent.com/search?q=cache:AbC-1:{PAGE}&hl=en",
        "https://www.google.com/amp/s/e.example/news/1",
        "https://www.google.co.uk/amp/s/e.example/news/1",
        "https://e-example.cdn.ampproject.org/c/s/e.example/news/1",
        "https://e-example.cdn.ampproject.org/v/s/e.example/news/1",
        PAGE,
    ],
)
def test_the_page_that_a_copy_shows(url: str) -> None:
    assert original_url(url) == PAGE


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://web.archive.org/web/2026/e.example/news/1", "http://e.example/news/1"),
        ("https://web.archive.org/web/20260302100000/http://e.example:8080/?q=a&b=c", "http://e.example:8080/?q=a&b=c"),
        ("https://www.google.com/amp/e.example/news/1", "http://e.example/news/1"),
    ],
)
def test_scheme_port_and_query_of_the_page_are_kept(url: str, page: str) -> None:
    assert original_url(url) == page


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rivers",
        "https://archive.ph/AbCdE",
        "https://perma.cc/AB12-CD34",
        "https://web.archive.org/",
        "https://web.archive.org/web/20260302100000/",
        "https://archive.org/details/rivers",
        "https://blog.archive.org/2026/03/02/rivers-of-news.html",
        "https://e.example/share?u=https://f.example/news/1",
        "https://e.example/comments/https://f.example/news/1",
        "https://e.example/20260302100000/rivers",
        "https://www.google.com/search?q=amp",
        "https://e.example/amp/s/f.example/news",
        "https://[::1",
    ],
)
def test_other_addresses_stay(url: str) -> None:
    assert original_url(url) == url


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        (f" {PAGE}#top ", PAGE),
        (f"{PAGE}#:~:text=ferry", PAGE),
        (f"{PAGE}?utm_source=fb&utm_medium=x", PAGE),
        (f"{PAGE}?b=%C3%A4&fbclid=1&a=2#x", f"{PAGE}?b=%C3%A4&a=2"),
        ("https://www.e.example/#!/news/1", "https://www.e.example/#!/news/1"),
        ("http://WWW.e.example:80/news/1/", "http://WWW.e.example:80/news/1/"),
        (f"https://web.archive.org/web/20260302100000/{PAGE}?utm_source=fb", PAGE),
    ],
)
def test_the_address_for_readers_is_as_written_but_for_tracking_and_fragment(url: str, cleaned: str) -> None:
    assert clean_url(url) == cleaned
