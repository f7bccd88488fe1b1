"""Feeds of every format, as sites write them, and as nobody should."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest

from claims.articles.feeds import FeedEntry, FeedError, FeedFormat, ParsedFeed, parse_feed

URL = "https://news.example.org/feeds/all.xml"
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example &amp; News</title><link>https://news.example.org/</link><language>en-gb</language><ttl>15</ttl>
<item>
  <title>Prices &lt;b&gt;rise&lt;/b&gt; in&#160;May &amp;amp; June</title>
  <link> https://news.example.org/prices </link>
  <dc:creator>Ann Lee</dc:creator><dc:creator>Bo Day</dc:creator>
  <pubDate>Fri, 27 Nov 2026 14:00:00 +0200</pubDate>
  <description>A summary.</description>
  <content:encoded><![CDATA[<p>“Prices rise,” she said, and more.</p>]]></content:encoded>
</item>
<item><title>Second</title><guid isPermaLink="true">https://news.example.org/second</guid></item>
<item><title>Relative</title><link>/third</link></item>
<item><title>Without an address</title><guid isPermaLink="false">17</guid></item>
<item><title>Hostile</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title type="html">Новости &amp;amp; факты</title>
<entry><title>Цены растут</title><id>tag:1</id>
<link rel="enclosure" href="https://news.example.org/a.mp3"/><link rel="alternate" href="https://news.example.org/a"/>
<author><name>Анна Ли</name></author><published>2026-11-27T12:00:00Z</published><updated>2026-11-28T12:00:00Z</updated>
<summary>Кратко.</summary><content type="html">&lt;p&gt;«Цены растут», — сказала она.&lt;/p&gt;</content></entry>
</feed>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://news.example.org/a"><title>A</title><link>https://news.example.org/a</link><dc:date>2026-11-27T12:00:00Z</dc:date></item>
</rdf:RDF>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "News",
    "language": "en",
    "items": [
        {
            "id": "1",
            "url": "/a",
            "external_url": "https://other.example/",
            "title": "A",
            "content_html": "<p>All of it.</p>",
            "date_published": "2026-11-27T14:00:00+02:00",
            "authors": [{"name": "Ann Lee"}, {"name": 3}, "Bo"],
        },
        {"id": "https://news.example.org/b", "content_text": "1 < 2", "author": {"name": "Bo Day"}, "language": "ru"},
        {"id": 3, "title": ["no", "text"]},
        "nonsense",
    ],
}

NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://news.example.org/a</loc><lastmod>2026-11-28</lastmod>
<image:image><image:loc>https://news.example.org/a.png</image:loc><image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Example News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-11-27T12:00:00Z</news:publication_date><news:title>A &amp; B</news:title></news:news></url>
<url><loc>/b</loc><lastmod>2026-11-27T12:00Z</lastmod></url>
<url><lastmod>2026-11-27</lastmod></url>
</urlset>"""

