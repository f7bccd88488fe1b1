"""`ingest`: exit status, what is told where, and that one bad input stops none of the others."""

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
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    path = tmp_path / "rivers.txt"
    path.write_text(RIVERS_TEXT)
    return path


def test_an_article_goes_in(shell: Shell, rivers: Path) -> None:
    ran = shell("ingest", str(rivers))
    source = Source.objects.get()
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"new        {rivers}: 3 quotes (source {source.pk})",
        "Articles: 1 new. Quotes added, pending: 3.",
    ]


def test_again_nothing_is_added_and_it_says_so(shell: Shell, rivers: Path) -> None:
    shell("ingest", str(rivers))
    before = count_rows()
    ran = shell("ingest", str(rivers))
    assert ran.status == 0
    assert "nothing added" in ran.out
    assert ran.out.endswith("Articles: 1 unchanged. Quotes added, pending: 0.\n")
    assert count_rows() == before


def test_the_same_file_twice_in_one_run_is_stored_once(shell: Shell, rivers: Path) -> None:
    ran = shell("ingest", str(rivers), str(rivers))
    assert ran.out.endswith("Articles: 1 new, 1 unchanged. Quotes added, pending: 3.\n")
    assert Source.objects.count() == 1


def test_what_is_given_is_stored_and_wins_over_what_the_input_says(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.json"
    path.write_text(json.dumps({"text": RIVERS_TEXT, "title": "Its own", "publisher": "Its own", "language": "de"}))
    given = {
        "--title": "Rivers",
        "--url": "https://example.org/rivers",
        "--published": "2025-05-16",
        "--language": "EN",
        "--translated-from": "ru",
        "--translator": "a machine",
    }
    assert shell("ingest", str(path), *[word for pair in given.items() for word in pair]).status == 0
    source = Source.objects.get()
    assert (source.title, source.publisher) == ("Rivers", "Its own")
    assert (source.url, source.published_on) == ("https://example.org/rivers", dt.date(2025, 5, 16))
    assert (source.language, source.translated_from, source.translator) == ("en", "ru", "a machine")


def test_the_same_address_with_another_text_is_a_change(shell: Shell, rivers: Path) -> None:
    shell("ingest", str(rivers), "--url", "https://example.org/rivers")
    rivers.write_text('"Dams are safe," said Lena Ford.\n\n' + RIVERS_TEXT)
    ran = shell("ingest", str(rivers), "--url", "https://example.org/rivers")
    assert ran.out.endswith("Articles: 1 changed. Quotes added, pending: 1.\n")
    assert (Source.objects.count(), Snapshot.objects.count()) == (1, 2)


def test_a_bad_input_is_named_and_the_others_are_done(shell: Shell, rivers: Path, tmp_path: Path) -> None:
    bytes_, odd, many = tmp_path / "bytes.txt", tmp_path / "rivers.docx", tmp_path / "many.jsonl"
    bytes_.write_bytes(b"Rivers \xff are full.")
    odd.write_text(RIVERS_TEXT)
    lines = [json.dumps({"text": f'"Dams are safe," said Lena Ford on day {day}.'}) for day in range(2)]
    many.write_text("\n".join([lines[0], "{", json.dumps({"text": "Fine.", "title": "T" * 501}), lines[1]]))
    missing = tmp_path / "missing.txt"
    ran = shell("ingest", *map(str, [missing, bytes_, odd, many, rivers]))
    assert ran.status == 1
    *refused, last = ran.err.splitlines()
    assert last.endswith("5 of 8 inputs refused; the others are stored.")
    named = [str(missing), str(bytes_), str(odd), f"{many}:2", f"{many}:3"]
    assert len(refused) == len(named)
    for line, name in zip(refused, named, strict=True):
        assert line.startswith(f"refused    {name}: ")
    assert "Traceback" not in ran.err
    assert ran.out.endswith("Articles: 3 new, 5 refused. Quotes added, pending: 5.\n")
    assert Source.objects.count() == 3


def test_what_only_storing_refuses_is_told_alike(shell: Shell, rivers: Path) -> None:
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
    assert ran.out == "Articles: 1 refused. Quotes added, pending: 0.\n"


@pytest.mark.parametrize(("option", "value"), [("--url", "https://example.org/rivers"), ("--title", "Rivers")])
def test_what_is_of_one_article_is_not_given_to_two(shell: Shell, rivers: Path, option: str, value: str) -> None:
    before = count_rows()
    ran = shell("ingest", str(rivers), str(rivers), option, value)
    assert ran.status == 1
    assert f"{option} can only be given for one article, not for 2." in ran.err
    assert count_rows() == before


def test_nor_to_a_second_article_of_one_file(shell: Shell, tmp_path: Path) -> None:
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
        ("--stdin-format", "docx"),
    ],
    ids=["day-in-words", "no-such-day", "language", "translated-from", "url", "title", "publisher", "format"],
)
def test_a_bad_option_is_refused_before_anything_is_read(shell: Shell, rivers: Path, option: str, value: str) -> None:
    before = count_rows()
    ran = shell("ingest", str(rivers), option, value)
    assert ran.status == 2
    assert f"argument {option}: " in ran.err
    assert ran.out == ""
    assert count_rows() == before


def test_no_input_is_refused(shell: Shell) -> None:
    assert shell("ingest").status == 2
