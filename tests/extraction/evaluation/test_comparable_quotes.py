"""Annotated and predicted quotations as words: what kind they are, and when the speaker is right."""

import pytest

from claims.extraction import Span
from claims.extraction.corpus import Attribution
from claims.extraction.evaluation.comparable_quotes import (
    ComparableQuote,
    Subset,
    annotated_quotes,
    has_right_name,
    has_right_speaker,
    predicted_quotes,
)
from claims.extraction.evaluation.predictions import Prediction
from claims.extraction.evaluation.word_index import WordIndex
from tests.extraction.corpus.brat_files import MarkedAttribution, locate_parts


def spans_of_words(text: str, words: str) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in locate_parts(text, words))


def make_annotated_quotes(text: str, *marked: MarkedAttribution) -> list[ComparableQuote]:
    found = (Attribution(*(spans_of_words(text, words) for words in each)) for each in marked)
    return annotated_quotes(WordIndex.of(text), found)


def make_predicted_quotes(text: str, *marked: MarkedAttribution) -> list[ComparableQuote]:
    found = (
        Prediction(spans_of_words(text, each[2]), spans_of_words(text, each[0]), spans_of_words(text, each[1]))
        for each in marked
    )
    return predicted_quotes(WordIndex.of(text), found)


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
    (gold,), (found,) = (
        make_annotated_quotes(text, ("", "said", content)),
        make_predicted_quotes(text, ("", "said", content)),
    )
    assert gold.subsets == found.subsets == expected


def test_without_a_cue_only_a_prediction_may_be_speech() -> None:
    text = "It rains. He believes so."
    no_cue, thought = ("", "", "It rains"), ("", "believes", "It rains")
    assert [Subset.SPEECH in quote.subsets for quote in make_annotated_quotes(text, no_cue, thought)] == [False, False]
    assert [Subset.SPEECH in quote.subsets for quote in make_predicted_quotes(text, no_cue, thought)] == [True, False]


def test_a_content_without_a_word_is_no_quotation() -> None:
    text = "“…”, he said."
    assert (
        make_annotated_quotes(text, ("he", "said", "“…”")) == make_predicted_quotes(text, ("he", "said", "“…”")) == []
    )


@pytest.mark.parametrize(
    ("content", "core"),
    [("that it rains", "it rains"), ("to mow", "mow"), ("that", "that"), ("it rains", "it rains")],
    ids=["that", "to", "nothing else", "nothing to leave out"],
)
def test_the_core_leaves_a_leading_that_out(content: str, core: str) -> None:
    text = "He said that it rains. He refused to mow."
    (found,) = make_predicted_quotes(text, ("", "said", content))
    assert found.core == WordIndex.of(text).under(spans_of_words(text, core))


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
    (gold,), (found,) = (
        make_annotated_quotes(TEXT, (source, "said", "it rains")),
        make_predicted_quotes(TEXT, (mention, "said", "it rains")),
    )
    assert (has_right_speaker(gold, found), has_right_name(WordIndex.of(TEXT), gold, found)) == (speaker, name)


def test_another_mention_of_the_name_is_right_by_name_only() -> None:
    text = "Bob Lee came. Lee said it rains, he added. A lee is dry."
    (gold,) = make_annotated_quotes(text, ("Bob Lee", "said", "it rains"))
    again = text.index("Lee said")
    second = Prediction(spans_of_words(text, "it rains"), (Span(again, again + 3),), ())
    (found,) = predicted_quotes(WordIndex.of(text), [second])
    assert not has_right_speaker(gold, found)
    assert has_right_name(WordIndex.of(text), gold, found)
    (he,) = make_predicted_quotes(text, ("he added", "", "it rains"))
    assert not has_right_name(WordIndex.of(text), gold, he)


def test_an_initial_is_no_name() -> None:
    text = "J. Moor said it rains, J. Lee added."
    (gold,), (lee,) = (
        make_annotated_quotes(text, ("J. Moor", "said", "it rains")),
        make_predicted_quotes(text, ("J. Lee", "", "it rains")),
    )
    assert not has_right_name(WordIndex.of(text), gold, lee)
