"""Records as exporters write them: their names are known, and what is not is named."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from claims.articles import Article
from claims.articles.article import WarningCode
from tests.articles.single_article import only_article, only_reason, read_content

WORDS = "“We have it,” Lena Ford said on Monday."
MARKUP = f"<p>{WORDS}</p><p>The ferry will be back by June.</p>"
DAY = date(2026, 3, 2)

EXPORTED = [
    (
        "trafilatura",
        {"title": "Ferry", "author": "Ann Bee; Bob Cee", "date": "2026-03-02", "source": "https://e.example/t",
         "source-hostname": "Coast Herald", "hostname": "e.example", "id": "3f", "raw_text": "raw", "text": WORDS,
         "language": "en", "excerpt": "short", "categories": ""},
    ),
    (
        "news-please",
        {"title": "Ferry", "authors": ["Ann Bee", "Bob Cee"], "date_publish": "2026-03-02 10:00:00",
         "date_download": "x", "url": "https://e.example/t", "source_domain": "e.example", "maintext": WORDS,
         "language": "en", "sitename": "Coast Herald", "date_modify": None},
    ),
    (
        "newspaper",
        {"title": "Ferry", "authors": ["Ann Bee", "Bob Cee"], "publish_date": "2026-03-02T10:00:00", "text": WORDS,
         "url": "https://e.example/t", "source_url": "https://e.example", "site_name": "Coast Herald",
         "meta_lang": "en"},
    ),
    (
        "Readability",
        {"title": "Ferry", "byline": "By Ann Bee and Bob Cee", "lang": "en", "content": MARKUP, "textContent": "torn",
         "siteName": "Coast Herald", "publishedTime": "2026-03-02T10:00:00Z", "url": "https://e.example/t"},
    ),
    (
        "ninjs",
        {"uri": "https://e.example/t", "type": "text", "headline": "Ferry", "byline": "By Ann Bee and Bob Cee",
         "firstcreated": "2026-03-02T10:00:00Z", "versioncreated": "2026-03-04T10:00:00Z", "body_xhtml": MARKUP,
         "language": "en", "provider": "Coast Herald", "pubstatus": "usable"},
    ),
    (
        "ninjs 3",
        {"uri": "https://e.example/t",
         "headlines": [{"role": "short", "value": "F"}, {"role": "main", "value": "Ferry"}],
         "bodies": [{"role": "main", "contenttype": "text/html", "value": MARKUP}], "by": "Ann Bee; Bob Cee",
         "contentcreated": "2026-03-02T10:00:00Z", "language": "en", "infosource": {"name": "Coast Herald"}},
    ),
    (
        "schema.org",
        {"@type": "NewsArticle", "headline": "Ferry", "articleBody": WORDS, "datePublished": "2026-03-02",
         "author": [{"name": "Ann Bee"}, {"name": "Bob Cee"}], "publisher": {"name": "Coast Herald"},
         "inLanguage": "en", "url": "https://e.example/t"},
    ),
    (
        "WordPress",
        {"id": 5, "date": "2026-03-02T23:30:00", "date_gmt": "2026-03-03T04:30:00", "link": "https://e.example/t",
         "title": {"rendered": "<i>Ferry</i>"}, "content": {"rendered": MARKUP}, "author": 7, "lang": "en",
         "sitename": "Coast Herald", "authors": ["Ann Bee", "Bob Cee"]},
    ),
    (
        "Diffbot",
        {"title": "Ferry", "text": WORDS, "author": "Ann Bee and Bob Cee", "date": "Mon, 02 Mar 2026 10:00:00 GMT",
         "siteName": "Coast Herald", "pageUrl": "https://e.example/t", "humanLanguage": "en"},
    ),
    (
        "search index",
        {"_index": "news", "_source": {"title": "Ferry", "text": WORDS, "authors": ["Ann Bee", "Bob Cee"], "lang": "en",
         "published": 1772445600, "url": "https://e.example/t", "publisher": "Coast Herald"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize("record", [case[1] for case in EXPORTED], ids=[case[0] for case in EXPORTED])
@pytest.mark.parametrize("extension", ["json", "jsonl"])
def test_records_of_exporters(tmp_path: Path, record: dict[str, object], extension: str) -> None:
    article = only_article(read_content(tmp_path / f"a.{extension}", json.dumps(record)))
    assert article.text.splitlines()[0] == WORDS
    assert (article.title, article.url, article.publisher) == ("Ferry", "https://e.example/t", "Coast Herald")
    assert (article.authors, article.published, article.language) == (("Ann Bee", "Bob Cee"), DAY, "en")
    assert {warning.code for warning in article.warnings} <= {WarningCode.SHORT_TEXT}


LISTS = [
    ("articles", {"status": "ok", "totalResults": 2, "articles": "RECORDS"}),
    ("JSON Feed", {"version": "https://jsonfeed.org/version/1.1", "title": "Coast Herald", "items": "RECORDS"}),
    ("results in articles", {"articles": {"page": 1, "results": "RECORDS"}}),
    ("results in a response", {"response": {"status": "ok", "results": "RECORDS"}}),
    ("hits", {"took": 3, "hits": {"hits": "RECORDS"}}),
    ("channel", {"rss": {"channel": {"title": "x", "item": "RECORDS"}}}),
    ("list", "RECORDS"),
]


@pytest.mark.parametrize("outer", [case[1] for case in LISTS], ids=[case[0] for case in LISTS])
def test_lists_of_records(tmp_path: Path, outer: object) -> None:
    records = json.dumps([{"content_text": "One."}, {"content_html": MARKUP}])
    first, second = read_content(tmp_path / "a.json", json.dumps(outer).replace('"RECORDS"', records))
    assert (first.name, second.name) == (f"{tmp_path}/a.json#1", f"{tmp_path}/a.json#2")
    assert (only_article([first]).text, only_article([second]).text.splitlines()[0]) == ("One.", WORDS)


def test_feed_states_what_its_items_do_not(tmp_path: Path) -> None:
    items = [{"content_text": "One."}, {"content_text": "Two.", "language": "fr", "authors": [{"name": "Bob Cee"}]}]
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Coast Herald", "language": "en", "items": items}
    first, second = read_content(tmp_path / "a.json", json.dumps(feed | {"authors": [{"name": "Ann Bee"}]}))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.publisher, first.language, first.authors) == ("Coast Herald", "en", ("Ann Bee",))
    assert (second.publisher, second.language, second.authors) == ("Coast Herald", "fr", ("Bob Cee",))


def test_list_in_a_line(tmp_path: Path) -> None:
    lines = '{"articles": [{"text": "One."}, {"text": "Two."}]}\n{"text": "Three."}'
    assert [(result.name.rpartition(":")[2], only_article([result]).text) for result in read_content(
        tmp_path / "a.jsonl", lines
    )] == [("1#1", "One."), ("1#2", "Two."), ("2", "Three.")]  # fmt: skip


REFUSED = [
    (
        "unknown names",
        {"headline": "Ferry", "story": WORDS},
        "Its keys: headline, story. Keys with a text: text, html, maint",
    ),
    ("no names", {}, "Its keys: none"),
    ("only a summary", {"title": "Ferry", "summary": WORDS}, "Its keys: title, summary"),
    ("text of another type", {"maintext": 5}, "empty: it contains no text. Its keys: maintext"),
    ("empty list", {"articles": []}, "empty: the list has no articles"),
    ("list of words", {"articles": ["One."]}, "Its keys: articles"),
    ("RTF", {"text": r"{\rtf1\ansi We will come.\par }"}, "not plain text: this is an RTF document"),
]


@pytest.mark.parametrize(("record", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(tmp_path: Path, record: dict[str, object], reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / "a.json", json.dumps(record)))


LEFT_OUT = [
    ("date", {"date_publish": "None"}, "date_publish was left out: 'None' is no date"),
    ("two meanings", {"pubDate": "05/06/2025"}, "pubDate was left out"),
    ("language", {"lang": "english"}, "lang was left out: language must be a BCP 47 tag"),
    ("future", {"published": "2099-01-01"}, "2099-01-01, is in the future. It was left out."),
]


@pytest.mark.parametrize(("fields", "message"), [case[1:] for case in LEFT_OUT], ids=[case[0] for case in LEFT_OUT])
def test_values_left_out_with_a_warning(tmp_path: Path, fields: dict[str, object], message: str) -> None:
    article = only_article(read_content(tmp_path / "a.json", json.dumps({"text": WORDS} | fields)))
    assert (article.published, article.language) == (None, "")
    assert [message in warning.message for warning in article.warnings] == [True]


def test_addresses_and_names_in_one_key(tmp_path: Path) -> None:
    for source, expected in (
        ("https://e.example/t", ("https://e.example/t", "")),
        ("Coast Herald", ("", "Coast Herald")),
        ({"id": "ch", "name": "Coast Herald"}, ("", "Coast Herald")),
        (5, ("", "")),
    ):
        article = only_article(read_content(tmp_path / "a.json", json.dumps({"text": WORDS, "source": source})))
        assert (article.url, article.publisher) == expected


def test_text_that_the_exporter_cut_off(tmp_path: Path) -> None:
    article = only_article(read_content(tmp_path / "a.json", json.dumps({"content": f"{WORDS}… [+1480 chars]"})))
    assert [warning.code for warning in article.warnings] == [WarningCode.TEXT_CUT_OFF]


@pytest.mark.parametrize("number", ["9" * 400, "-1e999", "9" * 5000, "1" + "0" * 100])
@pytest.mark.parametrize("extension", ["json", "jsonl"])
def test_huge_numbers_under_other_keys(tmp_path: Path, number: str, extension: str) -> None:
    article = only_article(
        read_content(tmp_path / f"a.{extension}", f'{{"text": "One.", "id": {number}, "date": {number}}}')
    )
    assert (article.text, article.published) == ("One.", None)


def test_moment_of_publication(tmp_path: Path) -> None:
    record = {"text": WORDS, "published": "2026-03-02T23:30:00-05:00"}
    article = only_article(read_content(tmp_path / "a.json", json.dumps(record)))
    assert (article.published, article.published_at) == (DAY, datetime.fromisoformat("2026-03-02T23:30:00-05:00"))
