"""`extract`: the contract of its output. No test here uses a database, and none may."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT

pytestmark = pytest.mark.sqlite_suffices


def test_json_line(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.txt"
    path.write_text(RIVERS_TEXT)
    ran = shell("extract", "--format", "jsonl", str(path))
    assert (ran.status, ran.err) == (0, "")
    (line,) = ran.out.splitlines()
    document = json.loads(line)
    assert list(document) == ["doc", "language", "quotations"]
    assert (document["doc"], document["language"]) == ("rivers.txt", "en")
    for quotation in document["quotations"]:
        assert list(quotation) == [
            *("kind", "act", "content", "cue", "mention", "mention_kind"),
            *("speaker", "entity", "confidence", "speaker_confidence", "candidates"),
        ]
        assert (quotation["mention_kind"], quotation["entity"]) == ("name", "person")
        assert 0.8 < quotation["speaker_confidence"] < 1
        assert quotation["candidates"] == []
        assert quotation["kind"] in {"direct", "indirect", "mixed"}
        for spans in (quotation["content"], quotation["cue"], quotation["mention"]):
            ends = [end for span in spans for end in span]
            assert all(before <= after for before, after in pairwise(ends))
        assert quotation["content"]
        assert 0 <= quotation["confidence"] <= 1
    assert [
        (each["speaker"], *(RIVERS_TEXT[slice(*each[what][0])] for what in ("content", "cue", "mention")))
        for each in document["quotations"]
    ] == [
        ("Lena Ford", "Rivers are full,", "said", "Lena Ford"),
        ("Tobias Reck", "Roads are dry,", "told", "Tobias Reck"),
        ("Lena Ford", "Bridges will hold.", "added", "Ford"),
    ]


GERMAN = "„Die Flüsse sind voll“, sagte Lena Ford am Montag. Der Damm werde halten, sagte sie."
UKRAINIAN = "«Ми готові до переговорів», — заявив президент Іван Мороз. За його словами, гребля витримає ще рік."
NOT_READ = "not read   -: The language, {}, is not read. Quotes are extracted from English and Russian only."


@pytest.mark.parametrize(("text", "tag", "name"), [(GERMAN, "de", "German"), (UKRAINIAN, "uk", "Ukrainian")])
def test_a_language_that_is_not_read_is_said(text: str, tag: str, name: str, shell: Shell) -> None:
    ran = shell("extract", "--format", "jsonl", "-", stdin=text.encode())
    assert (ran.status, json.loads(ran.out)) == (1, {"doc": "-", "language": tag, "quotations": []})
    assert NOT_READ.format(name) in ran.err
    ran = shell("extract", "-", stdin=text.encode())
    assert (ran.status, ran.out) == (1, "")
    assert NOT_READ.format(name) in ran.err


def test_one_russian_sentence_is_read(shell: Shell) -> None:
    ran = shell("extract", "-", stdin="«Нет», — сказал Сомов.".encode())
    assert (ran.status, ran.err) == (0, "")
    assert "Сомов [direct" in ran.out


def test_an_unknown_language_is_tried(shell: Shell) -> None:
    ran = shell("extract", "--format", "jsonl", "-", stdin=b"Rivers")
    assert (ran.status, json.loads(ran.out)["language"], ran.err) == (0, None, "")


def test_unresolved_speaker_is_null(shell: Shell) -> None:
    ran = shell("extract", "--format", "jsonl", "-", stdin=b'"Rivers are full," she said.')
    (quotation,) = json.loads(ran.out)["quotations"]
    assert quotation["speaker"] is None
    assert quotation["mention"]


@pytest.mark.parametrize(
    "before",
    ["", "\ufeff", "One.\r\n\r\n", "One.\rTwo.\r", "🙂 Ri\u0301vers.\n\n", "Один.\u2028Два.\n\n"],
    ids=["nothing", "byte-order-mark", "crlf", "cr", "emoji-and-combining", "cyrillic-and-line-separator"],
)
def test_offsets_refer_to_the_unchanged_file(shell: Shell, tmp_path: Path, before: str) -> None:
    path = tmp_path / "rivers.txt"
    path.write_bytes((before + RIVERS_TEXT.replace("\n", "\r\n")).encode())
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    ran = shell("extract", "--format", "jsonl", str(path))
    contents = [quotation["content"] for quotation in json.loads(ran.out)["quotations"]]
    assert [text[start:end] for ((start, end),) in contents[-3:]] == [
        "Rivers are full,",
        "Roads are dry,",
        "Bridges will hold.",
    ]


def test_one_line_per_document_in_order(shell: Shell, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(RIVERS_TEXT)
    (tmp_path / "two.jsonl").write_text('{"text": "One."}\n\n{"text": "Two."}\n')
    ran = shell("extract", "--format", "jsonl", *(str(tmp_path / name) for name in ("b.txt", "two.jsonl", "a.txt")))
    assert [json.loads(line)["doc"] for line in ran.out.splitlines()] == [
        "b.txt",
        "two.jsonl:1",
        "two.jsonl:3",
        "a.txt",
    ]


def test_readable_text(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.txt"
    path.write_text('"Rivers\nare full," she said.\n\n' + RIVERS_TEXT)
    ran = shell("extract", str(path))
    first, *rest = ran.out.splitlines()
    assert first == f"{path}: {len(rest)} quotations"
    assert any(
        re.fullmatch(r"  Lena Ford \[direct, 0\.\d\d, speaker 0\.\d\d\]: Rivers are full,", line) for line in rest
    )


def test_readable_text_shows_candidates_with_their_shares(shell: Shell) -> None:
    ran = shell("extract", "-", stdin=b"Ann Moor and Bob Moor spoke at the mill. The roof is new, Moor said.")
    assert "Moor (unresolved) [indirect, 0." in ran.out
    shares = re.search(r", (?:Ann|Bob) Moor (0\.\d\d) or (?:Ann|Bob) Moor (0\.\d\d)\]: ", ran.out)
    assert shares
    assert float(shares[1]) + float(shares[2]) == pytest.approx(1, abs=0.02)


def test_refused_input_is_named_and_others_are_processed(shell: Shell, tmp_path: Path) -> None:
    good, bad = tmp_path / "rivers.txt", tmp_path / "bytes.txt"
    good.write_text(RIVERS_TEXT)
    bad.write_bytes(b"\xff")
    ran = shell("extract", "--format", "jsonl", str(tmp_path / "missing.txt"), str(bad), str(good))
    assert ran.status == 1
    missing, bytes_, last = ran.err.splitlines()
    assert missing == f"refused    {tmp_path / 'missing.txt'}: not found"
    assert bytes_.startswith(f"refused    {bad}: ")
    assert last.endswith("2 inputs refused; the others were processed.")
    assert json.loads(ran.out)["doc"] == "rivers.txt"


def test_unknown_format_is_refused(shell: Shell) -> None:
    assert shell("extract", "--format", "csv", "-").status == 2


def test_readable_text_shows_thoughts_and_denials(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "rivers.txt"
    path.write_text("Lena Ford believes that the dam will hold.\n\nTom Hale did not say that the river is full.\n")
    output = shell("extract", str(path)).out
    assert "Lena Ford [indirect, thought, " in output
    assert "Tom Hale [indirect, not said, " in output
