"""`ingest`: exit status and output; a refused input does not stop the others."""

import datetime as dt
import json
from pathlib import Path

import pytest

from claims.models import Quote, Snapshot, Source
from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT
from tests.table_contents import count_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.txt"
    path.write_text(RIVERS_TEXT)
    return path


def test_article_is_stored(shell: Shell, rivers: Path) -> None:
    ran = shell("ingest", str(rivers))
    source = Source.objects.get()
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"new        {rivers}: 3 quotes (source {source.pk})",
        "Articles: 1 new. New quotes to review: 3.",
    ]


GERMAN = "„Die Flüsse sind voll“, sagte Lena Ford am Montag. Der Damm werde halten, sagte sie."


def test_a_language_that_is_not_read_is_said(shell: Shell, rivers: Path, tmp_path: Path) -> None:
    german = tmp_path / "german.txt"
    german.write_text(GERMAN)
    ran = shell("ingest", str(german), str(rivers))
    assert ran.status == 1
    first, second = Source.objects.order_by("pk")
    assert ran.out.splitlines() == [
        f"new        {german}: stored without quotes (source {first.pk})",
        f"new        {rivers}: 3 quotes (source {second.pk})",
        "Articles: 2 new. Language not read: 1. New quotes to review: 3.",
    ]
    message, error = ran.err.splitlines()
    assert message.startswith(f"not read   {german}: The language, German, as detected in the text, is not read.")
    assert error == "CommandError: 1 of 2 inputs are in a language that is not read."
    ran = shell("ingest", str(german))
    assert (ran.status, "Language not read: 1." in ran.out) == (1, True), "not read the second time either"


def test_a_text_in_another_language_than_stated_is_said(shell: Shell, tmp_path: Path) -> None:
    german = tmp_path / "german.txt"
    german.write_text(GERMAN)
    ran = shell("ingest", "--language", "en", str(german))
    assert ran.status == 0
    assert "stated to be English, but the text seems to be German" in ran.err


def test_ingesting_again_adds_nothing(shell: Shell, rivers: Path) -> None:
    shell("ingest", str(rivers))
    before = count_rows()
    ran = shell("ingest", str(rivers))
    assert ran.status == 0
    assert "nothing added" in ran.out
    assert ran.out.endswith("Articles: 1 unchanged. New quotes to review: 0.\n")
    assert count_rows() == before


def test_the_same_file_twice_in_one_run_is_stored_once(shell: Shell, rivers: Path) -> None:
    ran = shell("ingest", str(rivers), str(rivers))
    assert ran.out.endswith("Articles: 1 new, 1 unchanged. New quotes to review: 3.\n")
    assert Source.objects.count() == 1


