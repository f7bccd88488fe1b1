"""`.html` files: the article without its page, in any declared encoding; malicious pages take seconds."""

import logging
import socket
from datetime import date
from pathlib import Path

import pytest

from claims.articles.web import page_limits
from tests.articles.saved_pages import BOILERPLATE, BRIDGE, HARBOUR, bridge_page, harbour_page, html_paragraphs
from tests.articles.single_article import only_article, only_reason, read_content


def test_english_page(tmp_path: Path) -> None:
    article = only_article(read_content(tmp_path / "a.html", harbour_page()))
    assert article.text == "\n".join(HARBOUR)
    assert article.title == "Ferry slip to reopen & a crane to come"
    assert article.publisher == "Callow Courier"
    assert article.authors == ("Ines Varga", "Paul Öst")
    assert article.published == date(2025, 5, 16)
    assert article.language == "en-GB"
    assert article.url == "https://courier.example/2025/ferry-slip"
    assert article.reader == "trafilatura"
    assert article.reader_version


@pytest.mark.parametrize(
    "charset", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5", "cp866", "x-mac-cyrillic", "UTF-16"]
)
def test_russian_page(tmp_path: Path, charset: str) -> None:
    # UTF-16: a declaration readable as ASCII is wrong, and browsers take such a page for UTF-8
    codec = {"x-mac-cyrillic": "mac-cyrillic", "UTF-16": "utf-8"}.get(charset, charset)
    article = only_article(read_content(tmp_path / "a.htm", bridge_page(charset).encode(codec, "replace")))
    lines = article.text.replace("?", "«").splitlines()  # some of these encodings have no quote marks
    assert [line.split(",")[0].strip("«»—") for line in lines[-4:]] == [p.split(",")[0].strip("«»—") for p in BRIDGE]
    assert article.title == "Старый мост откроют в июне"
    assert article.publisher == "Вестник Лугового"
    assert article.authors == ("Инна Варгина",)
    assert article.published == date(2025, 5, 16)
    assert article.language == "ru-RU"
    assert article.url == "https://vestnik.example/most"


@pytest.mark.parametrize("page", [harbour_page(), bridge_page()], ids=["english", "russian"])
def test_boilerplate_is_removed(tmp_path: Path, page: str) -> None:
    text = only_article(read_content(tmp_path / "a.html", page)).text
    assert [words for words in BOILERPLATE if words in text] == []
    assert [words for words in BOILERPLATE if words in page] != []


BODIES = [
    (
        "one short paragraph",
        f"<nav><a href=/>Home</a></nav><h1>Slip</h1><p>{HARBOUR[0]}</p><div>Advertisement</div>",
        1,
    ),
    ("a layout table", f"<table><tr><td><a href=/>Home</a><td>{html_paragraphs(HARBOUR)}</table>", 4),
    ("line breaks", "<div>" + "<br><br>".join(HARBOUR) + "</div>", 4),
    ("no paragraphs", "".join(f"<div>{text}</div>" for text in HARBOUR), 4),
    ("inside a form", f"<form id=f>{html_paragraphs(HARBOUR)}</form>", 4),
    ("body marked by its cookie choice", f"<div class='cookie-ok'><h1>Slip</h1>{html_paragraphs(HARBOUR)}</div>", 4),
    ("unclosed tags", "<p>" + "<p>".join(HARBOUR), 4),
]


@pytest.mark.parametrize(("body", "count"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES])
def test_body_markup(tmp_path: Path, body: str, count: int) -> None:
    page = f"<html><head><title>Slip</title></head><body>{body}</body></html>"
    lines = only_article(read_content(tmp_path / "a.html", page)).text.splitlines()
    assert [line.strip() for line in lines][-count:] == list(HARBOUR[:count])


def test_body_in_json_ld(tmp_path: Path) -> None:
    data = '{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "' + " ".join(HARBOUR) + '"}'
    page = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><div id=app></div></body></html>'
    )
    assert only_article(read_content(tmp_path / "a.html", page)).text == " ".join(HARBOUR)


def test_text_does_not_depend_on_earlier_pages(tmp_path: Path) -> None:
    texts = {only_article(read_content(tmp_path / "a.html", harbour_page())).text for _ in range(5)}
    assert texts == {"\n".join(HARBOUR)}


