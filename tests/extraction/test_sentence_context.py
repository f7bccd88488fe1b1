"""The sentences around a span."""

import pytest

from claims.extraction import Span, sentences_around
from claims.extraction.sentence_context import MAX_DISTANCE

CASES = [
    ("one sentence", "It rained. Ann Moor said that [mills turn]. She left.", "Ann Moor said that mills turn."),
    ("a title ends no sentence", "It rained. Mr. Lee said [mills turn]. He left.", "Mr. Lee said mills turn."),
    ("one quotation", "So. “A mill turns. [It grinds],” said Lee. So.", "“A mill turns. It grinds,” said Lee."),
    ("two sentences", "So. “[It turns,” said Lee. “It grinds]. It stops.” So.", None),
    ("another paragraph", "It rained\n[Mills turn]\nShe left", "Mills turn"),
    ("Russian", "Шёл дождь. Глава ул. Мира и г. Орла сказал, что [мельница работает]. Она ушла.", None),
    ("Russian speech", "Так. «Мельница работает, — сказала Мороз. — [Она мелет]». Так.", None),
    ("the whole text", "[Mills turn]", "Mills turn"),
    ("between sentences", "It rained.[ ]She left.", " "),
]


@pytest.mark.parametrize(("marked", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_whole_sentences(marked: str, expected: str | None) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = sentences_around(text, Span(start, end))
    assert span.start <= start < end <= span.end
    assert expected is None or span.of(text) == expected


def test_a_text_without_sentences_is_cut() -> None:
    text = "x" * 10 * MAX_DISTANCE
    span = sentences_around(text, Span(5000, 5001))
    assert span == Span(5000 - MAX_DISTANCE, 5001 + MAX_DISTANCE)
