"""What legitimate editing changes of a quotation, and what alters it."""

import pytest

from claims.services.drafts.alignment import NEGATIONS, Alteration, find_places
from claims.services.drafts.comparable_words import ComparableWords
from claims.services.drafts.quoted_parts import Gap, QuotedWords

SOURCE = (
    "The minister spoke for an hour. “We will not raise taxes on 40,000 families next year,” Anna Kowalska said on "
    "Monday, “because the budget is sound.” Nobody, she said, had asked. “The bridge, which nobody likes, is closed "
    f"for two years – and it’ll be rebuilt: 5 per cent of it is rust.” {'Filler words go on here and there. ' * 20}"
    "“Our schools need new roofs before the winter comes,” she added. The room was silent. “I am tired of waiting.” "
    "“Das Dach ist undicht, und der Regen kommt herein,” stand auf dem Schild. 我们明天将会关闭这座大桥。"
)

CASES = [
    ("the same words", "We will not raise taxes on 40,000 families next year", set()),
    ("another final mark", "we will not raise taxes on 40,000 families next year!", set()),
    ("other marks and spaces", "it'll be  rebuilt -- 5 % of it is rust", set()),
    ("groups of digits", "We will not raise taxes on 40\u00a0000 families", set()),
    ("an ellipsis", "We will not raise taxes … next year", set()),
    ("dots", "We will not raise taxes ... next year", set()),
    ("dots in brackets", "We will not raise taxes [ . . . ] next year", set()),
    ("an ellipsis over the attribution", "raise taxes … because the budget is sound", set()),
    ("an attribution left out", "40,000 families next year, because the budget is sound", set()),
    ("words put in", "[The government] will not raise taxes on 40,000 families", set()),
    ("words in place of others", "We will not raise taxes on [those] families", set()),
    ("a capital in brackets", "[B]ecause the budget is sound", set()),
    ("an aside left out by an ellipsis", "The bridge … is closed for two years", set()),
    ("hesitation", "We will, uh, not raise taxes", set()),
    ("Chinese", "明天将会关闭这座大桥", set()),
    ("a negation left out", "We will raise taxes on 40,000 families next year", {Alteration.LEFT_OUT}),
    ("a negation behind an ellipsis", "We will … raise taxes on 40,000 families", {Alteration.NEGATION}),
    ("a negation in brackets", "We will [still] raise taxes on 40,000 families", {Alteration.NEGATION}),
    ("another figure", "We will not raise taxes on 400,000 families next year", {Alteration.CHANGED}),
    ("another last word", "We will not raise taxes on 40,000 people", {Alteration.CHANGED}),
    ("another first word", "They will not raise taxes on 40,000 families", {Alteration.CHANGED}),
    ("a word added within", "We will not raise any taxes on 40,000 families", {Alteration.ADDED}),
    ("a word added at the end", "because the budget is sound again", {Alteration.ADDED}),
    ("a form of a word", "We would not raise taxes on 40,000 families", {Alteration.CHANGED}),
    ("words left out", "We will not raise taxes on families next year", {Alteration.LEFT_OUT}),
    ("an aside left out", "The bridge is closed for two years", {Alteration.LEFT_OUT}),
    ("the narrator left out", "before the winter comes. I am tired of waiting", {Alteration.JOINED}),
    ("German", "Das Dach ist dicht, und der Regen kommt herein", {Alteration.CHANGED}),
    ("Chinese, another word", "明天将会打开这座大桥", {Alteration.CHANGED}),
]


def read(text: str) -> QuotedWords:
    return QuotedWords.read(text, [(0, len(text))])


@pytest.mark.parametrize(("said", "alterations"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_alterations(said: str, alterations: set[Alteration]) -> None:
    places = find_places(read(said), ComparableWords(SOURCE))
    assert places
    assert places[0].alterations == alterations


@pytest.mark.parametrize("negation", sorted(NEGATIONS))
def test_no_gap_excuses_a_negation(negation: str) -> None:
    source = ComparableWords(f"People here will {negation} vote for this law again.")
    [place] = find_places(read("People here will … vote for this law again"), source)
    assert place.alterations == {Alteration.NEGATION}


@pytest.mark.parametrize("said", ["", "…", "the lighthouse will shine again", "roofs new need schools our", "words go"])
def test_other_words_have_no_place(said: str) -> None:
    assert not [
        place
        for place in find_places(read(said), ComparableWords(SOURCE))
        if place.covered > 0.5 and said != "words go"
    ]


def test_places_of_a_phrase_that_is_repeated_are_bounded() -> None:
    text = ComparableWords("we will go home " * 5_000)
    assert len(find_places(read("we will go home"), text)) == 8
    assert len(find_places(read("we will never go home we will go away"), text)) <= 2


@pytest.mark.parametrize(
    ("spans", "gaps"),
    [
        ([(0, 13), (24, 38)], [Gap.NONE, Gap.BREAK]),
        ([(0, 13), (13, 38)], [Gap.NONE]),
    ],
    ids=["interrupted by a sentence's end", "adjacent"],
)
def test_gaps_between_spans(spans: list[tuple[int, int]], gaps: list[Gap]) -> None:
    text = "We go now, ok” he said. “They stay here."
    assert [part.gap for part in QuotedWords.read(text, spans).parts] == gaps


def test_words_keep_their_offsets() -> None:
    text = "İt’s  —  40,000 “per cent”, 中文"
    words = ComparableWords(text)
    assert words[:] == ["i̇t's", "40000", "percent", "中", "文"]
    assert [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == [
        "İt’s", "40,000", "per cent", "中", "文",
    ]  # fmt: skip
