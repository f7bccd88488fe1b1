"""The kind and spans of a content. In each text, [ ] mark the words of the content."""

import pytest

from claims.extraction import Document, Kind
from claims.extraction.english.content_spans import classify_kind, content_spans
from claims.extraction.text.tokens import tokenize_document

# In each text [ ] stands around the words of the content.
CASES = [
    ("direct", 'He said: ["We go north."]', Kind.DIRECT, ["We go north."]),
    ("direct, marks not tagged", 'He said: "[We go north]."', Kind.DIRECT, ["We go north"]),
    ("direct in two parts", '["We go,"] he said, ["north."]', Kind.DIRECT, ["We go,", "north."]),
    ("direct, two quoted spans side by side", 'He said: ["We go." "We stay."]', Kind.DIRECT, ["We go.", "We stay."]),
    ("direct, dash and lone mark", '[— We go north,"] he said.', Kind.DIRECT, ["We go north,"]),
    ("indirect", "He said [that it rains].", Kind.INDIRECT, ["it rains"]),
    ("that is a pronoun", "He said [that was wrong].", Kind.INDIRECT, ["that was wrong"]),
    ("that alone", "He said [that].", Kind.INDIRECT, ["that"]),
    ("punctuation goes", "[, it rains, ]he said.", Kind.INDIRECT, ["it rains"]),
    ("brackets stay", "He said [(mostly) it rains (here)].", Kind.INDIRECT, ["(mostly) it rains (here)"]),
    ("split by nothing but a comma", "[It rains], [it snows], he said.", Kind.INDIRECT, ["It rains, it snows"]),
    ("split by words", "[It rains], he said, [and snows].", Kind.INDIRECT, ["It rains", "and snows"]),
    ("mixed", 'He said [it is "quite lost" now].', Kind.MIXED, ['it is "quite lost" now']),
    ("mixed to the end", 'He said [it is "quite lost."]', Kind.MIXED, ['it is "quite lost."']),
    ("mixed, the mark is cut off", 'He said [it is "quite] lost."', Kind.MIXED, ['it is "quite']),
    ("a thing's name", 'He said [the "old mill" plan is lost].', Kind.INDIRECT, ['the "old mill" plan is lost']),
    ("nothing", "He said[, ]so.", Kind.INDIRECT, []),
]


@pytest.mark.parametrize(("text", "kind", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_kind_and_spans(text: str, kind: Kind, expected: list[str]) -> None:
    plain, ranges = "", []
    for number, part in enumerate(text.replace("]", "[").split("[")):
        if number % 2:
            ranges.append((len(plain), len(plain) + len(part)))
        plain += part
    document = tokenize_document(Document.from_text(plain))
    content = []
    for start, end in ranges:
        inside = [i for i, word in enumerate(document.tokens) if start <= word.span.start and word.span.end <= end]
        content.append((inside[0], inside[-1] + 1))
    assert classify_kind(document, content) is kind
    assert [span.of(plain) for span in content_spans(document, content, kind)] == expected
