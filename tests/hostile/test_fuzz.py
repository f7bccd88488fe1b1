"""Generated input for what reads files, feeds and pairs of claims: a result, or an error of the domain with a reason.

Files are real ones with some of their bytes changed, which reach deeper than random bytes.
"""

import json
from collections.abc import Callable
from typing import TypeVar

from hypothesis import example, given
from hypothesis import strategies as st

from claims.articles.feeds import FeedError, find_feeds, parse_feed, read_opml, write_opml
from claims.articles.feeds.opml import ListedFeed
from claims.articles.reviews import Review
from claims.export.tabular.csv_injection import remove_guard
from claims.matching import compare_claims
from claims.services.errors import RefusedError
from claims.services.imports.spreadsheet import Spreadsheet, decode_upload, parse_spreadsheet
from claims.services.reviews.review_files import read_review_file
from tests.articles.formats.docx_writer import CORE, docx_paragraph, write_docx
from tests.articles.formats.pdf_writer import column, write_pdf
from tests.articles.test_reading_properties import read_and_check

T = TypeVar("T")
SAID = "“The ferry will be back by June,” Ann Moor said on Monday."
PAGE = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry</title><meta name=author content="Bo">
<script type="application/ld+json">{{"@type":"NewsArticle","author":[{{"name":"Bo"}}],"datePublished":"2025-05-16"}}
</script><link rel=alternate type="application/rss+xml" href="/feed.xml"></head>
<body><article><h1>Ferry</h1><p>{SAID}</p><blockquote><p>{SAID}<cite>Ann</cite></blockquote><p>It rained.</article>"""
CUES = "1\n00:00:01,000 --> 00:00:04,000\n>> ANN MOOR: The ferry\n\n2\n00:00:04,100 --> 00:00:06,000\nwill be back.\n"
MAIL = (
    "From: Ann <ann@example.org>\nSubject: =?utf-8?q?F=C3=A4hre?=\nDate: Fri, 16 May 2025 10:00:00 +0200\n"
    "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n"
    f"\n{SAID}\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>{SAID}=20\n--b--\n"
)
ARTICLES: dict[str, bytes] = {
    "html": PAGE.encode(),
    "pdf": write_pdf([column([SAID, "It rained."]), column([SAID])], info="/Title (Ferry)"),
    "docx": write_docx(docx_paragraph(SAID) * 2, {"docProps/core.xml": CORE}),
    "eml": MAIL.encode(),
    "srt": CUES.encode(),
    "vtt": ("WEBVTT\n\nNOTE a\n\n" + CUES.replace(",", ".").replace(">> ANN MOOR:", "<v Ann Moor>")).encode(),
    "json": json.dumps([{"text": SAID, "title": "Ferry", "authors": ["Bo"]}, {"html": PAGE}]).encode(),
    "jsonl": json.dumps({"text": SAID, "url": "https://example.org/a", "published": "2025-05-16"}).encode(),
}
_ITEM = "<title>A</title><link>https://example.org/a</link><pubDate>Fri, 16 May 2025 10:00:00 GMT</pubDate>"
FEEDS: dict[str, bytes] = {
    "rss": f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><ttl>60</ttl><language>en</language>'
    f"<item>{_ITEM}<description><![CDATA[<p>{SAID}</p>]]></description></item><item>{_ITEM}</item></channel></rss>".encode(),
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry><title type="html">A&amp;b'
    b'</title><link href="/a"/><updated>2025-05-16T10:00:00Z</updated><author><name>Bo</name></author></entry></feed>',
    "json feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "T",
            "items": [{"id": "https://example.org/a", "title": "A", "date_published": "2025-05-16T10:00:00Z"}],
        }
    ).encode(),
    "sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc>'
    b"<lastmod>2025-05-16</lastmod></url></urlset>",
    "sitemap index": b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.b/s'
    b"</loc></sitemap></sitemapindex>",
    "page": PAGE.encode(),
}
OPML = write_opml([ListedFeed(url="https://example.org/feed", title="T")], title="Feeds")
_REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The ferry is back.",
    "url": "https://example.org/check",
    "datePublished": "2025-05-16",
    "author": {"@type": "Organization", "name": "Fakty"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann"}, "datePublished": "2025-05-15"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
}
REVIEWS: dict[str, bytes] = {
    "json": json.dumps([_REVIEW, {"@graph": [_REVIEW]}]).encode(),
    "page": f'<html><script type="application/ld+json">{json.dumps(_REVIEW)}</script><p>a</html>'.encode(),
    "csv": b'claim,rating,review url,date\r\n"The ferry, says Ann, is back.",False,https://example.org/check,2025-05-15\r\n',
}
MARKS = [
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"<",
    b">",
    b'"',
    b"'",
    b"&",
    b"{",
    b"]",
    b"\n",
]
MARKS += [
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"&#0;",
    b"&#xD800;",
    b"%",
    b"\\ud800",
    b"9" * 400,
    b"1e999",
    b"-1",
    b"99999999999",
]


@st.composite
def with_damage(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with parts of it cut out, repeated, moved, or replaced by what parsers stumble over."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        part = draw(st.sampled_from([b"", *MARKS]) | st.just(content[start:end] * 3) | st.binary(max_size=4))
        content = content[:start] + part + content[end:]
    return content


def one_with_damage(contents: dict[str, bytes]) -> st.SearchStrategy[tuple[str, bytes]]:
    return st.sampled_from(sorted(contents)).flatmap(lambda name: st.tuples(st.just(name), with_damage(contents[name])))


@given(one_with_damage(ARTICLES))
def test_a_damaged_article_is_read_or_refused(named: tuple[str, bytes]) -> None:
    stdin_format, content = named
    read_and_check(content, stdin_format)


def read_or_refuse(read: Callable[[], T], error: type[Exception]) -> T | str:
    """What is read, or the reason of the domain's error."""
    try:
        return read()
    except error as refusal:
        return str(refusal)


