"""Finding what stands in a later text where a passage of the earlier one stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.sources.passages import (
    MAX_COMPARED_LENGTH,
    MAX_PASSAGE_CONTEXT,
    find_changed_passage,
    find_changed_words,
)

OLD = "The river rose. Ford spoke at noon. “Rivers are full,” she said. The mayor left. It rained on."
SENTENCE = "“Rivers are full,” she said. "


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(OLD, SENTENCE, id="unchanged"),
        pytest.param(OLD.replace("full", "low"), "“Rivers are low,” she said. ", id="a-word"),
        pytest.param(f"News. {OLD}".replace("full", "low"), "“Rivers are low,” she said. ", id="moved"),
        pytest.param(
            OLD.replace("full", "low").replace("at noon", "late"),
            "“Rivers are low,” she said. ",
            id="neighbour-changed",
        ),
        pytest.param(OLD.replace(SENTENCE, ""), "", id="removed"),
        pytest.param(OLD.replace(SENTENCE, "She said nothing. "), "She said nothing. ", id="replaced"),
        pytest.param(OLD.replace(SENTENCE, "One. Two. Three. "), "One. Two. Three. ", id="replaced-by-several"),
        pytest.param(OLD.replace(SENTENCE, f"One. {SENTENCE}"), SENTENCE, id="a-sentence-before-it"),
        pytest.param("Something else entirely", "Something else entirely", id="all-is-new"),
        pytest.param("", "", id="all-is-gone"),
    ],
)
def test_the_sentences_that_replace_those_of_the_quote(new: str, expected: str) -> None:
    start = OLD.index("Rivers")
    passage = find_changed_passage(old=OLD, new=new, start=start, end=start + len("Rivers are full,"))
    assert (passage.old, passage.new) == (SENTENCE, expected)
    assert OLD[passage.old_start :].startswith(SENTENCE)


def test_a_quote_of_several_sentences_one_of_which_changed() -> None:
    old = "He said: “One is red. Two is blue. Three is green.” So it was."
    new = old.replace("Two is blue", "Two is grey")
    passage = find_changed_passage(old=old, new=new, start=old.index("One"), end=old.index("”"))
    assert passage.new == "He said: “One is red. Two is grey. Three is green.” "


def test_a_sentence_without_end_is_cut() -> None:
    old = "word " * 500 + "the quote" + " word" * 500
    start = old.index("the quote")
    passage = find_changed_passage(old=old, new=old.replace("the quote", "a thing"), start=start, end=start + 9)
    assert len(passage.old) == 2 * MAX_PASSAGE_CONTEXT + 9
    assert "a thing" in passage.new
    assert len(passage.new) < 5 * MAX_PASSAGE_CONTEXT


@given(st.data())
def test_the_passage_has_the_span_and_lies_in_both_texts(data: st.DataObject) -> None:
    texts = st.text(alphabet="ab. \n", max_size=40)
    old, new = data.draw(st.text(alphabet="ab. \n", min_size=1, max_size=40)), data.draw(texts)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    passage = find_changed_passage(old=old, new=new, start=start, end=end)
    assert passage.old_start <= start
    assert end <= passage.old_start + len(passage.old)
    assert passage.new in new
    if old == new:
        assert passage.new == passage.old


STATEMENT = "The river has not been this high since 1993"


def found_words(old: str, new: str, words: str) -> str | None:
    start = old.index(words)
    place = find_changed_words(old=old, new=new, start=start, end=start + len(words))
    return place and new[slice(*place)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(STATEMENT, STATEMENT.replace("1993", "2003"), id="its-end"),
        pytest.param(STATEMENT, STATEMENT.replace("The river", "The Oder"), id="its-start"),
        pytest.param(STATEMENT, STATEMENT.replace("not been", "been"), id="a-word-less"),
        pytest.param(STATEMENT, STATEMENT.replace("high since", "high or wide since"), id="words-more"),
        pytest.param("我们不会提高税收", "我们会提高税收", id="no-spaces"),
        pytest.param("Мы не поднимем налоги", "Мы поднимем налоги", id="cyrillic"),
        pytest.param("لن نرفع الضرائب هذا العام", "لن نرفع الضرائب هذه السنة", id="right-to-left"),
    ],
)
@pytest.mark.parametrize("frame", ["It rained. “{}.” She left.", "{}", "“{},” said Okonkwo, of the river board."])
def test_a_changed_statement_is_found_and_no_more(before: str, now: str, frame: str) -> None:
    assert found_words(frame.format(before), frame.format(now), before) == now


@pytest.mark.parametrize(
    "now",
    [
        pytest.param("", id="gone"),
        pytest.param("We have no comment on the river", id="another-statement"),
        pytest.param("Nobody has said how the dam will be paid for", id="common-words-alone"),
        pytest.param(f"{STATEMENT[:30]} {'and so on ' * 40}{STATEMENT[30:]}", id="much-longer"),
    ],
)
def test_another_statement_is_no_version_of_it(now: str) -> None:
    frame = "It rained. “{}.” She left."
    assert found_words(frame.format(STATEMENT), frame.format(now), STATEMENT) is None


def test_texts_too_long_to_be_compared_have_none() -> None:
    old = "x" * MAX_COMPARED_LENGTH + STATEMENT
    assert found_words(old, old.replace("1993", "2003"), STATEMENT) is None


@given(st.data())
def test_changed_words_lie_in_the_new_text(data: st.DataObject) -> None:
    texts = st.text(alphabet="ab. \n", min_size=1, max_size=40)
    old, new = data.draw(texts), data.draw(texts)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    if place := find_changed_words(old=old, new=new, start=start, end=end):
        assert 0 <= place[0] < place[1] <= len(new)
        assert new[slice(*place)].strip() == new[slice(*place)]
