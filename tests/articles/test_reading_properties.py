"""Any bytes yield articles and errors, never an exception; a text can be stored in a database."""

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.articles import MAX_FIELD_LENGTHS, Article, ArticleError, read_articles

# Parts of pages and of records; | stands for a space within a part.
MARKUP = """<html>
    <body> <p> </p> <div class=' " ' > <br> <table><tr><td> <!-- --> &# ; </script> <title> <head> <h1> <li>
    <script|type='application/ld+json'> <meta|name=author|content= <meta|charset=koi8-r> <time|datetime= 2025-05-16 //[
    <a|href=/> <link|rel=canonical|href= {"@context":"https://schema.org","@type":"NewsArticle","author":[{"name": }]}
    "articleBody" "datePublished": <svg><math>
    words,|words."""
RECORD = r"""{ } [ ] "text" "html" "authors" "url" "published" : , "words" null 1e999 "\ud800" "\u0000" true "https://a.b"
    "<p>words" "language" "en" - 5"""


def markup_pieces(parts: str) -> st.SearchStrategy[bytes]:
    whole = st.sampled_from([part.replace("|", " ") for part in parts.split()] + ["\n", "\ufeff"])
    return st.lists(st.one_of(whole, st.text(max_size=5))).map(lambda parts: "".join(parts).encode())


def read_and_check(content: bytes, stdin_format: str) -> list[Article]:
    results = list(read_articles(["-"], stdin=io.BytesIO(content), stdin_format=stdin_format, limit=500))
    assert results
    for result in results:
        if isinstance(result, Article):
            assert result.text.strip()
            assert "\x00" not in result.text
            assert len(result.text.encode()) <= 500
            assert all(len(value) <= 500 for value in (result.title, result.publisher, *result.authors))
        else:
            assert isinstance(result, ArticleError)
            assert result.name.startswith("-")
            assert result.reason
    return [result for result in results if isinstance(result, Article)]


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_plain_text_encodes_back_to_the_same_bytes(content: bytes) -> None:
    for article in read_and_check(content, "txt"):
        assert article.text.encode() == content


@settings(deadline=None)
@given(st.sampled_from([b"", b"<html><body>", b"<html><head>"]), st.one_of(st.binary(), markup_pieces(MARKUP)))
def test_pages(start: bytes, content: bytes) -> None:
    read_and_check(start + content, "html")


@settings(deadline=None)
@given(st.one_of(st.binary(), markup_pieces(RECORD)), st.sampled_from(["json", "jsonl"]))
def test_json(content: bytes, stdin_format: str) -> None:
    read_and_check(content, stdin_format)


KEYS = [*MAX_FIELD_LENGTHS, "text", "html", "published", "translated_from", "other"]
VALUES = st.one_of(
    st.text(),
    st.sampled_from(["2025-05-16", "en", "https://example.org", "<p>words</p>", "words"]),
    st.lists(st.text()),
    st.none() | st.booleans() | st.integers() | st.floats() | st.dictionaries(st.text(), st.none()),
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES), st.text(min_size=1))
def test_records(record: dict[str, object], text: str) -> None:
    for article in read_and_check(json.dumps(record | {"text": text}).encode(), "jsonl"):
        assert article.text == text or "html" in record
    read_and_check(json.dumps(record).encode(), "json")


FORMATS = {
    "pdf": (
        b"%PDF-1.7\n",
        "1|0|obj << /Type /Catalog /Pages /Kids [ ] >> endobj stream endstream xref trailer startxref 0",
    ),
    "docx": (b"PK\x03\x04", "PK\x05\x06 word/document.xml [Content_Types].xml <w:p>"),
    "srt": (b"", "1 00:00:01,000|-->|00:00:02,000 words - >> <v|Ann> </v> <i> {\\an8}"),
    "vtt": (b"WEBVTT\n\n", "NOTE STYLE 00:01.000|-->|00:02.000 words <v|Ann> <00:01.000> &amp;"),
    "eml": (
        b"From: a\n",
        "Content-Type: multipart/mixed; boundary=b --b --b-- text/html text/plain charset=koi8-r =?utf-8?q?a?=",
    ),
}


@settings(deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_other_formats(stdin_format: str, data: st.DataObject) -> None:
    start, parts = FORMATS[stdin_format]
    read_and_check(start + data.draw(st.one_of(st.binary(), markup_pieces(parts))), stdin_format)
