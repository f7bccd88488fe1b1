"""`evaluate`: its tables, warnings and errors. No test here uses a database, and none may."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from claims.extraction import Extractor, Kind, Quotation, Span, Unresolved
from claims.extraction.corpus import AnnotatedText
from claims.management.commands import evaluate
from tests.commands.shell import Shell
from tests.extraction.corpus.brat_files import brat_annotations, locate_parts, write_annotated_text

RIVERS = "Ann Moor said rivers are full."
ROADS = "Bob Lee said roads are dry."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write_annotated_text(folder, "rivers", RIVERS, brat_annotations(RIVERS, [("Ann Moor", "said", "rivers are full")]))
    write_annotated_text(folder, "roads", ROADS, brat_annotations(ROADS, [("Bob Lee", "said", "roads are dry")]))
    return folder


EXTRACTED = {RIVERS: ("Ann Moor", "said", "rivers are"), ROADS: ("", "said", "roads are dry")}


@pytest.fixture(autouse=True)
def extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces extraction by a fake that misses a word about the rivers, and the speaker about the roads."""

    def extract_ahead(
        texts: Iterable[tuple[AnnotatedText, str, str]],
    ) -> Iterator[tuple[AnnotatedText, list[Quotation]]]:
        for annotated, text, _ in texts:
            mention, cue, content = (
                tuple(Span(*span) for span in locate_parts(text, words)) for words in EXTRACTED[text]
            )
            extractor = Extractor("mills", "7")
            yield (
                annotated,
                [Quotation(Kind.INDIRECT, content, cue, mention, None, None, Unresolved(), 0.85, extractor=extractor)],
            )

    monkeypatch.setattr(evaluate, "extract_ahead", extract_ahead)


def parse_table(output: str) -> dict[str, list[str]]:
    """Returns the cells of each row by the row's name; the first of rows with the same name."""
    rows: dict[str, list[str]] = {}
    for line in output.splitlines():
        name, *cells = re.split(r" {2,}|(?<=\d) +(?=\d)", line.strip())
        rows.setdefault(name, cells)
    return rows


def test_text_in_a_language_that_is_not_read(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Die Ministerin Anna Moor sagte, die Flüsse seien voll und der Damm werde noch ein Jahr halten."
    monkeypatch.setitem(EXTRACTED, text, ("Anna Moor", "sagte", "die Flüsse seien voll"))
    write_annotated_text(
        tmp_path, "fluss", text, brat_annotations(text, [("Anna Moor", "sagte", "die Flüsse seien voll")])
    )
    ran = shell("evaluate", str(tmp_path))
    assert (ran.status, ran.err.strip()) == (0, f"{tmp_path}: fluss: its language seems to be none that is read")


def test_scores_and_reliability(shell: Shell, corpus: Path) -> None:
    ran = shell("evaluate", str(corpus))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("2 texts, 2 annotated quotations\n\n")
    table = parse_table(ran.out)
    assert table["mills 7"] == []
    assert table["exact"] == ["50.0", "50.0", "50.0", "1/2/2"]
    assert table["overlap"] == ["100.0", "83.3", "90.9", "5/5/6"]
    assert table["0.8 to 0.9"] == ["85.0", "50.0", "2"]


def test_resolved_speakers_where_the_corpus_names_them(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    assert "resolved speakers" not in shell("evaluate", str(corpus)).out
    line = {"doc": "rivers", "content": locate_parts(RIVERS, "rivers are full"), "source": [[0, 8]]}
    path = tmp_path / "speakers.jsonl"
    path.write_text(json.dumps({**line, "speaker": "Ann Moor", "kind": "person", "mention": "name"}))
    ran = shell("evaluate", str(corpus), "--speakers", str(path))
    assert (ran.status, ran.err) == (0, "")
    table = parse_table(ran.out)
    assert table["by name"] == ["0.0", "0.0", "0/0/1/0"]
    assert "mills 7, by confidence of the speaker" in ran.out


def test_other_system_has_its_own_columns(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    quote = {"content": locate_parts(ROADS, "roads are dry"), "speaker": locate_parts(ROADS, "Lee"), "cue": None}
    path.write_text(json.dumps({"doc": "roads", "quotes": [quote]}) + '\n{"doc": "rivers", "quotes": []}\n')
    ran = shell("evaluate", str(corpus), "--against", str(path))
    assert (ran.status, ran.err) == (0, "")
    table = parse_table(ran.out)
    assert table["mills 7"] == ["other.jsonl"]
    assert table["exact"] == ["50.0", "50.0", "50.0", "1/2/2", "100.0", "50.0", "66.7", "1/1/2"]


def test_output_of_extract_can_be_compared(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    printed = shell("extract", "--format", "jsonl", *map(str, sorted((corpus / "text").iterdir()))).out
    (tmp_path / "own.jsonl").write_text(printed)
    ran = shell("evaluate", str(corpus), "--against", str(tmp_path / "own.jsonl"))
    assert (ran.status, ran.err) == (0, "")
    assert parse_table(ran.out)["exact"][-1] == "2/2/2"


def test_documents_of_one_side_alone_are_named(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"doc": "rivers", "quotes": []}\n{"doc": "mills", "quotes": []}\n')
    ran = shell("evaluate", str(corpus), "--against", str(path))
    assert ran.status == 0
    assert ran.err.splitlines() == [
        f"{path}: mills: not in the corpus, ignored",
        f"{path}: roads: no predictions in the file, counted as none",
    ]
    assert parse_table(ran.out)["exact"][-1] == "0/0/2"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ('{"doc": "rivers", "quotes": []}\n{"doc"', "other.jsonl:2: "),
        ('{"doc": "rivers", "quotes": [{"content": [[0, 99]]}]}', "other.jsonl:1: [0, 99] is outside the text of 30"),
    ],
    ids=["no JSON", "a span outside"],
)
def test_invalid_prediction_is_named_by_file_and_line(
    shell: Shell, corpus: Path, tmp_path: Path, content: str, wrong: str
) -> None:
    (tmp_path / "other.jsonl").write_text(content)
    ran = shell("evaluate", str(corpus), "--against", str(tmp_path / "other.jsonl"))
    assert (ran.status, ran.out) == (1, "")
    assert wrong in ran.err


def test_missing_inputs_are_named(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    for arguments, wrong in (
        ([str(tmp_path / "nowhere")], f"{tmp_path / 'nowhere'}: not found"),
        ([str(corpus), "--against", str(tmp_path / "no.jsonl")], f"{tmp_path / 'no.jsonl'}: No such file or directory"),
    ):
        ran = shell("evaluate", *arguments)
        assert (ran.status, ran.out) == (1, "")
        assert wrong in ran.err


def test_invalid_annotation_is_named(shell: Shell, corpus: Path) -> None:
    write_annotated_text(corpus, "roads", ROADS, "T1\tSource x y\tBob Lee\n")
    ran = shell("evaluate", str(corpus))
    assert (ran.status, ran.out) == (1, "")
    assert "roads_4b22.ann: " in ran.err


def test_progress(shell: Shell, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "PROGRESS_INTERVAL", 1)
    assert shell("evaluate", str(corpus)).err.splitlines() == ["1 texts", "2 texts"]
