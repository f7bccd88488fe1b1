"""The lines of a paragraph that was broken to a width are joined; those of lists and paragraphs stay apart."""

import pytest

from claims.extraction import Document, extract
from claims.extraction.english.orthography import ORTHOGRAPHY

JOINED = [
    (
        "a block",
        "The mill on the river will be sold in\nMay, the mayor said. It has stood\nthere for years.",
        ["The mill on the river will be sold in May, the mayor said. It has stood there for years."],
    ),
    (
        "a name over the break",
        "The mill will be sold in May, said Ann\nMoor, who heads the council of the\ntown, and nobody was asked.",
        ["The mill will be sold in May, said Ann Moor, who heads the council of the town, and nobody was asked."],
    ),
    (
        "two blocks",
        "The mill will be sold in May, said\nthe mayor on Monday.\n\nNobody was asked about it, she\nsaid.",
        ["The mill will be sold in May, said the mayor on Monday.", "Nobody was asked about it, she said."],
    ),
    (
        "a short last line ends a paragraph without a blank line",
        "The mill will be sold in May, said\nthe mayor.\nNobody was asked about it, as she\nsaid on Monday.",
        ["The mill will be sold in May, said the mayor.", "Nobody was asked about it, as she said on Monday."],
    ),
    (
        "CRLF",
        "The mill will be sold in\r\nthe spring, she said.\r\n\r\nIt rained.",
        ["The mill will be sold in the spring, she said.", "It rained."],
    ),
    (
        "a line of separators, which is blank",
        "The mill will be sold in\n\x1f\x1f\nthe spring, as\nshe said.",
        ["The mill will be sold in", "the spring, as she said."],
    ),
    (
        "quoted mail",
        "> The mill will be sold in\n> the spring, she said.\n>\n> It rained.",
        ["The mill will be sold in the spring, she said.", "It rained."],
    ),
    (
        "a divided word",
        "The mill will be sold by the coun-\ncil in May.",
        ["The mill will be sold by the council in May."],
    ),
    ("a divided name", "It is said that Ann Mack-\nintosh left.", ["It is said that Ann Mackintosh left."]),
    ("a soft hyphen", "It will be sold by the coun\xad\ncil.", ["It will be sold by the council."]),
    (
        "a hyphen that the text has elsewhere",
        "The sea-wall broke, and so the sea-\nwall was mended.",
        ["The sea-wall broke, and so the sea-wall was mended."],
    ),
    (
        "in capitals",
        "THE MILL WILL BE SOLD IN MAY, SAID ANN\nMOOR. NOBODY WAS ASKED.",
        ["THE MILL WILL BE SOLD IN MAY, SAID ANN MOOR. NOBODY WAS ASKED."],
    ),
    ("paragraphs", "The mill will be sold.\nNobody was asked.", ["The mill will be sold.", "Nobody was asked."]),
    ("headlines", "Mill to be sold\nBy Ann Moor", ["Mill to be sold", "By Ann Moor"]),
    ("a colon", "Ann Moor wrote:\nwe go north", ["Ann Moor wrote:", "we go north"]),
    (
        "list items",
        "She said:\n- The mill will be sold\n- Nobody will be asked",
        ["She said:", "- The mill will be sold", "- Nobody will be asked"],
    ),
    (
        "wrapped list items",
        "The mayor told the council:\n• The mill will be sold in the month of\nmay to a miller\n• Nobody will be asked",
        [
            "The mayor told the council:",
            "• The mill will be sold in the month of may to a miller",
            "• Nobody will be asked",
        ],
    ),
    (
        "turns of a transcript",
        "MOOR: The mill will be sold in May, and\nnobody was asked.\nLEE: Why was nobody in the town\nasked?",
        ["MOOR: The mill will be sold in May, and nobody was asked.", "LEE: Why was nobody in the town asked?"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in JOINED], ids=[case[0] for case in JOINED])
def test_joined_lines(text: str, expected: list[str]) -> None:
    document = Document.from_text(text)
    assert [paragraph.span.of(document.text) for paragraph in document.paragraphs] == expected


@pytest.mark.parametrize("word", sorted(ORTHOGRAPHY.compound_leads))
def test_a_compound_keeps_its_hyphen(word: str) -> None:
    assert Document.from_text(f"It is {word}-\nlevel.").text == f"It is {word}-level."


def test_spans_are_those_of_the_original() -> None:
    text = "The mill is sold, said Ann Mack-\nintosh. The town, she\nsaid, was not asked\nabout it."
    names = [[span.of(text) for span in quotation.mention] for quotation in extract(Document.from_text(text))]
    contents = [[span.of(text) for span in quotation.content] for quotation in extract(Document.from_text(text))]
    assert names == [["Ann Mack-\nintosh"], ["she"]]
    assert contents == [["The mill is sold"], ["The town", "was not asked\nabout it"]]
