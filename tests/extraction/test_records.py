"""The JSON Lines contract."""

import json

from claims.extraction import Document, extract, to_record


def test_record() -> None:
    text = '"We go," Ann Moor said, "to the sea."'
    record = to_record("mill.txt", extract(Document.from_text(text)))
    assert json.loads(json.dumps(record)) == {
        "doc": "mill.txt",
        "quotations": [
            {
                "kind": "direct",
                "content": [[1, 7], [25, 36]],
                "cue": [[18, 22]],
                "mention": [[9, 17]],
                "speaker": "Ann Moor",
                "confidence": 0.95,
            },
        ],
    }


def test_an_open_speaker_is_null() -> None:
    (quotation,) = to_record("mill.txt", extract(Document.from_text("It rains, he said.")))["quotations"]
    assert quotation["speaker"] is None
