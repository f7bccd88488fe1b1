"""`.json` and `.jsonl` files: each record is an article or an error of its own."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from claims.articles import Article, ArticleError
from tests.articles.saved_pages import HARBOUR, harbour_page
from tests.articles.single_article import only_article, only_reason, read_content

FULL = {
    "text": " “One.”\r\n",
    "title": "A\n title",
    "url": "https://example.org/a?b=1#c",
    "publisher": "Izvestia",
    "authors": ["Ann Reed", "Reck, Tobias", "Ann Reed"],
    "published": "2025-05-16T23:30:00-05:00",
    "language": "EN",
    "translated_from": "ru_RU",
    "translator": "T. Orlova",
    "section": {"unknown": ["keys", "are", "passed", "over"]},
}

INVALID_RECORDS = [
    ("number", "5", "not a number"),
    ("null", "null", "not null"),
    ("string", '"text"', "not a string"),
    ("list in a list", "[[]]", "not a list"),
    ("empty list", "[]", "the list has no articles"),
    ("no text", '{"title": "x"}', "empty: it contains no text"),
    ("blank text", '{"text": " \\n\\ufeff"}', "empty: it contains no text"),
    ("null text", '{"text": null}', "empty: it contains no text"),
    ("text is a number", '{"text": 5}', "text must be a string, not a number"),
    ("text is true", '{"text": true}', "text must be a string, not true or false"),
    ("html is a list", '{"html": []}', "html must be a string, not a list"),
    ("title is a list", '{"text": "x", "title": ["y"]}', "title must be a string, not a list"),
    (
        "author without a name",
        '{"text": "x", "authors": [{"nom": "y"}]}',
        "authors must be a string or a list of names",
    ),
    ("authors is a number", '{"text": "x", "authors": 1}', "authors must be a string or a list of names"),
    ("published is true", '{"text": "x", "published": true}', "published must be a string, not true or false"),
    ("published is a small number", '{"text": "x", "published": 2025}', "published must be an ISO date"),
    ("published in words", '{"text": "x", "published": "May 2025"}', "published must be an ISO date"),
    ("language in words", '{"text": "x", "language": "english"}', "language must be a BCP 47 tag"),
    ("translated from", '{"text": "x", "translated_from": "?"}', "translated_from must be a BCP 47 tag"),
    ("relative url", '{"text": "x", "url": "/a"}', "url must be an HTTP or HTTPS URL, not '/a'"),
    ("long title", json.dumps({"text": "x", "title": "t" * 501}), "title is 501 characters, the limit is 500"),
    ("long publisher", json.dumps({"text": "x", "publisher": "t" * 201}), "publisher is 201 characters"),
    ("many authors", json.dumps({"text": "x", "authors": [f"Author {n}" for n in range(60)]}), "authors are"),
    ("lone surrogate", '{"text": "a \\ud800 b"}', "malformed JSON at"),
    ("nul", '{"text": "a\\u0000b"}', "binary: NUL character at offset 1"),
    ("control characters", '{"text": "a\\u0001"}', "control character"),
    ("not a number", '{"text": NaN}', "malformed JSON at"),
    ("endless number", '{"text": ' + "1" * 5000 + "}", "text must be a string, not a number"),
    ("deep nesting", '{"text": ' + "[" * 100_000, "malformed JSON at"),
    ("html without a body", '{"html": "<html><body><nav><a href=/>Home</a></nav></body></html>"}', "no body found"),
]


@pytest.mark.parametrize("extension", ["json", "jsonl"])
@pytest.mark.parametrize(("record", "reason"), [c[1:] for c in INVALID_RECORDS], ids=[c[0] for c in INVALID_RECORDS])
def test_rejected_records(tmp_path: Path, record: str, reason: str, extension: str) -> None:
    assert reason in only_reason(read_content(tmp_path / f"a.{extension}", record))


def test_all_fields(tmp_path: Path) -> None:
    assert only_article(read_content(tmp_path / "a.json", json.dumps(FULL))) == Article(
        name=str(tmp_path / "a.json"),
        text=" “One.”\r\n",
        title="A title",
        url="https://example.org/a?b=1#c",
        publisher="Izvestia",
        authors=("Ann Reed", "Reck, Tobias"),
        published=date(2025, 5, 16),
        published_at=datetime.fromisoformat("2025-05-16T23:30:00-05:00"),
        language="en",
        translated_from="ru-RU",
        translator="T. Orlova",
        reader="json",
        reader_version="2",
    )


def test_null_and_empty_fields(tmp_path: Path) -> None:
    record = dict.fromkeys(FULL, None) | {"text": "One.", "title": "", "url": "", "published": ""}
    assert only_article(read_content(tmp_path / "a.json", json.dumps(record))) == Article(
        name=str(tmp_path / "a.json"), text="One.", reader="json", reader_version="2"
    )


@pytest.mark.parametrize(
    ("authors", "expected"),
    [("Ann Reed", ("Ann Reed",)), ("Reck, Tobias; Ann Reed;", ("Reck, Tobias", "Ann Reed")), ([" "], ()), ("", ())],
)
def test_authors_as_string_or_list(tmp_path: Path, authors: object, expected: tuple[str, ...]) -> None:
    assert (
        only_article(read_content(tmp_path / "a.json", json.dumps({"text": "x", "authors": authors}))).authors
        == expected
    )


def test_fields_of_the_record_take_precedence_over_its_page(tmp_path: Path) -> None:
    record = {"html": harbour_page(), "title": "Stated", "published": "2025-01-02"}
    article = only_article(read_content(tmp_path / "a.json", json.dumps(record)))
    assert HARBOUR[1] in article.text.splitlines()
    assert (article.title, article.published, article.publisher) == ("Stated", date(2025, 1, 2), "Callow Courier")
    assert article.reader == "trafilatura"


@pytest.mark.parametrize("page", ["<p>One.</p>", "<div><p>One.</p></div>", "<!-- a --><article>One.</article>"])
def test_html_may_be_a_fragment(tmp_path: Path, page: str) -> None:
    assert only_article(read_content(tmp_path / "a.json", json.dumps({"html": page}))).text.strip() == "One."


def test_text_takes_precedence_over_html(tmp_path: Path) -> None:
    record = json.dumps({"text": "One.", "html": harbour_page()})
    assert only_article(read_content(tmp_path / "a.json", record)).text == "One."


def test_list_with_invalid_records(tmp_path: Path) -> None:
    good, bad, last = read_content(tmp_path / "a.json", '[{"text": "One."}, {"text": 2}, {"text": "Three."}]')
    assert (good.name, bad.name, last.name) == tuple(f"{tmp_path}/a.json#{n}" for n in (1, 2, 3))
    assert isinstance(bad, ArticleError)
    assert only_article([last]).text == "Three."


def test_malformed_json_is_located(tmp_path: Path) -> None:
    assert "malformed JSON at line 2, column 6" in only_reason(read_content(tmp_path / "a.json", '{"a": 1,\n "b" 2}'))
    assert "malformed JSON at line 1, column 7" in only_reason(read_content(tmp_path / "b.json", '\ufeff{"b" 2}'))


def test_json_lines_with_invalid_lines(tmp_path: Path) -> None:
    lines = [b'\xef\xbb\xbf{"text": "One."}', b'{"text" "Two."}', b"", b'{"text": "\xff"}', b"  ", b'{"text": "Six."}']
    results = read_content(tmp_path / "a.jsonl", b"\r\n".join(lines))
    assert [(result.name.rpartition(":")[2], type(result).__name__) for result in results] == [
        ("1", "Article"),
        ("2", "ArticleError"),
        ("4", "ArticleError"),
        ("6", "Article"),
    ]
    assert "malformed JSON at column 9" in only_reason([results[1]])
    assert "not UTF-8: byte 0xff at offset 10" in only_reason([results[2]])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("over", [0, 1, 2, 3, 500])
def test_size_limit_applies_to_a_line(tmp_path: Path, over: int, newline: str) -> None:
    short = '{"text": "One."}'
    long = json.dumps({"text": "x" * (100 - len('{"text": ""}') + over)})
    lines = [short, long, short, long]
    results = read_content(tmp_path / "a.jsonl", newline.join(lines), limit=100)
    assert [result.name.rpartition(":")[2] for result in results] == ["1", "2", "3", "4"]
    rejected = [isinstance(result, ArticleError) for result in results]
    assert rejected == [False, over > 0, False, over > 0]


@pytest.mark.parametrize("content", ["", "\n\n", " \r\n\ufeff"], ids=["nothing", "newlines", "white space"])
@pytest.mark.parametrize("extension", ["json", "jsonl", "ndjson"])
def test_empty_files(tmp_path: Path, content: str, extension: str) -> None:
    assert only_reason(read_content(tmp_path / f"a.{extension}", content)) == "empty: it contains no JSON"


def test_json_file_over_the_limit(tmp_path: Path) -> None:
    assert "is over the limit of 20" in only_reason(
        read_content(tmp_path / "a.json", '{"text": "0123456789"}', limit=20)
    )
