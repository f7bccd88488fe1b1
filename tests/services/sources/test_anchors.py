"""What services make of words: a claim's wording, and where a quote's words stand in another text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import AnchorState, Quote
from claims.services.claims.claim_proposals import claim_wording
from claims.services.quotes.text_selection import CONTEXT_LENGTH
from claims.services.sources.anchors import locate_quote


@pytest.mark.parametrize(
    ("exact", "claim"),
    [
        pytest.param("Rivers are full.", "Rivers are full.", id="as-it-is"),
        pytest.param("Rivers are full,", "Rivers are full", id="comma"),
        pytest.param("rivers are full", "Rivers are full", id="small-letter"),
        pytest.param("Rivers\n  are\u00a0full", "Rivers are full", id="one-line"),
        pytest.param("Rivers are full —", "Rivers are full", id="dash"),
        pytest.param("Rivers are full, — ", "Rivers are full", id="comma-and-dash"),
        pytest.param("Are rivers full?", "Are rivers full?", id="question"),
        pytest.param("Rivers are full…", "Rivers are full…", id="ellipsis"),
        pytest.param("реки полны,", "Реки полны", id="cyrillic"),
        pytest.param("τα ποτάμια", "Τα ποτάμια", id="greek"),
        pytest.param("მდინარეები სავსეა", "მდინარეები სავსეა", id="georgian-has-no-capitals"),
        pytest.param("河水满了", "河水满了", id="chinese"),
        pytest.param("ﬁsh", "Fish", id="ligature"),
        pytest.param("—", "—", id="nothing-but-a-dash"),
        pytest.param("“small,” he said", "“small,” he said", id="a-mark-first"),
        pytest.param("1000 to 1000", "1000 to 1000", id="digits"),
    ],
)
def test_wording(exact: str, claim: str) -> None:
    assert claim_wording(exact) == claim


@given(st.text(min_size=1))
def test_wording_is_never_empty_and_stays(exact: str) -> None:
    once = claim_wording(exact)
    assert once
    assert claim_wording(once) == once


OLD = 'Ford spoke. "No," she said. "Rivers are full," she said, "and high." So it was.'


def quote(*words: str, text: str = OLD) -> Quote:
    spans, at = [], 0
    for each in words:
        start = text.index(each, at)
        at = start + len(each)
        spans.append([start, at])
    start, end = spans[0][0], spans[-1][1]
    prefix, suffix = text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
    return Quote(spans=spans, start=start, end=end, exact=" ".join(words), prefix=prefix, suffix=suffix)


NO, RIVERS, SPLIT = ("No,",), ("Rivers are full,",), ("Rivers are full,", "and high.")
EXACT, MOVED, AMBIGUOUS, ORPHANED = AnchorState.EXACT, AnchorState.MOVED, AnchorState.AMBIGUOUS, AnchorState.ORPHANED


@pytest.mark.parametrize(
    ("words", "new", "state"),
    [
        pytest.param(RIVERS, OLD, EXACT, id="the-same-text"),
        pytest.param(RIVERS, OLD + " More.", EXACT, id="more-after-it"),
        pytest.param(RIVERS, OLD + " " + OLD, EXACT, id="again-later"),
        pytest.param(RIVERS, "News. " + OLD, MOVED, id="more-before-it"),
        pytest.param(RIVERS, "\ufeff" + OLD, MOVED, id="a-byte-order-mark-before-it"),
        pytest.param(RIVERS, OLD[12:], MOVED, id="less-before-it"),
        pytest.param(RIVERS, OLD.replace("full", "empty"), ORPHANED, id="another-word"),
        pytest.param(RIVERS, OLD.replace("Rivers", "rivers"), ORPHANED, id="another-letter"),
        pytest.param(RIVERS, "", ORPHANED, id="no-text"),
        pytest.param(RIVERS, 'A: "Rivers are full," B: "Rivers are full,"', AMBIGUOUS, id="twice-elsewhere"),
        pytest.param(RIVERS, 'A: "Rivers are full," ' + OLD, MOVED, id="twice-told-apart-by-what-surrounds-it"),
        pytest.param(RIVERS, f"x {OLD} {OLD}", AMBIGUOUS, id="twice-with-the-same-surroundings"),
        pytest.param(SPLIT, "News. " + OLD, MOVED, id="split"),
        pytest.param(SPLIT, OLD.replace("she said, ", "Ford said, "), ORPHANED, id="split-by-other-words"),
        pytest.param(("No",), "Nobody came.", ORPHANED, id="inside-a-word"),
        pytest.param(("No",), "Oh No\u0301, no.", ORPHANED, id="before-a-combining-mark"),
        pytest.param(("No",), "Nobody came at all. No, said Ford.", MOVED, id="inside-a-word-and-alone"),
        pytest.param(("iver",), "News: Rivers.", MOVED, id="inside-a-word-as-before"),
    ],
)
def test_where_a_quote_stands_again(words: tuple[str, ...], new: str, state: AnchorState) -> None:
    found, spans = locate_quote(quote(*words), OLD, new)
    assert found == state
    if state in {EXACT, MOVED}:
        assert [new[start:end] for start, end in spans or []] == list(words)
    else:
        assert spans is None


def test_chinese_has_no_spaces_to_go_by() -> None:
    old = "福特说河水满了。"
    assert locate_quote(quote("河水满了", text=old), old, "周一福特说河水满了。")[0] == MOVED


@given(st.data())
def test_what_is_found_again_is_the_same_words(data: st.DataObject) -> None:
    texts = st.text(alphabet="ab .", min_size=1, max_size=30)
    old, new = data.draw(texts), data.draw(texts)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    one = Quote(spans=[[start, end]], start=start, end=end, prefix=old[:start][-3:], suffix=old[end:][:3])
    state, spans = locate_quote(one, old, new)
    if spans is None:
        assert state in {AMBIGUOUS, ORPHANED}
    else:
        ((again, until),) = spans
        assert new[again:until] == old[start:end]
        assert (state == EXACT) == (spans == one.spans)
