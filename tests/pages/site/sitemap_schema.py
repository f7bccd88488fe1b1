"""What the schemas of sitemaps.org and of Google News demand of a document, by hand: the tests have no network."""

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAX_URLS, MAX_URL_LENGTH, MAX_BYTES = 50_000, 2048, 50 * 1024 * 1024


def check_index(content: bytes) -> list[str]:
    """Checks an index, and returns the URLs of its sitemaps."""
    return _check_document(content, "sitemapindex", "sitemap")


def check_sitemap(content: bytes, *, is_news: bool = False) -> list[str]:
    """Checks a sitemap, and returns the URLs of its pages."""
    urls = _check_document(content, "urlset", "url", is_news=is_news)
    assert urls or is_news, "a sitemap has at least one page"
    return urls


def _check_document(content: bytes, root_name: str, item_name: str, *, is_news: bool = False) -> list[str]:
    assert len(content) <= MAX_BYTES
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(content)
    assert root.tag == f"{SITEMAP}{root_name}"
    items = list(root)
    assert len(items) <= MAX_URLS
    urls = []
    for item in items:
        assert item.tag == f"{SITEMAP}{item_name}"
        children = [child.tag for child in item]
        loc, *rest = children
        assert loc == f"{SITEMAP}loc"
        assert rest in ([], [f"{SITEMAP}lastmod"], [f"{NEWS}news"])
        assert (rest == [f"{NEWS}news"]) == is_news
        url = item[0].text or ""
        parts = urlsplit(url)
        assert parts.scheme in {"http", "https"}
        assert parts.netloc
        assert 12 <= len(url) <= MAX_URL_LENGTH
        assert url.isascii()
        urls.append(url)
        for lastmod in item.findall(f"{SITEMAP}lastmod"):
            assert dt.datetime.fromisoformat(lastmod.text or "").tzinfo
        for news in item.findall(f"{NEWS}news"):
            _check_news(news)
    assert len(urls) == len(set(urls))
    return urls


def _check_news(news: ET.Element) -> None:
    assert [child.tag for child in news] == [f"{NEWS}{name}" for name in ("publication", "publication_date", "title")]
    publication, date, title = news
    assert [child.tag for child in publication] == [f"{NEWS}name", f"{NEWS}language"]
    assert publication[0].text
    assert publication[1].text in {"en", "ru"}
    assert dt.datetime.fromisoformat(date.text or "").tzinfo
    assert title.text
