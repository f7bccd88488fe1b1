"""Finding a quote again in another version of its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import AnchorState, Quote
from claims.services.quotes.text_selection import CONTEXT_LENGTH
from claims.services.sources.anchors import locate_quote

OLD = 'Ford spoke. "No," she said. "Rivers are full," she said, "and high." So it was.'


def build_quote_of(*parts: str, text: str = OLD) -> Quote:
    spans, at = [], 0
    for part in parts:
        start = text.index(part, at)
        at = start + len(part)
        spans.append([start, at])
    start, end = spans[0][0], spans[-1][1]
    prefix, suffix = text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
    return Quote(spans=spans, start=start, end=end, exact=" ".join(parts), prefix=prefix, suffix=suffix)


NO, RIVERS, SPLIT = ("No,",), ("Rivers are full,",), ("Rivers are full,", "and high.")
EXACT, MOVED, AMBIGUOUS, ORPHANED = AnchorState.EXACT, AnchorState.MOVED, AnchorState.AMBIGUOUS, AnchorState.ORPHANED


@pytest.mark.parametrize(
    ("parts", "new", "expected_state"),
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
def test_locate_quote(parts: tuple[str, ...], new: str, expected_state: AnchorState) -> None:
    state, spans = locate_quote(build_quote_of(*parts), OLD, new)
    assert state == expected_state
    if state in {EXACT, MOVED}:
        assert [new[start:end] for start, end in spans or []] == list(parts)
    else:
        assert spans is None


def test_text_without_spaces() -> None:
    old = "福特说河水满了。"
    assert locate_quote(build_quote_of("河水满了", text=old), old, "周一福特说河水满了。")[0] == MOVED


@given(st.data())
def test_a_located_quote_has_the_same_words(data: st.DataObject) -> None:
    texts = st.text(alphabet="ab .", min_size=1, max_size=30)
    old, new = data.draw(texts), data.draw(texts)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    quote = Quote(spans=[[start, end]], start=start, end=end, prefix=old[:start][-3:], suffix=old[end:][:3])
    state, spans = locate_quote(quote, old, new)
    if spans is None:
        assert state in {AMBIGUOUS, ORPHANED}
    else:
        ((new_start, new_end),) = spans
        assert new[new_start:new_end] == old[start:end]
        assert (state == EXACT) == (spans == quote.spans)