def test_options_override_the_input(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.json"
    path.write_text(json.dumps({"text": RIVERS_TEXT, "title": "Its own", "publisher": "Its own", "language": "de"}))
    options = {
        "--title": "Rivers",
        "--url": "https://example.org/rivers",
        "--published": "2025-05-16",
        "--language": "EN",
        "--translated-from": "ru",
        "--translator": "a machine",
    }
    assert shell("ingest", str(path), *[word for pair in options.items() for word in pair]).status == 0
    source = Source.objects.get()
    assert (source.title, source.publisher) == ("Rivers", "Its own")
    assert (source.url, source.published_on) == ("https://example.org/rivers", dt.date(2025, 5, 16))
    assert (source.language, source.translated_from, source.translator) == ("en", "ru", "a machine")


def test_same_url_with_another_text_is_a_change(shell: Shell, rivers: Path) -> None:
    shell("ingest", str(rivers), "--url", "https://example.org/rivers")
    rivers.write_text('"Dams are safe," said Lena Ford.\n\n' + RIVERS_TEXT)
    ran = shell("ingest", str(rivers), "--url", "https://example.org/rivers")
    assert ran.out.endswith("Articles: 1 changed. New quotes to review: 1.\n")
    assert (Source.objects.count(), Snapshot.objects.count()) == (1, 2)


def test_refused_inputs_are_named_and_others_are_stored(shell: Shell, rivers: Path, tmp_path: Path) -> None:
    bytes_, odd, many = tmp_path / "bytes.txt", tmp_path / "rivers.odt", tmp_path / "many.jsonl"
    bytes_.write_bytes(b"Rivers \xff are full.")
    odd.write_text(RIVERS_TEXT)
    lines = [json.dumps({"text": f'"Dams are safe," said Lena Ford on day {day}.'}) for day in range(2)]
    many.write_text("\n".join([lines[0], "{", json.dumps({"text": "Fine.", "title": "T" * 501}), lines[1]]))
    missing = tmp_path / "missing.txt"
    ran = shell("ingest", *map(str, [missing, bytes_, odd, many, rivers]))
    assert ran.status == 1
    *refused, last = ran.err.splitlines()
    assert last.endswith("5 of 8 inputs refused.")
    named = [str(missing), str(bytes_), str(odd), f"{many}:2", f"{many}:3"]
    assert len(refused) == len(named)
    for line, name in zip(refused, named, strict=True):
        assert line.startswith(f"refused    {name}: ")
    assert "Traceback" not in ran.err
    assert ran.out.endswith("Articles: 3 new, 5 refused. New quotes to review: 5.\n")
    assert Source.objects.count() == 3


def test_errors_of_storing_are_reported_alike(shell: Shell, rivers: Path) -> None:
    before = count_rows()
    ran = shell("ingest", str(rivers), "--language", "en", "--translated-from", "en")
    assert ran.status == 1
    assert ran.err.startswith(f"refused    {rivers}: translated_from: ")
    assert count_rows() == before


@pytest.mark.parametrize(
    ("format_", "content", "stored"),
    [
        ("txt", RIVERS_TEXT.encode(), 3),
        ("txt", "\ufeff«Реки полны», — сказала Лена Форд.\r\n".encode() + RIVERS_TEXT.encode(), 3),
        ("json", json.dumps({"text": RIVERS_TEXT}).encode(), 3),
        ("jsonl", json.dumps({"text": RIVERS_TEXT}).encode(), 3),
    ],
    ids=["txt", "byte-order-mark-and-crlf", "json", "jsonl"],
)
def test_standard_input(shell: Shell, format_: str, content: bytes, stored: int) -> None:
    ran = shell("ingest", "-", "--stdin-format", format_, stdin=content)
    assert (ran.status, ran.err) == (0, "")
    assert Quote.objects.count() >= stored
    if format_ == "txt":
        assert Snapshot.objects.get().text == content.decode()


def test_empty_standard_input_is_refused(shell: Shell) -> None:
    ran = shell("ingest", "-")
    assert ran.status == 1
    assert ran.err.startswith("refused    -: ")
    assert ran.out == "Articles: 1 refused. New quotes to review: 0.\n"


@pytest.mark.parametrize(("option", "value"), [("--url", "https://example.org/rivers"), ("--title", "Rivers")])
def test_option_for_a_single_article_refuses_two_files(shell: Shell, rivers: Path, option: str, value: str) -> None:
    before = count_rows()
    ran = shell("ingest", str(rivers), str(rivers), option, value)
    assert ran.status == 1
    assert f"{option} can be given for one article only, not for 2." in ran.err
    assert count_rows() == before


def test_option_for_a_single_article_refuses_the_second_in_a_file(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{RIVERS_TEXT}{number}"}) for number in range(3)))
    ran = shell("ingest", str(path), "--title", "Rivers")
    assert ran.status == 1
    assert Source.objects.get().title == "Rivers"
    assert [line.split(": ")[0] for line in ran.err.splitlines()[:2]] == [f"refused    {path}:{n}" for n in (2, 3)]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--published", "16 May 2025"),
        ("--published", "2025-02-30"),
        ("--language", "the language of birds"),
        ("--translated-from", "?"),
        ("--url", "example.org"),
        ("--title", "T" * 501),
        ("--publisher", "P" * 201),
        ("--stdin-format", "odt"),
    ],
    ids=["day-in-words", "no-such-day", "language", "translated-from", "url", "title", "publisher", "format"],
)
def test_invalid_option_is_refused_before_reading(shell: Shell, rivers: Path, option: str, value: str) -> None:
    before = count_rows()
    ran = shell("ingest", str(rivers), option, value)
    assert ran.status == 2
    assert f"argument {option}: " in ran.err
    assert ran.out == ""
    assert count_rows() == before


def test_missing_input_is_refused(shell: Shell) -> None:
    assert shell("ingest").status == 2


PAGE = (
    f"<html><body><article><h1>Rivers</h1><p>{RIVERS_TEXT}</p><p>The level of the river has risen for three days.</p>"
    "<p class=slide>“The dam will hold until the autumn,” said Lena Ford.</p><p>Then she left the room.</p></article>"
)


def test_warnings_of_the_reader_are_printed_and_stored_with_the_newest_text(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.html"
    path.write_text(PAGE)
    ran = shell("ingest", "--url", "https://e.example/rivers", str(path))
    assert (ran.status, ran.err.splitlines()) == (
        0,
        [
            f"warning    {path}: 2 quotation marks of the page are not in the text.",
            f"warning    {path}: 1 paragraph of the page is not in the text.",
        ],
    )
    source = Source.objects.get()
    assert [warning["code"] for warning in source.warnings] == ["marks-lost", "paragraphs-lost"]
    assert shell("ingest", "--url", "https://e.example/rivers", str(path)).err == ""
    path.write_text(PAGE.replace(" class=slide", ""))
    assert shell("ingest", "--url", "https://e.example/rivers", str(path)).err == ""
    source.refresh_from_db()
    assert source.warnings == []
