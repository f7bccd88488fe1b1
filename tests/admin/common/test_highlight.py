"""Marks in a text: discontinuous, overlapping and nested."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.common.highlight import TextMark, highlight_spans

OUTER = '<mark class="fb-mark fb-x" id="m0">a</mark>'
INNER = '<mark class="fb-mark fb-x"><mark class="fb-mark fb-x" id="m1">b</mark></mark>'
CASES = [
    ("nothing", "a<b", [], "a&lt;b"),
    ("one", "abc", [[[1, 2]]], 'a<mark class="fb-mark fb-x" id="m0">b</mark>c'),
    (
        "in two pieces, one anchor",
        "abcd",
        [[[0, 1], [2, 3]]],
        '<mark class="fb-mark fb-x" id="m0">a</mark>b<mark class="fb-mark fb-x">c</mark>d',
    ),
    (
        "one within another",
        "abc",
        [[[0, 3]], [[1, 2]]],
        OUTER + INNER + '<mark class="fb-mark fb-x">c</mark>',
    ),
    (
        "two that overlap",
        "abc",
        [[[0, 2]], [[1, 3]]],
        OUTER + INNER + '<mark class="fb-mark fb-x">c</mark>',
    ),
    ("markup in the text", '"<', [[[0, 2]]], '<mark class="fb-mark fb-x" id="m0">&quot;&lt;</mark>'),
    ("beyond the end", "ab", [[[1, 9]]], 'a<mark class="fb-mark fb-x" id="m0">b</mark>'),
]


def build_marks(spans: list[list[list[int]]]) -> list[TextMark]:
    return [TextMark(spans=each, style="x", anchor=f"m{number}") for number, each in enumerate(spans)]


@pytest.mark.parametrize(("text", "spans", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_marks(text: str, spans: list[list[list[int]]], expected: str) -> None:
    assert highlight_spans(text, build_marks(spans)) == expected


def test_window_of_a_longer_text() -> None:
    assert highlight_spans("cd", build_marks([[[1, 3]]]), offset=2) == '<mark class="fb-mark fb-x" id="m0">c</mark>d'


def test_innermost_link_wins_and_links_do_not_nest() -> None:
    outer = TextMark(spans=[[0, 3]], style="x", url="/outer", title='"')
    html = highlight_spans("abc", [outer, TextMark(spans=[[1, 2]], style="x", url="/inner")])
    assert re.findall(r'href="(/\w+)"', html) == ["/outer", "/inner", "/outer"]
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", html)
    assert 'title="&quot;"' in html


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: [list(pair)]), max_size=8)


@given(st.text(max_size=40), spans)
def test_text_is_preserved(text: str, found: list[list[list[int]]]) -> None:
    html = re.sub(r"</?mark[^>]*>", "", highlight_spans(text, build_marks(found)))
    assert html == escape(text)


def test_two_million_characters_with_thousands_of_marks() -> None:
    text = "Rivers are full. " * 120_000
    html = highlight_spans(text, build_marks([[[n * 300, n * 300 + 17]] for n in range(6_000)]))
    assert html.count("<mark") == 6_000
