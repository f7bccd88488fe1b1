"""Brat standoff: both layouts, the output of annotation tools, and errors."""

from pathlib import Path

import pytest

from claims.extraction import EntityKind, MentionKind, Span
from claims.extraction.corpus import AnnotatedSpeaker, AnnotatedText, Attribution, CorpusError, read_corpus
from claims.extraction.corpus.speakers import read_speakers
from tests.extraction.corpus.brat_files import brat_annotations, write_annotated_text

TEXT = "Ann Moor said rivers are full."
SOURCE, CUE, CONTENT = (0, 8), (9, 13), (14, 29)
FOUND = Attribution((Span(*SOURCE),), (Span(*CUE),), (Span(*CONTENT),))
LINES = [
    "T1\tSource 0 8\tAnn Moor",
    "T2\tCue 9 13\tsaid",
    "T3\tContent 14 29\trivers are full",
    "T4\tAttribution 9 13\tsaid",
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
]


def read_annotated(folder: Path, annotations: str, text: str = TEXT) -> AnnotatedText:
    write_annotated_text(folder, "mill", text, annotations)
    (annotated,) = read_corpus(folder)
    return annotated


def test_polnear_layout(tmp_path: Path) -> None:
    assert read_annotated(tmp_path, "\n".join(LINES)) == AnnotatedText("mill", TEXT, (FOUND,))


