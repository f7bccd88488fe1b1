"""For any text: exact spans in order, no exception, the same result twice, time linear in the length."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import Document, Kind, extract
from claims.extraction.english import reader
from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.sentences import MAX_SENTENCE_TOKENS
from claims.extraction.english.tagger import LinkedAttribution, TaggedRun, TaggerSettings
from claims.extraction.english.tagger.tags import Tag
from claims.extraction.text.tokens import Token

PIECES = [
    *"\"“”„«»‘’'—–-.,:;?!()\n",
    *("\r\n", "\n\n", " ", " ", "\xa0", "\ufeff", "e\u0301", "\ud800", "\0", "😀", "שלום", "«Да», — "),
    *("Ann Moor", "Bob Lee", "Moor", "Mrs. Moor", "the mayor", "the expert", "he", "she", "It", "This", "BNR", "who"),
    *(
        "said",
        "told",
        "says",
        "asked",
        "adding",
        "according to",
        "According to",
        "In his opinion,",
        "believes",
        "state",
    ),
    *("that", "and", "but", "if", "on Monday", "in an interview with", "to", "of", "in", "is", "was", "called"),
    *('said that it is "quite lost" now', '"We go," Ann Moor said.', '"To the sea."', "said that it rains"),
    *("the old mill", "it rains", "go home", "Minister", "a spokesman for", "Advertisement", "MOOR:", "100", "A."),
]

any_texts = st.text(alphabet=st.characters())
composed_texts = st.lists(st.sampled_from(PIECES), max_size=60).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(any_texts, composed_texts))
def test_spans_of_any_text(text: str) -> None:
    quotations = extract(Document.from_text(text), language="en")
    assert quotations == extract(Document.from_text(text), language="en")
    assert [quotation.content for quotation in quotations] == sorted(quotation.content for quotation in quotations)
    for quotation in quotations:
        assert quotation.content
        assert 0 <= quotation.confidence <= 1
        for spans in (quotation.content, quotation.cue, quotation.mention):
            bounds = [bound for span in spans for bound in span]
            assert bounds == sorted(bounds)
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(span.of(text).strip() == span.of(text) for span in spans)
        for span in (quotation.role, quotation.outlet):
            assert span is None or 0 <= span.start < span.end <= len(text)


def test_composed_texts_yield_all_kinds() -> None:
    kinds: set[Kind] = set()

    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(composed_texts)
    def collect(text: str) -> None:
        kinds.update(quotation.kind for quotation in extract(Document.from_text(text), language="en"))

    collect()
    assert kinds == set(Kind)


# Each would take minutes if a step were quadratic in the length, or in the number of marks, sentences or names.
UNITS = [
    *('"', "'", "«", "“", "‘", '" ', "' a", " 'a", "“a “b” ", ' "a "b"'),
    *(" ", "\n", "a", "1.", "'s", "\ud800", "e\u0301"),
    *("said ", '" said', "— ", "— a\n", "A. ", "Xxx ", "Xxx. ", ", said X", "X said, ", "X said that X said "),
    *("according to ", '"a" said X, ', "X: ", "MOOR: Y\n", '"a\n', "he said ", "the expert said that he is "),
    *('"a b c d" — Xxx\n', "In his opinion, a. "),
    *(
        "&quot;",
        "``",
        "a-\n",
        "a\n",
        "> ",
        "â€",
        "*_",
        "said:\n- a\n",
        "— a — said ",
        "#a http://a ",
        " (@a) ",
        "&amp;#",
    ),
]


class EchoTagger:
    """A tagger that finds attributions everywhere at no cost, so that a test times all the rest."""

    settings = TaggerSettings(cue_bias=0.0, content_bias=0.0, nobody_bias=0.0, least=0.0, confidence={})

    @staticmethod
    def attributions(tokens: Sequence[Token]) -> list[LinkedAttribution]:
        """Return an attribution for every eight tokens: a source, a cue and six tokens of content."""
        return [
            LinkedAttribution(
                (TaggedRun(Tag.CONTENT, at + 2, min(at + 8, len(tokens)), 0.9),),
                TaggedRun(Tag.CUE, at + 1, at + 2, 0.9),
                TaggedRun(Tag.SOURCE, at, at + 1, 0.9),
                0.9,
                0.9,
            )
            for at in range(0, len(tokens) - 2, 8)
        ]


@pytest.mark.parametrize("length", [10_000, pytest.param(50_000, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_time_is_linear(unit: str, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_tagger", EchoTagger)
    extract(Document.from_text((unit * length)[:length]), language="en")


class MonologueTagger(EchoTagger):
    """A tagger that gives every second token to one and the same speaker."""

    @staticmethod
    def attributions(tokens: Sequence[Token]) -> list[LinkedAttribution]:
        contents = tuple(TaggedRun(Tag.CONTENT, at, at + 1, 0.9) for at in range(2, len(tokens), 2))
        return [LinkedAttribution(contents, TaggedRun(Tag.CUE, 1, 2, 0.9), TaggedRun(Tag.SOURCE, 0, 1, 0.9), 0.9, 0.9)]


@pytest.mark.parametrize("unit", ["“a b” ", "“A b c d.” ", "“a\n", "a, "], ids=ascii)
def test_time_is_linear_in_the_parts_of_a_quotation(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_tagger", MonologueTagger)
    extract(Document.from_text(unit * 5_000), language="en")


@pytest.mark.parametrize("length", [5_000, pytest.param(20_000, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("unit", ['"', " ", "a", "X said that X said "], ids=ascii)
def test_long_text_with_the_real_tagger(unit: str, length: int) -> None:
    extract(Document.from_text((unit * length)[:length]), language="en")


def test_long_text_with_many_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_tagger", EchoTagger)
    names = (f"{first}{index}x Moor" for index in range(60) for first in "ABCDEFGHIJ")
    extract(
        Document.from_text(" ".join(f"{name} said that it rains. Moor said it rains." for name in names)), language="en"
    )


def test_sentence_length_is_limited() -> None:
    words = DocumentWords.from_document(Document.from_text("Ann Moor said that " * 2000))
    assert max(map(len, words.sentences)) == MAX_SENTENCE_TOKENS


def test_sentences_of_a_quotation_are_joined_up_to_a_limit() -> None:
    words = DocumentWords.from_document(Document.from_text(f"Moor said “{'It rains. ' * 2000}”"))
    assert MAX_SENTENCE_TOKENS < len(words.sentence_around(3000)) < 3 * MAX_SENTENCE_TOKENS