DATES = [
    ("meta", '<meta property="article:published_time" content="2025-05-16T23:30:00-05:00">', date(2025, 5, 16)),
    ("meta of a scholarly page", '<meta name="citation_publication_date" content="2025/05/16">', date(2025, 5, 16)),
    ("mail date", '<meta name="date" content="Fri, 16 May 2025 23:30:00 -0500">', date(2025, 5, 16)),
    ("compact", '<meta itemprop="datePublished" content="20250516">', date(2025, 5, 16)),
    ("old paper", '<meta name="DC.date.issued" content="1861-03-03">', date(1861, 3, 3)),
    ("linked data", '<script type="application/ld+json">{"datePublished" : "2025-05-16"}</script>', date(2025, 5, 16)),
    ("broken data", '<script type="application/ld+json">{{"datePublished": "2025-05-16",</script>', date(2025, 5, 16)),
    ("address", '<link rel="canonical" href="https://a.example/2025/05/16/slip">', date(2025, 5, 16)),
    ("month only", '<meta property="article:published_time" content="2025-05">', None),
    ("year only", '<meta property="article:published_time" content="2025">', None),
    ("two meanings", '<meta property="article:published_time" content="05/06/2025">', None),
    ("no day", '<meta property="article:published_time" content="2025-02-30">', None),
    ("only changed", '<meta property="article:modified_time" content="2025-05-16">', None),
    (
        "second is valid",
        '<meta name="pubdate" content="soon"><meta name="date" content="2025-05-16">',
        date(2025, 5, 16),
    ),
    ("nothing", "", None),
]


@pytest.mark.parametrize(("head", "expected"), [case[1:] for case in DATES], ids=[case[0] for case in DATES])
def test_published_date(tmp_path: Path, head: str, expected: date | None) -> None:
    body = f"<p>On 3 March 2011 the slip closed.</p>{html_paragraphs(HARBOUR)}"
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    assert only_article(read_content(tmp_path / "a.html", page)).published == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["2025-05-16T10:00"], date(2025, 5, 16)),
        (["2025-05-16T10:00", "2025-05-16T12:00"], date(2025, 5, 16)),
        (["2025-05-16", "2025-05-18"], None),
        (["10:00"], None),
    ],
)
def test_time_elements_count_if_they_agree(tmp_path: Path, times: list[str], expected: date | None) -> None:
    body = "".join(f'<time datetime="{time}">then</time>' for time in times)
    page = f"<html><body>{body}{html_paragraphs(HARBOUR)}</body></html>"
    assert only_article(read_content(tmp_path / "a.html", page)).published == expected


def test_invalid_metadata_is_left_out(tmp_path: Path) -> None:
    page = (
        '<html lang="klingonese"><head><link rel="canonical" href="javascript:x"><meta property="og:title" content="'
        + "t" * 501
        + f'"><meta property="og:site_name" content="&#1; "></head><body>{html_paragraphs(HARBOUR)}</body></html>'
    )
    article = only_article(read_content(tmp_path / "a.html", page))
    assert article.text == "\n".join(HARBOUR)
    assert (article.title, article.url, article.publisher, article.language) == ("", "", "", "")


REJECTED = [
    ("empty", b"", "empty"),
    ("white space", b" \n ", "empty"),
    (
        "only a menu",
        b"<html><body><ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul></body></html>",
        "no body",
    ),
    ("only scripts", b"<html><body><script>var a = 'He said no.';</script></body></html>", "no body found"),
    ("no html", b"just words", "no body found: this is not HTML"),
    ("angle brackets", b"<" * 1000, "no body found"),
    ("unknown charset", b'<meta charset="nonsense"><p>\xc4\xe0</p>', "its encoding nonsense is unknown"),
    ("nul", b"<html><body><p>One.\x00</p></body></html>", "binary: NUL byte at offset 19"),
    ("pdf", b"%PDF-1.4 <html>", "a PDF"),
]


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in REJECTED], ids=[c[0] for c in REJECTED])
def test_rejected_pages(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / "a.html", content))


