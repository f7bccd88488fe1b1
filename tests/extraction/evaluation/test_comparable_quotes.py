"""Annotated and predicted quotations as words: their subsets, and when the speaker is right."""

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
    attributions = (Attribution(*(spans_of_words(text, words) for words in parts)) for parts in marked)
    return annotated_quotes(WordIndex.from_text(text), attributions)


def make_predicted_quotes(text: str, *marked: MarkedAttribution) -> list[ComparableQuote]:
    predictions = (
        Prediction(spans_of_words(text, content), spans_of_words(text, source), spans_of_words(text, cue))
        for source, cue, content in marked
    )
    return predicted_quotes(WordIndex.from_text(text), predictions)


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
def test_subsets(text: str, content: str, expected: set[Subset]) -> None:
    (gold,), (predicted,) = (
        make_annotated_quotes(text, ("", "said", content)),
        make_predicted_quotes(text, ("", "said", content)),
    )
    assert gold.subsets == predicted.subsets == expected


def test_only_predictions_without_a_cue_count_as_speech() -> None:
    text = "It rains. He believes so."
    no_cue, thought = ("", "", "It rains"), ("", "believes", "It rains")
    assert [Subset.SPEECH in quote.subsets for quote in make_annotated_quotes(text, no_cue, thought)] == [False, False]
    assert [Subset.SPEECH in quote.subsets for quote in make_predicted_quotes(text, no_cue, thought)] == [True, False]


def test_contents_without_words_are_left_out() -> None:
    text = "“…”, he said."
    assert (
        make_annotated_quotes(text, ("he", "said", "“…”")) == make_predicted_quotes(text, ("he", "said", "“…”")) == []
    )


@pytest.mark.parametrize(
    ("content", "core"),
    [("that it rains", "it rains"), ("to mow", "mow"), ("that", "that"), ("it rains", "it rains")],
    ids=["that", "to", "nothing else", "nothing to leave out"],
)
def test_core_excludes_a_leading_that(content: str, core: str) -> None:
    text = "He said that it rains. He refused to mow."
    (predicted,) = make_predicted_quotes(text, ("", "said", content))
    assert predicted.core == WordIndex.from_text(text).indexes_in(spans_of_words(text, core))


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
def test_right_speaker(source: str, mention: str, speaker: bool, name: bool) -> None:
    (gold,), (predicted,) = (
        make_annotated_quotes(TEXT, (source, "said", "it rains")),
        make_predicted_quotes(TEXT, (mention, "said", "it rains")),
    )
    assert has_right_speaker(gold, predicted) is speaker
    assert has_right_name(WordIndex.from_text(TEXT), gold, predicted) is name


def test_other_mention_of_the_name_is_right_by_name_only() -> None:
    text = "Bob Lee came. Lee said it rains, he added. A lee is dry."
    (gold,) = make_annotated_quotes(text, ("Bob Lee", "said", "it rains"))
    again = text.index("Lee said")
    second = Prediction(spans_of_words(text, "it rains"), (Span(again, again + 3),), ())
    (predicted,) = predicted_quotes(WordIndex.from_text(text), [second])
    assert not has_right_speaker(gold, predicted)
    assert has_right_name(WordIndex.from_text(text), gold, predicted)
    (he,) = make_predicted_quotes(text, ("he added", "", "it rains"))
    assert not has_right_name(WordIndex.from_text(text), gold, he)


def test_initial_is_not_a_name() -> None:
    text = "J. Moor said it rains, J. Lee added."
    (gold,), (lee,) = (
        make_annotated_quotes(text, ("J. Moor", "said", "it rains")),
        make_predicted_quotes(text, ("J. Lee", "", "it rains")),
    )
    assert not has_right_name(WordIndex.from_text(text), gold, lee)
