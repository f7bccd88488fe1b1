"""For any text and spans: one mention per utterance, no exception, work linear in the length."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import Document, EntityKind, Resolved, Span, Unresolved
from claims.extraction.english.resolver import Utterance, resolve_speakers
from tests.extraction.english.resolver.marked_text import resolve_marked

PIECES = [
    *"\"“”‘’'—-.,:;?!()\n",
    *("Ann Moor", "Bob Lee", "Moor", "Mrs. Moor", "Robert “Bob” Lee", "van der", "the mayor", "The", "the", "a", "of"),
    *("he", "she", "who", "I", "I'm", "they", "it", "In his opinion", "Moor's", "'s", "and", "his aides", "one of"),
    *("the Mill Board", "M.B.", "Department of Food", "the Moor campaign", "Mayor", "Sen.", "King", "Jr.", "(D-Aln)"),
    *("said", "according to", "in", "Monday", "the expert", "officials", "a source", "it rains", "42", "😀", "e\u0301"),
]
composed = st.lists(st.sampled_from(PIECES), max_size=50).map(" ".join)
anything = st.one_of(composed, st.text(alphabet=st.characters()))


@st.composite
def texts_with_utterances(draw: st.DrawFn) -> tuple[str, list[Utterance]]:
    """Generate texts with any spans, even beyond the end of the text."""
    text = draw(anything)
    ends = st.integers(0, len(text) + 3)
    span = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))
    spans = st.lists(span, max_size=2).map(tuple)
    return text, draw(st.lists(st.builds(Utterance, spans, spans, spans), max_size=6))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(texts_with_utterances())
def test_one_mention_per_utterance(case: tuple[str, list[Utterance]]) -> None:
    text, utterances = case
    mentions = resolve_speakers(Document.from_text(text), utterances)
    assert len(mentions) == len(utterances)
    assert mentions == resolve_speakers(Document.from_text(text), utterances)
    for utterance, mention in zip(utterances, mentions, strict=True):
        starts, ends = [span.start for span in utterance.source], [span.end for span in utterance.source]
        assert all(min(starts) <= span.start < span.end <= max(ends) for span in mention.mention)
        assert mention.mention or mention.speaker == Unresolved()
        assert mention.role is None or mention.role.of(text).strip()
        assert not isinstance(mention.speaker, Resolved) or mention.speaker.name.strip()


def test_lower_case_text() -> None:
    _, mentions = resolve_marked(
        "{trade minister ann moor} said [it rains]. {she} added [it pours]. {the expert} left, [it seems]."
    )
    assert [mention.speaker for mention in mentions] == [Resolved("ann moor", EntityKind.PERSON)] * 3


LONG = [
    ("one speaker", "{Ann Moor} said [it rains]. {She} added [that it pours]. {The expert} left, [it seems]. "),
    ("many people", "{Mayor Ann Moor%d} said [it rains]. {She} added [that it pours]. {The mayor} left, [it seems]. "),
    ("many namesakes", "{Ann%d Moor} said [it rains]. {Moor} added [that it pours]. {The expert} left, [it seems]. "),
    ("many organizations", "{The Mill%d Board} said [it rains]. {The Board} added [that it pours]. "),
    ("one sentence", "{Ann Moor} said [it rains] and {who} said [it] de de de Lee and "),
    ("no full stop between marks", "“{Ann Moor} said [it rains], {he} said [it pours], "),
    ("one line each", "{Ann Moor} said [it rains].\n"),
]


def count_executed_lines(work: Callable[[], object]) -> int:
    """Count the lines of Python that are executed, which unlike seconds are the same on every machine."""
    lines = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("piece", [case[1] for case in LONG], ids=[case[0] for case in LONG])
def test_work_is_linear(piece: str) -> None:
    def lines(times: int) -> int:
        marked = "".join(piece % number if "%d" in piece else piece for number in range(times))
        return count_executed_lines(lambda: resolve_marked(marked))

    # A loop over all that came before, at each step, shows as little more than four times as much.
    assert lines(400) < 4.3 * lines(100)


def test_nested_utterances_are_linear() -> None:
    def lines(times: int) -> int:
        text = "Ann Moor said it rains. " * times
        spans = [Span(start, start + 8) for start in range(0, len(text), 24)]
        utterances = [Utterance((Span(span.end, len(text)),), (), (span,)) for span in spans]
        return count_executed_lines(lambda: resolve_speakers(Document.from_text(text), utterances))

    assert lines(400) < 4.3 * lines(100)
