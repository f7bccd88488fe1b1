"""Keys of web pages: one for all addresses of a page, another for every other page."""

import time

import pytest

from claims.addresses import MAX_PAGE_KEY_LENGTH, host_key, page_key

PAGE = "https://example.org/2025/rivers?id=3&lang=en"
SAME_PAGE = [
    "http://example.org/2025/rivers?id=3&lang=en",
    "example.org/2025/rivers?id=3&lang=en",
    "HTTPS://EXAMPLE.ORG/2025/rivers?id=3&lang=en",
    "https://www.example.org/2025/rivers?id=3&lang=en",
    "https://www.example.org./2025/rivers?id=3&lang=en",
    "https://example.org:443/2025/rivers?id=3&lang=en",
    "http://example.org:80/2025/rivers/?lang=en&id=3",
    "https://example.org/2025/rivers?id=3&lang=en#gauge",
    "https://example.org/2025/rivers?id=3&lang=en#:~:text=Rivers",
    "https://example.org/2025/%72ivers?%69d=3&lang=%65n",
    "https://example.org/2025/rivers?utm_source=a&utm_Medium=b&id=3&fbclid=c&gclid=d&lang=en&ysclid=e&at_campaign=f",
    "  https://example.org/2025/rivers?id=3&lang=en  ",
    "https://m.example.org/2025/rivers?id=3&lang=en",
    "https://amp.example.org/2025/rivers/?id=3&lang=en",
    "https://example.org/2025/rivers/amp?id=3&lang=en",
    "https://example.org/2025/rivers/amp/?id=3&lang=en",
    "https://example.org/amp/2025/rivers?id=3&lang=en",
    "https://example.org/2025/amp/rivers?id=3&lang=en",
    "https://example.org/2025/rivers.amp?id=3&lang=en",
    "https://example.org/2025/rivers?id=3&amp=1&lang=en",
    "https://example.org/2025/rivers?id=3&lang=en&outputType=amp",
    "https://example.org/2025/rivers/index.html?id=3&lang=en",
    "https://example.org//2025/rivers?id=3&lang=en",
    "https://web.archive.org/web/20260302100000/https://example.org/2025/rivers?id=3&lang=en",
    "https://www.google.com/amp/s/example.org/2025/rivers?id=3&lang=en",
]
OTHER_PAGES = [
    "https://example.org/2025/Rivers?id=3&lang=en",
    "https://example.org/2025/rivers?id=4&lang=en",
    "https://example.org/2025/rivers?id=3",
    "https://example.org/2025/rivers/id?id=3&lang=en",
    "https://example.org/2025%2Frivers?id=3&lang=en",
    "https://example.org:8080/2025/rivers?id=3&lang=en",
    "https://news.example.org/2025/rivers?id=3&lang=en",
    "https://example.com/2025/rivers?id=3&lang=en",
    "https://notexample.org/2025/rivers?id=3&lang=en",
    "https://example.org/2025/rivers?id=3&lang=en#!/gauge",
    "https://example.org/2025/amplitude?id=3&lang=en",
    "https://example.org/2025/rivers?id=3&lang=en&output=print",
    "https://archive.ph/2025/rivers?id=3&lang=en",
]


@pytest.mark.parametrize("url", SAME_PAGE)
def test_addresses_of_one_page_have_one_key(url):
    assert page_key(url) == page_key(PAGE) == "org,example)/2025/rivers?id=3&lang=en"


@pytest.mark.parametrize("url", OTHER_PAGES)
def test_other_pages_have_other_keys(url):
    assert page_key(url) not in {"", page_key(PAGE)}


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (
            "https://пример.рф/доклад?год=2025",
            "https://xn--e1afmkfd.xn--p1ai/%D0%B4%D0%BE%D0%BA%D0%BB%D0%B0%D0%B4/?%D0%B3%D0%BE%D0%B4=2025",
        ),
        ("https://ПРИМЕР.рф", "http://пример.рф/"),
        ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
        ("https://example.org/a|b", "https://example.org/a%7Cb"),
        ("https://example.org/a?b=c d".replace(" ", "+"), "https://example.org/a?b=c%20d"),
        ("https://example.org/?fbclid=1", "example.org"),
    ],
)
def test_other_ways_to_write_one_address(url, other):
    assert page_key(url) == page_key(other) != ""
    assert page_key(url).isascii()


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "rivers", "localhost/a", "https:///a", "https://", "//example.org/a", "/2025/rivers", "?a=b.c"),
        *("javascript:alert(1)", "ftp://example.org/a", "mailto:ann@example.org", "https://ann:pw@example.org/"),
        *("https://exa mple.org/", "https://example.org/a b", "https://example.org/\0", "https://example.org\\a"),
        *("https://exa\u2007mple.org/", "https://exa\u3000mple.org/", "https://exa\u202emple.org/"),
        *("https://[::1]/a", "https://example..org/", "https://example.org:port/", "https://example.org:999999/"),
        *("a." * 300 + "org", "https://" + "a" * 64 + ".org/", "data:text/html,a.b"),
    ],
)
def test_what_is_no_web_address_has_no_key(text):
    assert page_key(text) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/" + "ж" * 1980,
        "https://example.org/?" + "&".join(f"{n}" for n in range(500)),
        "https://example.org/" + "%" * 1980,
        "https://example.org/" + "/" * 1980,
        "https://" + ".".join(["ж" * 60] * 4) + "/a",
        "https://" + "a." * 120 + "org/",
    ],
)
def test_long_addresses_have_bounded_keys_of_their_own_at_once(url):
    started = time.process_time()
    key = page_key(url)
    assert 0 < len(key) <= MAX_PAGE_KEY_LENGTH
    assert key.isascii()
    assert page_key(f"{url}x") != key
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://example.org/products/amp", "https://example.org/products"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/amp/history", "https://example.org/history"),
        ("https://example.org/amp-news/2025", "https://example.org/news/2025"),
        ("https://example.org/?champ=1", "https://example.org/"),
        ("https://mexample.org/a", "https://example.org/a"),
        ("https://amp.com.au/a", "https://com.au/a"),
        ("https://example.org/index.html/a", "https://example.org/a"),
    ],
)
def test_what_only_looks_like_another_version_is_a_page_of_its_own(url, other):
    assert page_key(url) != page_key(other)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("www.BBC.co.uk", "uk,co,bbc"),
        ("news.bbc.co.uk", "uk,co,bbc,news"),
        ("www.com", "com,www"),
        ("t.co.", "co,t"),
        ("m.lenta.ru", "ru,lenta"),
        ("amp.com.au", "au,com,amp"),
        ("www.m.org", "org,m"),
    ],
)
def test_host_keys(host, key):
    assert host_key(host) == key
