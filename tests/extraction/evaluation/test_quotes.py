"""Annotated and predicted quotations as words: what kind they are, and when the speaker is right."""

import pytest

from claims.extraction import Span
from claims.extraction.corpus import Attribution
from claims.extraction.evaluation.predictions import Prediction
from claims.extraction.evaluation.quotes import (
    Quote,
    Subset,
    annotated_quotes,
    is_right_name,
    is_right_speaker,
    predicted_quotes,
)
from claims.extraction.evaluation.words import Words
from tests.extraction.corpus.writing import Marked, spans_of


def spans(text: str, words: str) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in spans_of(text, words))


def annotated(text: str, *marked: Marked) -> list[Quote]:
    found = (Attribution(*(spans(text, words) for words in each)) for each in marked)
    return annotated_quotes(Words.of(text), found)


def predicted(text: str, *marked: Marked) -> list[Quote]:
    found = (Prediction(spans(text, each[2]), spans(text, each[0]), spans(text, each[1])) for each in marked)
    return predicted_quotes(Words.of(text), found)


SAID = {Subset.ALL, Subset.SPEECH}
QUOTED = {*SAID, Subset.QUOTED, Subset.SPEECH_QUOTED}


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("He said it rains.", "it rains", {*SAID, Subset.SPEECH_INDIRECT}),
        ('"It rains," he said.', "It rains", {*QUOTED, Subset.DIRECT}),
        ('"It rains," he said.', '"It rains,"', {*QUOTED, Subset.DIRECT}),
        ("“It rains,” he said.", "It rains", {*QUOTED, Subset.DIRECT}),
        ('He said it "rains" now.', 'it "rains" now', QUOTED),
        ('"It rains," he said, "now."', "It rains … now", {*QUOTED, Subset.DIRECT}),
        ("“It rains, he said, now.”", "It rains … now", {*QUOTED, Subset.DIRECT}),
        ("“It rains, he said.", "It rains", {*SAID, Subset.SPEECH_INDIRECT}),
        ('He said it rains "now".', "it rains", {*SAID, Subset.SPEECH_INDIRECT}),
    ],
    ids=[
        "indirect",
        "marks left out",
        "marks taken in",
        "curly",
        "mixed",
        "two parts",
        "marks around both parts",
        "never closed",
        "marks elsewhere",
    ],
)
def test_marks(text: str, content: str, expected: set[Subset]) -> None:
    (gold,), (found,) = annotated(text, ("", "said", content)), predicted(text, ("", "said", content))
    assert gold.subsets == found.subsets == expected


def test_without_a_cue_only_a_prediction_may_be_speech() -> None:
    text = "It rains. He believes so."
    no_cue, thought = ("", "", "It rains"), ("", "believes", "It rains")
    assert [Subset.SPEECH in quote.subsets for quote in annotated(text, no_cue, thought)] == [False, False]
    assert [Subset.SPEECH in quote.subsets for quote in predicted(text, no_cue, thought)] == [True, False]


def test_a_content_without_a_word_is_no_quotation() -> None:
    text = "“…”, he said."
    assert annotated(text, ("he", "said", "“…”")) == predicted(text, ("he", "said", "“…”")) == []


@pytest.mark.parametrize(
    ("content", "core"),
    [("that it rains", "it rains"), ("to mow", "mow"), ("that", "that"), ("it rains", "it rains")],
    ids=["that", "to", "nothing else", "nothing to leave out"],
)
def test_the_core_leaves_a_leading_that_out(content: str, core: str) -> None:
    text = "He said that it rains. He refused to mow."
    (found,) = predicted(text, ("", "said", content))
    assert found.core == Words.of(text).under(spans(text, core))


TEXT = "A spokesman for Ann Moor, Bob Lee, said it rains. Lee said so. It is said it snows."


@pytest.mark.parametrize(
    ("source", "mention", "speaker", "name"),
    [
        ("A spokesman for Ann Moor, Bob Lee,", "A spokesman", True, True),
        ("A spokesman for Ann Moor, Bob Lee,", "Lee", True, True),
        ("A spokesman for Ann Moor, Bob Lee,", "Ann Moor", False, False),
        ("Lee said so … Bob Lee", "", False, False),
        ("", "", True, True),
        ("", "Bob Lee", False, False),
    ],
    ids=["head", "beside it", "not its own", "no mention", "nobody", "somebody for nobody"],
)
def test_speaker(source: str, mention: str, speaker: bool, name: bool) -> None:
    (gold,), (found,) = annotated(TEXT, (source, "said", "it rains")), predicted(TEXT, (mention, "said", "it rains"))
    assert (is_right_speaker(gold, found), is_right_name(Words.of(TEXT), gold, found)) == (speaker, name)


def test_another_mention_of_the_name_is_right_by_name_only() -> None:
    text = "Bob Lee came. Lee said it rains, he added. A lee is dry."
    (gold,) = annotated(text, ("Bob Lee", "said", "it rains"))
    again = text.index("Lee said")
    second = Prediction(spans(text, "it rains"), (Span(again, again + 3),), ())
    (found,) = predicted_quotes(Words.of(text), [second])
    assert not is_right_speaker(gold, found)
    assert is_right_name(Words.of(text), gold, found)
    (he,) = predicted(text, ("he added", "", "it rains"))
    assert not is_right_name(Words.of(text), gold, he)


def test_an_initial_is_no_name() -> None:
    text = "J. Moor said it rains, J. Lee added."
    (gold,), (lee,) = annotated(text, ("J. Moor", "said", "it rains")), predicted(text, ("J. Lee", "", "it rains"))
    assert not is_right_name(Words.of(text), gold, lee)
