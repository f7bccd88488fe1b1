"""Variants of annotated texts, and generated ones: the spans still hold their words."""

import random

import pytest

from claims.extraction import Span
from claims.extraction.corpus import AnnotatedText, Attribution
from claims.extraction.english.training.augmentation import (
    apply_edits,
    change_topic,
    rename_people,
    restyle,
    vary_reporting,
    vary_text,
)
from claims.extraction.english.training.frames import FRAMES
from claims.extraction.english.training.generated_texts import ContentPool, generate_texts, parse_marked_text
from claims.extraction.text.edited_text import Edit

TEXT = (
    "The candidate won, Mr. Moor said.\n\n“We go on, and the voters know it,” Ann Moor said. “It is late.”\n\n"
    "Moor’s aide said that the campaign is over."
)


def annotate(text: str, *attributions: tuple[str, str, str]) -> AnnotatedText:
    """Annotate attributions given by source, cue and content, each looked for from the end of the previous content."""
    found = []
    for source, cue, content in attributions:
        start = text.index(content)
        near = text[start:]
        spans = ((start + near.index(part), start + near.index(part) + len(part)) for part in (source, cue, content))
        found.append(Attribution(*((Span(*span),) for span in spans)))
    return AnnotatedText("mill", text, tuple(found))


ANNOTATED = annotate(
    TEXT,
    ("Mr. Moor", "said", "The candidate won"),
    ("Ann Moor", "said", "“We go on, and the voters know it,”"),
)


def words_of(annotated: AnnotatedText) -> list[tuple[str, str, str]]:
    return [
        (
            " ".join(span.of(annotated.text) for span in one.source),
            " ".join(span.of(annotated.text) for span in one.cue),
            " ".join(span.of(annotated.text) for span in one.content),
        )
        for one in annotated.attributions
    ]


@pytest.mark.parametrize(
    ("edits", "text", "parts"),
    [
        pytest.param([Edit(2, 4, "XXXX")], "a XXXX c d", ("a", "XXXX", "c"), id="replacement within a span"),
        pytest.param([Edit(4, 4, " x")], "a bb x c d", ("a", "bb", "c"), id="insertion after a span"),
        pytest.param([Edit(5, 5, "x ")], "a bb x c d", ("a", "bb", "c"), id="insertion before a span"),
        pytest.param([Edit(0, 2, "")], "bb c d", ("", "bb", "c"), id="deletion of a span"),
        pytest.param([Edit(1, 5, "-")], "a-c d", ("a", "-", "c"), id="replacement around a span"),
        pytest.param([Edit(2, 4, "x"), Edit(3, 4, "y")], "a x c d", ("a", "x", "c"), id="overlapping edits"),
    ],
)
def test_spans_follow_edits(edits: list[Edit], text: str, parts: tuple[str, str, str]) -> None:
    annotated = AnnotatedText("letters", "a bb c d", (Attribution((Span(0, 1),), (Span(2, 4),), (Span(5, 6),)),))
    changed = apply_edits(annotated, edits)
    assert changed.text == text
    assert words_of(changed) == [parts]


def test_names_are_replaced_by_the_same_ones_in_the_whole_text() -> None:
    changed = apply_edits(ANNOTATED, rename_people(TEXT, random.Random(1)))
    assert "Moor" not in changed.text
    surname = words_of(changed)[0][0].removeprefix("Mr. ")
    assert words_of(changed)[1][0].endswith(f" {surname}")
    assert f"{surname}’s aide" in changed.text


def test_topic_changes_words_within_spans() -> None:
    changed = apply_edits(ANNOTATED, change_topic(TEXT, random.Random(1)))
    assert "voters" not in changed.text
    assert words_of(changed)[0][1:] == ("said", changed.text.partition(",")[0])


@pytest.mark.parametrize(
    ("style", "content"),
    [
        ("single", "‘We go on, and the voters know it,’"),
        ("comma outside", "“We go on, and the voters know it”"),
        ("none", "We go on, and the voters know it,"),
        ("one line", "“We go on, and the voters know it,”"),
    ],
)
def test_marks(style: str, content: str) -> None:
    changed = apply_edits(ANNOTATED, restyle(TEXT, style))
    assert words_of(changed)[1] == ("Ann Moor", "said", content)


def test_reporting_keeps_who_said_what() -> None:
    variants = {vary_reporting(ANNOTATED, random.Random(seed)) for seed in range(200)}
    for variant in variants:
        for (source, _, content), changed in zip(words_of(ANNOTATED), words_of(variant), strict=True):
            assert (changed[0], changed[2]) == (source, content)
    cues = {words_of(variant)[1][1] for variant in variants}
    assert {"said", "told", "was quoted as saying", "warned"} < cues
    assert any("said Ann Moor" in variant.text for variant in variants)


def test_variants_are_reproducible_by_seed() -> None:
    assert vary_text(ANNOTATED, "1 0") == vary_text(ANNOTATED, "1 0")
    assert len({vary_text(ANNOTATED, f"1 {epoch}").text for epoch in range(9)}) > 3


def test_marked_text() -> None:
    text, attributions = parse_marked_text("[c “No,”] [s Ann] [q said]. [c2 “Yes,”] [s2 Bo] [q2 added]. [c Or not.]")
    assert text == "“No,” Ann said. “Yes,” Bo added. Or not."
    assert words_of(AnnotatedText("marked", text, tuple(attributions))) == [
        ("Ann", "said", "“No,” Or not."),
        ("Bo", "added", "“Yes,”"),
    ]


def test_generated_texts_hold_frames_of_every_kind() -> None:
    pool = ContentPool.from_corpus([ANNOTATED])
    texts = generate_texts(pool, 60, "1")
    assert texts == generate_texts(pool, 60, "1")
    parts = [part for text in texts for attribution in words_of(text) for part in attribution]
    assert "was quoted as saying" in parts
    assert not any(mark in part for part in parts for mark in "[]{}")
    assert len(FRAMES) > 60