@given(one_with_damage(FEEDS))
def test_a_damaged_feed_is_read_or_refused(named: tuple[str, bytes]) -> None:
    _, content = named
    feed = read_or_refuse(lambda: parse_feed(content, url="https://example.org/feed"), FeedError)
    if isinstance(feed, str):
        assert feed
        assert feed.isprintable()
    else:
        for entry in feed.entries:
            assert entry.url.startswith(("https://", "http://"))
            assert max(map(len, (entry.title, entry.publisher, *entry.authors))) <= 500
            assert entry.published_at is None or entry.published_at.tzinfo
        assert all(url.startswith(("https://", "http://")) for url in feed.sitemaps)
    assert all(url.startswith(("https://", "http://")) for url in find_feeds(content, "https://example.org/"))


@given(with_damage(OPML))
def test_a_damaged_list_of_feeds_is_read_or_refused(content: bytes) -> None:
    feeds = read_or_refuse(lambda: read_opml(content), FeedError)
    assert feeds if isinstance(feeds, str) else all(feed.url for feed in feeds)


@given(one_with_damage(REVIEWS))
def test_a_damaged_file_of_reviews_is_read_or_refused(named: tuple[str, bytes]) -> None:
    _, content = named
    entries = read_or_refuse(lambda: read_review_file(content, clean_cell=remove_guard), RefusedError)
    assert entries
    for review in [] if isinstance(entries, str) else [entry.content for entry in entries]:
        if isinstance(review, Review):
            assert review.claim.strip()
            assert review.review_url.startswith(("https://", "http://"))
            assert f"{review.claim}{review.explanation}".encode()  # no lone surrogate


@given(with_damage(b'text,note\r\n"The ferry, ""back"" by June.",a\r\nb;c,\td\r\n'))
def test_a_damaged_spreadsheet_is_read_or_refused(content: bytes) -> None:
    columns = ["text", "note"]

    def read() -> Spreadsheet:
        return parse_spreadsheet(decode_upload(content), columns=columns, required="text", clean_cell=remove_guard)

    sheet = read_or_refuse(read, RefusedError)
    assert sheet
    if isinstance(sheet, Spreadsheet):
        assert [row.line for row in sheet.rows] == sorted({row.line for row in sheet.rows})


SUBJECTS = [
    "Ann Moor",
    "the mayor",
    "the city of Ulm",
    "Germany",
    "no minister",
    "most voters",
    "40,000 people",
    "U.S.",
]
VERBS = [
    "did not pay",
    "paid",
    "will pay",
    "may have lost",
    "rose by",
    "fell to",
    "is larger than",
    "never",
    "denied that",
]
OBJECTS = [
    "5 million euros",
    "$1.2bn",
    "3%",
    "in May 2024",
    "since 16 May",
    "half of it",
    "the river",
    "all of them",
    "-1",
]
ODD = [
    "e\u0301" * 60,
    "\u202e",
    "😀🏽",
    "１２",
    "٣",
    "\0",
    "1" * 400,
    "1e308",
    "0/0",
    "½",
    "...",
    "“",
    "1,2,3,4",
    "IV",
    "ſ",
    "ﬁ",
]
claim_texts = st.lists(st.sampled_from([*SUBJECTS, *VERBS, *OBJECTS, *ODD, "and", ",", "."]), max_size=12).map(" ".join)


@given(first=claim_texts | st.text(max_size=60), second=claim_texts)
@example(first="", second="")
@example(first="It grew by 5 km ² at ² p.m.", second="It grew by ¹ ½ ² ③.")
@example(first="a " * 50_000, second="4 people " * 5_000)
def test_claims_are_compared_in_either_order(first: str, second: str) -> None:
    one, other = compare_claims(first, second), compare_claims(second, first)
    assert one.is_same == other.is_same
    assert abs(one.likeness - other.likeness) < 1e-5
    assert sorted(difference.kind for difference in one.differences) == sorted(
        difference.kind for difference in other.differences
    )
    for difference in one.differences:
        for text, (start, end) in ((first, difference.first), (second, difference.second)):
            assert 0 <= start <= end <= len(text)
        assert difference.first[0] < difference.first[1] or difference.second[0] < difference.second[1]


@given(claim_texts | st.text(max_size=60))
def test_a_claim_says_the_same_as_itself(text: str) -> None:
    assert compare_claims(text, text).differences == ()