SITEMAP_INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example.org/1.xml</loc><lastmod>2026-11-01</lastmod></sitemap>
<sitemap><loc>https://news.example.org/2.xml</loc><lastmod>2026-11-27T12:00:00Z</lastmod></sitemap>
<sitemap><loc>file:///etc/passwd</loc></sitemap>
</sitemapindex>"""


def test_rss() -> None:
    feed = parse_feed(RSS.encode(), url=URL, content_type="application/rss+xml")
    assert (feed.format, feed.title, feed.language) == (FeedFormat.RSS, "Example & News", "en-GB")
    assert feed.minutes_between_polls == 15
    assert [entry.url.rpartition("/")[2] for entry in feed.entries] == ["prices", "second", "third"]
    first = feed.entries[0]
    assert first.title == "Prices rise in May & June"
    assert first.authors == ("Ann Lee", "Bo Day")
    assert first.published_at == NOON
    assert first.published_at.utcoffset() == timedelta(hours=2)
    assert first.content_html == "<p>“Prices rise,” she said, and more.</p>"


def test_atom() -> None:
    feed = parse_feed(ATOM.encode(), url=URL, content_type="application/atom+xml")
    assert (feed.format, feed.title, feed.language) == (FeedFormat.ATOM, "Новости & факты", "ru")
    [entry] = feed.entries
    assert entry == FeedEntry(
        url="https://news.example.org/a",
        title="Цены растут",
        authors=("Анна Ли",),
        published_at=NOON,
        content_html="<p>«Цены растут», — сказала она.</p>",
    )


def test_rss_1() -> None:
    [entry] = parse_feed(RDF.encode(), url=URL).entries
    assert (entry.url, entry.published_at) == ("https://news.example.org/a", NOON)


def test_json_feed() -> None:
    feed = parse_feed(b"\xef\xbb\xbf" + orjson.dumps(JSON_FEED), url=URL)
    assert (feed.format, feed.title, feed.language, feed.has_ended) == (FeedFormat.JSON, "News", "en", False)
    first, second = feed.entries
    assert (first.url, first.authors, first.published_at) == ("https://news.example.org/a", ("Ann Lee",), NOON)
    assert first.published_at
    assert first.published_at.tzinfo == timezone(timedelta(hours=2))
    assert (second.url, second.content_html, second.authors) == (
        "https://news.example.org/b",
        "<p>1 &lt; 2</p>",
        ("Bo Day",),
    )
    assert second.language == "ru"


def test_a_json_feed_says_that_it_has_ended() -> None:
    assert parse_feed(orjson.dumps(JSON_FEED | {"expired": True}), url=URL).has_ended


def test_news_sitemap() -> None:
    feed = parse_feed(NEWS_SITEMAP.encode(), url=URL)
    assert feed.format == FeedFormat.SITEMAP
    first, second = feed.entries
    assert first == FeedEntry(
        url="https://news.example.org/a", title="A & B", language="en", publisher="Example News", published_at=NOON
    )
    assert (second.url, second.published_at) == ("https://news.example.org/b", NOON)


def test_sitemap_index() -> None:
    feed = parse_feed(SITEMAP_INDEX.encode(), url=URL)
    assert feed == ParsedFeed(
        format=FeedFormat.SITEMAP_INDEX,
        sitemaps=("https://news.example.org/2.xml", "https://news.example.org/1.xml"),
    )


# --- As sites send them ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(ATOM.encode(), "text/xml", id="UTF-8 under a type whose default is ASCII"),
        pytest.param(ATOM.encode(), "text/html", id="as a page"),
        pytest.param(ATOM.encode(), "application/octet-stream", id="as anything"),
        pytest.param(ATOM.encode(), "", id="without a type"),
        pytest.param(b"\xef\xbb\xbf" + ATOM.encode(), "application/xml", id="with a byte order mark"),
        pytest.param(b"\r\n  " + ATOM.encode(), "application/xml", id="after blank lines"),
        pytest.param(ATOM.encode("utf-16"), "application/xml", id="UTF-16"),
        pytest.param(ATOM.replace("—", "-").encode("cp1251"), "text/xml; charset=windows-1251", id="by the header"),
        pytest.param(
            b'<?xml version="1.0" encoding="windows-1251"?>' + ATOM.replace("—", "-").encode("cp1251"),
            "application/xml",
            id="by its declaration",
        ),
        pytest.param(f"<!-- <html> --><?xml-stylesheet href='x'?>{ATOM}".encode(), "", id="after a comment"),
        pytest.param(ATOM.replace("</feed>", "").encode(), "", id="not closed"),
        pytest.param(ATOM.replace("Кратко.", "Кратко&nbsp;& ясно <br>").encode(), "", id="not well-formed"),
        pytest.param(
            ATOM.replace("feed", "atom:feed")
            .replace("xmlns=", "xmlns:atom='http://www.w3.org/2005/Atom' xmlns=")
            .encode(),
            "",
            id="prefixed",
        ),
    ],
)
def test_a_feed_is_read_as_sites_send_it(body: bytes, content_type: str) -> None:
    feed = parse_feed(body, url=URL, content_type=content_type)
    [entry] = feed.entries
    assert (entry.url, entry.title, feed.title) == ("https://news.example.org/a", "Цены растут", "Новости & факты")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Fri, 27 Nov 2026 12:00:00 GMT", NOON),
        ("27 Nov 2026 12:00 +0000", NOON),
        ("2026-11-27T12:00:00", NOON),
        ("2026-11-27 12:00:00", NOON),
        ("2026-11-27", datetime(2026, 11, 27, tzinfo=UTC)),
        ("yesterday", None),
        ("2026-99-99", None),
        ("Fri, 99 Nov 2026 12:00:00 GMT", None),
        ("Fri, 27 Nov 2026 12:00:00 +99999999999", None),
        ("", None),
    ],
)
def test_dates_of_every_kind(date: str, moment: datetime | None) -> None:
    body = f"<rss version='2.0'><channel><item><link>https://e.example/</link><pubDate>{date}</pubDate></item></channel></rss>"
    [entry] = parse_feed(body.encode(), url=URL).entries
    assert entry.published_at == moment


@pytest.mark.parametrize(
    ("references", "title"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xde00;", "😀"),
        ("a&#xD83D;b", "a\ufffdb"),
        ("&#xDE00;&#xD83D;", "\ufffd\ufffd"),
        ("&#x110000;", "\ufffd"),
        (f"&#{'9' * 5000};", "\ufffd"),
        (f"&#65;&#{'9' * 5000};&#66;", "A\ufffdB"),
        ("&#00000000000065;", "A"),
        ("&#128512;&#38;", "😀&"),
    ],
    ids=[
        "pair",
        "pair in hexadecimal",
        "one of a pair",
        "wrong order",
        "beyond Unicode",
        "long",
        "long among others",
        "zeros",
        "good",
    ],
)
@pytest.mark.parametrize("damage", ["", "<b>"], ids=["", "not well-formed"])
def test_references_to_what_is_no_character_are_mended(references: str, title: str, damage: str) -> None:
    item = f"<item><title>{references}</title><link>https://news.example.org/a</link></item>"
    (entry,) = parse_feed(f"<rss version='2.0'><channel>{item}</channel>{damage}</rss>".encode(), url=URL).entries
    assert entry.title == title


def test_such_references_in_utf_16_are_refused() -> None:
    document = (
        "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><title>&#xD83D;</title></channel></rss>"
    )
    with pytest.raises(FeedError):
        parse_feed(document.encode("utf-16"), url=URL)


# --- What is no feed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty or no feed"),
        (b"Not found", "empty or no feed"),
        (b"\0\0\0", "empty or no feed"),
        (b"<note>hello</note>", "neither RSS nor Atom"),
        (b"{}", "no list"),
        (b"[]", "not a JSON Feed"),
        (b'{"items": 3}', "no list"),
        (b'{"items": [', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"<!DOCTYPE html><html><body>Home</body></html>", "this is a web page that names no feed"),
        (
            b"<html><link rel='alternate' href='/x'><link rel=alternate type='application/rss+xml' href=/rss></html>",
            "its feed is https://news.example.org/rss",
        ),
        (b"<opml version='2.0'><body/></opml>", "list of feeds"),
        (b"<urlset", None),
        (b"<sitemapindex></urlset>", None),
        (b"<rss version='2.0'>" + b" " * 3_000_000, "larger than"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes, message: str | None) -> None:
    if message is None:
        assert not parse_feed(body, url=URL).entries
    else:
        with pytest.raises(FeedError, match=message):
            parse_feed(body, url=URL)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY e0 "lol">{ENTITIES}]>'
STOLEN = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, STOLEN], ids=["bomb", "file"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "document",
    [
        "<rss version='2.0'><channel><title>&e9;</title><item><link>https://e.example/a</link><title>&e9;</title></item></channel></rss>",
        "<urlset><url><loc>https://e.example/a</loc><title>&e9;</title></url></urlset>",
    ],
    ids=["rss", "sitemap"],
)
def test_entities_are_refused(document: str, doctype: str, encoding: str) -> None:
    with pytest.raises(FeedError, match="entities"):
        parse_feed(f"<?xml version='1.0' encoding='{encoding}'?>{doctype}{document}".encode(encoding), url=URL)


def test_a_document_type_without_entities_is_read() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/rss-0.91.dtd">'
    assert len(parse_feed(RSS.replace("?>", f"?>{doctype}", 1).encode(), url=URL).entries) == 3


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<rss><channel>" + b"<item>" * 5_000, id="items that do not end"),
        pytest.param(b"<rss><channel><item><title>" + b"<b>" * 5_000, id="elements in elements"),
        pytest.param(b"<rss><channel>" + b"<" * 30_000, id="less-than signs"),
        pytest.param(b"<rss><channel><item><title>" + b"&" * 30_000, id="ampersands"),
        pytest.param(b"<rss><channel><item " + b"a='" * 50_000, id="attributes"),
        pytest.param(b"<!DOCTYPE " * 20_000 + b"<rss></rss>", id="doctypes"),
        pytest.param(b"<!--" * 50_000, id="comments"),
        pytest.param(b"<urlset>" + b"<url>" * 20_000, id="pages in pages"),
        pytest.param(b"<urlset>" + b"<url><loc>x</loc></url>" * 5_000, id="pages without an address"),
    ],
)
def test_a_hostile_document_takes_little_time(body: bytes) -> None:
    started = time.process_time()
    with suppress(FeedError):
        parse_feed(body, url=URL)
    assert time.process_time() - started < 5


def test_a_sitemap_with_an_undeclared_prefix_is_read() -> None:
    body = (
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc>'
        b"<image:title>A ferry</image:title></url></urlset>"
    )
    [entry] = parse_feed(body, url="https://example.org/sitemap.xml").entries
    assert (entry.url, entry.title) == ("https://example.org/a", "")


@pytest.mark.parametrize(("written", "title"), [("&#55357;&#56832;", "😀"), ("a&#xD83D;b", "a\ufffdb")])
def test_a_damaged_reference_in_a_sitemap_costs_nothing_beside_it(written: str, title: str) -> None:
    sitemap = f"<urlset><url><loc>https://a.example/</loc><title>{written}</title></url></urlset>"
    [entry] = parse_feed(sitemap.encode(), url="https://a.example/sitemap.xml").entries
    assert (entry.url, entry.title) == ("https://a.example/", title)
    with pytest.raises(FeedError, match="does not exist"):
        parse_feed(f"<?xml version='1.0' encoding='utf-16'?>{sitemap}".encode("utf-16"), url="https://a.example/x")
