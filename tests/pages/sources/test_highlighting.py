"""Quotes highlighted in a text, and alone in their context."""

from itertools import pairwise

import pytest

from claims.pages.sources.highlighting import Run, quote_in_context, split_paragraphs

TEXT = "One two three.\n\nFour 😀 five six."


def row_of_quote(pk: int, *spans: tuple[int, int]) -> dict:
    return {"id": pk, "spans": [list(span) for span in spans], "start": spans[0][0], "end": spans[-1][1]}


def shown(run: Run) -> tuple[str, list[int], list[int]]:
    return run.text, [row["id"] for row in run.quotes], [row["id"] for row in run.begun]


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        pytest.param([], [[("One two three.", [], [])], [("Four 😀 five six.", [], [])]], id="none"),
        pytest.param(
            [row_of_quote(1, (4, 7))],
            [[("One ", [], []), ("two", [1], [1]), (" three.", [], [])], [("Four 😀 five six.", [], [])]],
            id="one",
        ),
        pytest.param(
            [row_of_quote(1, (23, 27))],
            [[("One two three.", [], [])], [("Four 😀 ", [], []), ("five", [1], [1]), (" six.", [], [])]],
            id="behind an astral character",
        ),
        pytest.param(
            [row_of_quote(1, (0, 13)), row_of_quote(2, (4, 7))],
            [
                [("One ", [1], [1]), ("two", [1, 2], [2]), (" three", [1], []), (".", [], [])],
                [("Four 😀 five six.", [], [])],
            ],
            id="nested",
        ),
        pytest.param(
            [row_of_quote(2, (0, 7)), row_of_quote(1, (4, 13))],
            [
                [("One ", [2], [2]), ("two", [2, 1], [1]), (" three", [1], []), (".", [], [])],
                [("Four 😀 five six.", [], [])],
            ],
            id="overlapping",
        ),
        pytest.param(
            [row_of_quote(2, (0, 3)), row_of_quote(1, (0, 7))],
            [
                [("One", [1, 2], [1, 2]), (" two", [1], []), (" three.", [], [])],
                [("Four 😀 five six.", [], [])],
            ],
            id="the shorter of two that begin together is the inner one",
        ),
        pytest.param(
            [row_of_quote(1, (0, 3), (8, 13))],
            [
                [("One", [1], [1]), (" two ", [], []), ("three", [1], []), (".", [], [])],
                [("Four 😀 five six.", [], [])],
            ],
            id="two spans, one beginning",
        ),
        pytest.param(
            [row_of_quote(1, (8, 20))],
            [[("One two ", [], []), ("three.", [1], [1])], [("Four", [1], []), (" 😀 five six.", [], [])]],
            id="across paragraphs",
        ),
        pytest.param(
            [row_of_quote(1, (14, 20))],
            [[("One two three.", [], [])], [("Four", [1], [1]), (" 😀 five six.", [], [])]],
            id="beginning between paragraphs",
        ),
        pytest.param(
            [row_of_quote(1, (0, 3)), row_of_quote(2, (3, 7))],
            [[("One", [1], [1]), (" two", [2], [2]), (" three.", [], [])], [("Four 😀 five six.", [], [])]],
            id="adjacent",
        ),
    ],
)
def test_runs_of_a_text(quotes: list[dict], expected: list) -> None:
    paragraphs = list(split_paragraphs(TEXT, quotes))
    assert [[shown(run) for run in runs] for runs in paragraphs] == expected


def test_label_goes_before_the_quotation_mark() -> None:
    text = "He said: “Rivers.”"
    (runs,) = split_paragraphs(text, [row_of_quote(1, (10, 17))])
    assert [shown(run) for run in runs] == [
        ("He said: ", [], []),
        ("“", [], [1]),
        ("Rivers.", [1], []),
        ("”", [], []),
    ]


def test_no_character_is_lost_or_doubled() -> None:
    quotes = [row_of_quote(n, (n * 3 % 29, n * 3 % 29 + 1 + n % 4)) for n in range(1, 40)]
    paragraphs = split_paragraphs(TEXT, sorted(quotes, key=lambda row: row["start"]))
    assert ["".join(run.text for run in runs) for runs in paragraphs] == TEXT.split("\n\n")


def test_many_overlapping_quotes_take_little_time() -> None:
    text = "word " * 2000
    quotes = [row_of_quote(n, (n * 5, n * 5 + 400)) for n in range(400)]
    runs = [run for paragraph in split_paragraphs(text, quotes) for run in paragraph]
    assert len([row for run in runs for row in run.begun]) == 400
    assert max(len(run.quotes) for run in runs) == 80


@pytest.mark.parametrize(
    ("row", "contexts", "expected"),
    [
        pytest.param(row_of_quote(1, (4, 7)), [(0, 14)], "One [two] three. …", id="up to the beginning"),
        pytest.param(row_of_quote(1, (4, 7)), [(2, 10)], "… [two]  …", id="without the parts of words that are cut"),
        pytest.param(
            row_of_quote(1, (0, 3), (8, 13)), [(0, 7), (4, 14)], "[One] two [three]. …", id="contexts that meet"
        ),
        pytest.param(
            row_of_quote(1, (0, 3), (23, 27)), [(0, 7), (21, 32)], "[One] two […] 😀 [five] six.", id="with a gap"
        ),
        pytest.param(row_of_quote(1, (16, 20)), [(13, 21)], "… [Four]  …", id="without the end of another sentence"),
        pytest.param(row_of_quote(1, (0, len(TEXT))), [(0, len(TEXT))], f"[{TEXT}]", id="the whole text"),
    ],
)
def test_quote_in_context(row: dict, contexts: list[tuple[int, int]], expected: str) -> None:
    runs = quote_in_context(TEXT, row, contexts)
    assert "".join(f"[{run.text}]" if run.quotes else run.text for run in runs) == expected


def test_context_shows_nothing_beyond_its_bounds() -> None:
    text = "secret " * 30 + "said this" + " secret" * 30
    row = row_of_quote(1, (210, 219))
    for width in range(30):
        runs = quote_in_context(text, row, [(210 - width, 219 + width)])
        shown_context = sum(len(run.text.strip(" …")) for run in runs if not run.quotes)
        assert shown_context <= 2 * width
        assert all(first != second for first, second in pairwise(runs))
