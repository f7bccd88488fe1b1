"""The JSON Lines format is a contract."""

import json
from dataclasses import replace

import pytest

from claims.extraction import (
    Act,
    Ambiguous,
    EntityKind,
    Extractor,
    Kind,
    MentionKind,
    Quotation,
    Resolved,
    Span,
    Speaker,
    SpeakerCandidate,
    Unresolved,
    to_record,
)

QUOTATION = Quotation(
    kind=Kind.DIRECT,
    act=Act.SPEECH,
    content=(Span(1, 7), Span(25, 36)),
    cue=(Span(18, 22),),
    mention=(Span(9, 17),),
    role=None,
    outlet=None,
    speaker=Resolved("Ann Moor", EntityKind.PERSON),
    confidence=0.95,
    mention_kind=MentionKind.NAME,
    speaker_confidence=0.7,
    candidates=(SpeakerCandidate("Ann Moor", 0.7), SpeakerCandidate("Bob Lee", 0.3)),
    extractor=Extractor("mills", "7"),
)


def test_record() -> None:
    record = to_record("mill.txt", "en-GB", [QUOTATION])
    assert json.loads(json.dumps(record)) == {
        "doc": "mill.txt",
        "language": "en-GB",
        "quotations": [
            {
                "kind": "direct",
                "act": "speech",
                "content": [[1, 7], [25, 36]],
                "cue": [[18, 22]],
                "mention": [[9, 17]],
                "mention_kind": "name",
                "speaker": "Ann Moor",
                "entity": "person",
                "confidence": 0.95,
                "speaker_confidence": 0.7,
                "candidates": [{"name": "Ann Moor", "share": 0.7}, {"name": "Bob Lee", "share": 0.3}],
            },
        ],
    }


@pytest.mark.parametrize("speaker", [Unresolved(), Ambiguous(("Ann Moor", "Bob Moor"))])
def test_unresolved_speaker_is_null(speaker: Speaker) -> None:
    (quotation,) = to_record("mill.txt", "", [replace(QUOTATION, speaker=speaker)])["quotations"]
    assert quotation["speaker"] is quotation["entity"] is None


def test_a_quotation_without_a_mention_has_no_kind_of_it() -> None:
    (quotation,) = to_record("mill.txt", "", [replace(QUOTATION, mention=(), mention_kind=None)])["quotations"]
    assert quotation["mention_kind"] is None


def test_an_unknown_language_is_null() -> None:
    assert to_record("mill.txt", "", [])["language"] is None
