"""Files of predictions: both record forms, and errors that name the line."""

import json
from pathlib import Path

import pytest

from claims.extraction import Document, EntityKind, Resolved, Span, extract, to_record
from claims.extraction.evaluation.predictions import DocumentPredictions, Prediction, PredictionError, read_predictions

QUOTE = Prediction((Span(14, 29),), (Span(0, 8),), (Span(9, 13),))


def read_prediction_lines(folder: Path, content: str) -> dict[str, DocumentPredictions]:
    path = folder / "pred.jsonl"
    path.write_bytes(content.encode())
    return read_predictions(path)


@pytest.mark.parametrize(
    "line",
    [
        '{"doc": "mill", "quotes": [{"content": [[14, 29]], "speaker": [[0, 8]], "cue": [[9, 13]]}]}',
        '{"doc": "mill.txt", "quotations": [{"content": [[14, 29]], "mention": [[0, 8]], "cue": [[9, 13]]}]}',
        '\ufeff{"doc": "mill", "quotes": [{"content": [[14, 29]], "speaker": [[0, 8]], "cue": [[9, 13]]}]}\r\n\r\n',
        '\n{"doc": "mill", "quotes": [{"content": [[14, 29]], "speaker": [[0, 8]], "cue": [[9, 13]], "x": "\u2028"}]}',
    ],
    ids=["a system's", "the project's own", "byte order mark and crlf", "a line separator in a value"],
)
def test_record_forms(tmp_path: Path, line: str) -> None:
    assert read_prediction_lines(tmp_path, line)["mill"].predictions == (QUOTE,)


def test_null_and_missing_values_are_empty(tmp_path: Path) -> None:
    documents = read_prediction_lines(tmp_path, '{"doc": "mill", "quotes": [{"content": [[14, 29]], "speaker": null}]}')
    assert documents["mill"].predictions == (Prediction((Span(14, 29),), (), ()),)


def test_output_of_extract_is_read_back(tmp_path: Path) -> None:
    text = '"We go," Ann Moor said, "to the sea."'
    quotations = extract(Document.from_text(text))
    documents = read_prediction_lines(tmp_path, json.dumps(to_record("mill.txt", "en", quotations)))["mill"]
    assert documents.validated(text) == tuple(map(Prediction.from_quotation, quotations))
    assert documents.predictions[0].confidence
    assert documents.predictions[0].speaker == Resolved("Ann Moor", EntityKind.PERSON)


def test_empty_file(tmp_path: Path) -> None:
    assert read_prediction_lines(tmp_path, "") == {}
    assert read_prediction_lines(tmp_path, '{"doc": "mill", "quotes": []}')["mill"].predictions == ()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "Expecting property name"),
        ("[" * 100_000, ""),
        ("[]", 'not an object with "doc"'),
        ('{"doc": 3, "quotes": []}', 'not an object with "doc"'),
        ('{"doc": "hill"}', "missing list 'quotations' or 'quotes'"),
        ('{"doc": "hill", "quotes": {}}', "missing list 'quotations' or 'quotes'"),
        ('{"doc": "hill", "quotes": [3]}', "3 is not a quotation"),
        ('{"doc": "hill", "quotes": [{"content": 3}]}', "content 3 is not a list of spans"),
        ('{"doc": "hill", "quotes": [{"content": [3]}]}', "content 3 is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [[3]]}]}', "content [3] is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [[5, 3]]}]}', "content [5, 3] is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [[-1, 3]]}]}', "content [-1, 3] is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [[0, 3.0]]}]}', "content [0, 3.0] is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [[true, 3]]}]}', "content [True, 3] is not [start, end]"),
        ('{"doc": "hill", "quotes": [{"content": [], "speaker": "Ann"}]}', "speaker 'Ann' is not a list of spans"),
        ('{"doc": "hill", "quotes": [{"content": [], "confidence": 2}]}', "confidence 2 is not a number from 0 to 1"),
        (
            '{"doc": "hill", "quotations": [{"content": [], "speaker": "Ann Moor"}]}',
            "speaker 'Ann Moor' of the kind None is not a name and a kind of entity",
        ),
        (
            '{"doc": "hill", "quotes": [{"content": [], "confidence": NaN}]}',
            "confidence nan is not a number from 0 to 1",
        ),
        ('{"doc": "mill.txt", "quotes": []}', "'mill' is repeated"),
    ],
    ids=lambda value: value[:50],
)
def test_parse_errors_name_the_line(tmp_path: Path, line: str, wrong: str) -> None:
    with pytest.raises(PredictionError, match=r"pred\.jsonl:3: ") as raised:
        read_prediction_lines(tmp_path, '{"doc": "mill", "quotes": []}\n\n' + line)
    assert wrong in str(raised.value)


@pytest.mark.parametrize("key", ["content", "speaker", "cue"])
def test_span_outside_the_text(tmp_path: Path, key: str) -> None:
    documents = read_prediction_lines(
        tmp_path, json.dumps({"doc": "mill", "quotes": [{"content": [[0, 2]], key: [[0, 2], [1, 4]]}]})
    )
    assert documents["mill"].validated("four")
    with pytest.raises(PredictionError, match=r"pred\.jsonl:1: \[1, 4\] is outside the text of 3 characters"):
        documents["mill"].validated("for")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PredictionError, match=r"nowhere\.jsonl: No such file or directory$"):
        read_predictions(tmp_path / "nowhere.jsonl")


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "pred.jsonl").write_bytes(b"\xff")
    with pytest.raises(PredictionError, match=r"pred\.jsonl: .*utf-8"):
        read_predictions(tmp_path / "pred.jsonl")