START = "<html><head><title>x</title></head><body>"
MALICIOUS_PAGES = [
    ("deep nesting", START + "<div>word " * 180_000),
    ("deep inline nesting", START + "<b><i>x" * 10_000),
    ("unclosed list items", START + "<ul><li>x" * 100_000),
    ("entities", '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + START + "<p>&b;&b;</p>" * 100),
    ("character references to nothing", START + "<p>&#xD800; a &#0; b &#xFFFF; &#x110000; text</p>"),
    ("one tag with countless attributes", START + "<p " + " ".join(f"a{n}" for n in range(250_000)) + ">x</p>"),
    ("countless elements", START + "<p>a<br>" * 240_000),
    (
        "broken data",
        START + '<script type="application/ld+json">' + '{"author":"' * 150_000 + "</script><p>Hi there</p>",
    ),
    ("deep data", START + '<script type="application/ld+json">' + "[" * 1_900_000 + "</script><p>Hi there</p>"),
    (
        "data of odd types",
        START + '<script type="application/ld+json">[1, [{"@type": 5}], null]</script><p>Hi</p><p>you</p>',
    ),
    ("unclosed comment", START + "<!--" * 400_000),
    ("unclosed attribute", START + "<p a='" + "x" * 1_900_000),
    ("one word", START + "<p>" + "w" * 1_900_000),
    ("spaces", START + "<p>" + " " * 1_900_000),
    ("many metas", "<html><head>" + '<meta name="author" content="Ann Reed">' * 40_000 + "</head><body><p>Hi<p>you"),
]


@pytest.mark.parametrize("page", [case[1] for case in MALICIOUS_PAGES], ids=[case[0] for case in MALICIOUS_PAGES])
def test_malicious_pages_are_read_or_rejected(tmp_path: Path, page: str) -> None:
    (result,) = read_content(tmp_path / "a.html", page)
    assert result.name == str(tmp_path / "a.html")


CONTROL_REFERENCES = [
    ("&#146;", "’"),
    ("&#x92;", "’"),
    ("&#147;We&#148;", "“We”"),
    ("a&#1;b&#x1F;&#0;", "ab"),
    ("&#xD800;&#xFFFE;a", "a"),
    ("&#8217;&#x2019;&#128512;", "’’😀"),
    ("a&#10;b&#32;c", "a b c"),
]


@pytest.mark.parametrize(("markup", "shown"), CONTROL_REFERENCES)
def test_references_to_control_characters(tmp_path: Path, markup: str, shown: str) -> None:
    body = f"{html_paragraphs(HARBOUR[:1])}<div>He said {markup} <b>to</b> them.<p>Then he left.</p></div>"
    text = only_article(read_content(tmp_path / "a.html", harbour_page(body))).text
    assert f"He said {shown} to them." in text.replace("\n", " ")


STRAY_QUOTES = ['<div class="a" "></div>', "<div class='a' '></div>", '<div title=a"b></div>', '<div "a=b></div>']


@pytest.mark.parametrize("tag", STRAY_QUOTES)
def test_stray_quotes_in_tags(tmp_path: Path, tag: str) -> None:
    paragraphs = "".join(f'<p class="a b c d e f g h {n}">{HARBOUR[0]} {n}</p>' for n in range(400))
    article = only_article(read_content(tmp_path / "a.html", harbour_page(tag + paragraphs)))
    assert article.text.count("\n") == 399


@pytest.mark.parametrize("tag", ['<p ="{}">x</p>', '<p " {}>x</p>', "<p a=b' {}>x</p>", '<p/"/{}>x</p>'])
def test_many_attributes_after_a_stray_quote(tmp_path: Path, tag: str) -> None:
    attributes = " ".join(f"a{n}" for n in range(page_limits.MAX_ATTRIBUTES + 1))
    reason = only_reason(read_content(tmp_path / "a.html", START + tag.replace("{}", attributes)))
    assert "attributes, the limit is 2,000" in reason


def test_limits_of_page_and_text(tmp_path: Path) -> None:
    """A page may be larger than a text: scripts and images are part of it."""
    script = f"<script>var data = '{'x' * 3_000_000}';</script>"
    assert only_article(read_content(tmp_path / "a.html", harbour_page(head=script))).text == "\n".join(HARBOUR)
    reason = only_reason(read_content(tmp_path / "b.html", harbour_page(html_paragraphs(HARBOUR * 4)), limit=1_000))
    assert "over the limit of 1,000" in reason
    reason = only_reason(read_content(tmp_path / "c.html", " " * (page_limits.MAX_PAGE_SIZE + 1)))
    assert "10,000,001 bytes is over the limit of 10,000,000" in reason


def test_exceeded_limits_are_named(tmp_path: Path) -> None:
    attributes = START + "<p " + "a " * (page_limits.MAX_ATTRIBUTES + 1) + ">x</p>"
    assert "a tag has 2,001 attributes" in only_reason(read_content(tmp_path / "a.html", attributes))
    elements = START + "<br>" * page_limits.MAX_ELEMENTS
    assert "elements, the limit is 100,000" in only_reason(read_content(tmp_path / "b.html", elements))


def test_code_and_images_are_not_long_tags(tmp_path: Path) -> None:
    script = "<script>for (i=0; i<n; i++) { " + "a = b ; " * 5000 + "}</script>"
    picture = f'<img src="data:image/svg+xml,{"M 1 2 " * 5000}">'
    article = only_article(
        read_content(tmp_path / "a.html", harbour_page(picture + html_paragraphs(HARBOUR), head=script))
    )
    assert article.text == "\n".join(HARBOUR)


def test_trafilatura_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.extract_metadata", fails)
    assert only_article(read_content(tmp_path / "a.html", harbour_page())).title == "Ferry slip to reopen"
    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    assert "trafilatura failed on this page (RecursionError)" in only_reason(
        read_content(tmp_path / "a.html", harbour_page())
    )


def test_nothing_is_fetched_or_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def connects(*args: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", connects)
    monkeypatch.setattr(socket, "getaddrinfo", connects)
    head = '<link rel="stylesheet" href="https://courier.example/a.css"><base href="https://courier.example/">'
    read_content(tmp_path / "a.html", harbour_page('<img src="https://courier.example/a.png">' + HARBOUR[0], head=head))
    read_content(tmp_path / "b.html", "no html")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").handlers