def test_brat_layout(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(TEXT)
    (tmp_path / "mill.ann").write_text("\n".join(LINES))
    assert list(read_corpus(tmp_path)) == [AnnotatedText("mill", TEXT, (FOUND,))]


def test_written_annotations_are_read_back(tmp_path: Path) -> None:
    assert read_annotated(tmp_path, brat_annotations(TEXT, [("Ann Moor", "said", "rivers are full")])).attributions == (
        FOUND,
    )


@pytest.mark.parametrize(
    "annotations",
    [
        "\r\n".join(LINES) + "\r\n",
        "\ufeff" + "\n".join(LINES),
        "\n\n".join(LINES),
        "\n".join(reversed(LINES)),
        "\n".join([*LINES, "#1\tAnnotatorNotes E1\tE9\tAttribution:T9", "A1\tNested E1", "R1\tSame Arg1:T1 Arg2:T2"]),
        "\n".join([*LINES, "*\tEquiv T1 T2", "N1\tReference T1 Wikidata:Q1\tAnn Moor", "M1\tNested E1"]),
        "\n".join([*LINES, "T5\tDiscuss 0 8\tAnn Moor", "T6\tVisit 0 3\tAnn", "E2\tVisit:T6 Source:T1 Content:T3"]),
        "\n".join([LINES[0] + "\nThe rest\tof it\nE", *LINES[1:]]),
        "\n".join([LINES[0] + "\u2028E7\tAttribution:T4 Source:T99", *LINES[1:]]),
        "\n".join([*LINES[:4], "E1\tAttribution2:T4 Source1:T1 Cue3:T2 Content2:T3"]),
        "\n".join([*LINES, "E2\t"]),
    ],
    ids=[
        "crlf",
        "byte order mark",
        "empty lines",
        "events before their texts",
        "notes, attributes, relations",
        "equivalences, references, modifications",
        "other events",
        "an annotated line break",
        "a line separator in an annotated text",
        "numbered roles",
        "an event that is nothing",
    ],
)
def test_equivalent_annotations(tmp_path: Path, annotations: str) -> None:
    assert read_annotated(tmp_path, annotations).attributions == (FOUND,)


def test_missing_parts_are_empty(tmp_path: Path) -> None:
    lines = [*LINES[1:4], "E1\tAttribution-no-source:T4 Content:T3 Cue:T2", "E2\tAttribution:T4"]
    assert read_annotated(tmp_path, "\n".join(lines)).attributions == (
        Attribution((), FOUND.cue, FOUND.content),
        Attribution((), (), ()),
    )


def test_parts_are_sorted(tmp_path: Path) -> None:
    lines = ["T1\tContent 21 24;14 20\t", "T2\tContent 25 29\tfull", "E1\tAttribution:T1 Content2:T2 Content:T1"]
    (attribution,) = read_annotated(tmp_path, "\n".join(lines)).attributions
    assert attribution.content == ((14, 20), (21, 24), (25, 29))


@pytest.mark.parametrize("before", ["\ufeff", "\r\n", "🙂 e\u0301 "], ids=["mark", "crlf", "beyond ASCII"])
def test_offsets_count_line_breaks_and_byte_order_mark(tmp_path: Path, before: str) -> None:
    text = before + TEXT
    annotated = read_annotated(tmp_path, brat_annotations(text, [("Ann Moor", "said", "rivers are full")]), text)
    assert annotated.text == text
    (attribution,) = annotated.attributions
    assert [span.of(text) for span in attribution.source] == ["Ann Moor"]


def test_first_of_several_annotators_is_used(tmp_path: Path) -> None:
    write_annotated_text(tmp_path, "mill", TEXT, "\n".join(LINES), annotator="6b86")
    write_annotated_text(tmp_path, "mill", TEXT, "", annotator="4b22")
    write_annotated_text(tmp_path, "mill_two", TEXT, "\n".join(LINES), annotator="4b22")
    assert [(text.name, len(text.attributions)) for text in read_corpus(tmp_path)] == [("mill", 0), ("mill_two", 1)]


def test_annotations_named_like_the_text_take_precedence(tmp_path: Path) -> None:
    write_annotated_text(tmp_path, "mill", TEXT, "")
    (tmp_path / "attributions" / "mill.ann").write_text("\n".join(LINES))
    assert [text.attributions for text in read_corpus(tmp_path)] == [(FOUND,)]


def test_text_name_can_end_like_an_annotator_id(tmp_path: Path) -> None:
    write_annotated_text(tmp_path, "mill_beef", TEXT, "\n".join(LINES))
    (tmp_path / "attributions" / "mill_beef_4b22.ann").rename(tmp_path / "attributions" / "mill_beef.ann")
    assert [text.attributions for text in read_corpus(tmp_path)] == [(FOUND,)]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("T9\tSource 0\tAnn", "does not give a span as START END"),
        ("T9\tSource\tAnn", "does not give a span as START END"),
        ("T9\tSource 0 x\tAnn", "does not give a span as START END"),
        ("T9\tSource -3 2\tAnn", "does not give a span as START END"),
        ("T9\tSource 0 ٣\tAnn", "does not give a span as START END"),
        ("T9\tSource 0 3;\tAnn", "does not give a span as START END"),
        ("T9\tSource 0 " + "9" * 5000, "does not give a span as START END"),
        ("T9\tSource 0 31\tAnn", "outside the text of 30 characters"),
        ("T9\tSource 3 3\t", "empty or outside"),
        ("T9\tSource 8 3\t", "empty or outside"),
        ("E9\tAttribution:T4 Source:T77", "Source:T77 in 'Attribution:T4 Source:T77' refers to no annotated text"),
        ("E9\tAttribution:T4 Source", "refers to no annotated text"),
        ("#9\tAnnotatorNotes E1\tspeaker: Ann; kind: ghost; mention: name", "'ghost' is not a valid EntityKind"),
        ("#9\tAnnotatorNotes E1\tspeaker: Ann; kind: person; mention: nod", "'nod' is not a valid MentionKind"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_parse_errors_name_the_line(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(CorpusError, match=r"mill_4b22\.ann: ") as raised:
        read_annotated(tmp_path, "\n".join([*LINES, line]))
    assert wrong in str(raised.value)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere: not found"):
        list(read_corpus(tmp_path / "nowhere"))


def test_file_instead_of_folder(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(TEXT)
    with pytest.raises(CorpusError, match=r"mill\.txt: not a folder"):
        list(read_corpus(tmp_path / "mill.txt"))


def test_folder_without_texts(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.txt file"):
        list(read_corpus(tmp_path))


def test_text_without_annotations(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text(TEXT)
    with pytest.raises(CorpusError, match=r"mill\.txt: no annotations for it; expected mill\.ann"):
        list(read_corpus(tmp_path))


@pytest.mark.parametrize("file", ["text/mill.txt", "attributions/mill_4b22.ann"])
def test_file_that_is_not_utf8(tmp_path: Path, file: str) -> None:
    write_annotated_text(tmp_path, "mill", TEXT, "\n".join(LINES))
    (tmp_path / file).write_bytes(b"\xff")
    with pytest.raises(CorpusError, match=f"{file}: .*utf-8"):
        list(read_corpus(tmp_path))


def test_folder_named_like_a_text(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").mkdir()
    (tmp_path / "mill.ann").write_text("")
    with pytest.raises(CorpusError, match=r"mill\.txt: Is a directory$"):
        list(read_corpus(tmp_path))


def test_note_says_who_the_speaker_is(tmp_path: Path) -> None:
    notes = [
        "#1\tAnnotatorNotes E1\tspeaker: Ann; Moor; kind: person; mention: name",
        "#2\tAnnotatorNotes E2\tlooks odd",
        "#3\tAnnotatorNotes E3\tspeaker: a reader; kind: unnamed; mention: none",
    ]
    events = [f"E{number}\tAttribution:T4 Content:T3" for number in (2, 3)]
    attributions = read_annotated(tmp_path, "\n".join([*notes, *LINES, *events])).attributions
    assert [attribution.speaker for attribution in attributions] == [
        AnnotatedSpeaker("Ann; Moor", EntityKind.PERSON, MentionKind.NAME),
        None,
        AnnotatedSpeaker("a reader", EntityKind.UNNAMED, None),
    ]


SPEAKER_LINE = (
    '{"doc": "mill", "content": [[14, 29]], "source": [[0, 8]], "speaker": "Ann Moor", "kind": "person", '
    '"mention": "name"}'
)


def test_file_of_speakers(tmp_path: Path) -> None:
    write_annotated_text(tmp_path, "mill", TEXT, "\n".join(LINES))
    path = tmp_path / "speakers.jsonl"
    path.write_text(SPEAKER_LINE + "\n")
    (annotated,) = read_corpus(tmp_path, path)
    assert annotated.attributions[0].speaker == AnnotatedSpeaker("Ann Moor", EntityKind.PERSON, MentionKind.NAME)
    path.write_text(SPEAKER_LINE.replace("14", "15"))
    (annotated,) = read_corpus(tmp_path, path)
    assert annotated.attributions[0].speaker is None


@pytest.mark.parametrize(
    "line", ["[", "3", "{}", SPEAKER_LINE.replace("person", "ghost"), SPEAKER_LINE.replace("[[0, 8]]", "[3]")]
)
def test_invalid_file_of_speakers_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "speakers.jsonl"
    path.write_text(SPEAKER_LINE + "\n\n" + line)
    with pytest.raises(CorpusError, match=r"speakers\.jsonl:3: .*expected "):
        read_speakers(path)


def test_missing_file_of_speakers(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere\.jsonl: No such file"):
        read_speakers(tmp_path / "nowhere.jsonl")
