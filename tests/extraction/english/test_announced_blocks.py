"""What a line announces: lists, block quotations, quotations without a cue. Each is one statement of its speaker."""

import pytest

from claims.extraction import Act, Document, extract, text_of

LONG_QUOTE = "We are proud of every child in this school."

ANNOUNCED = [
    (
        "bullets",
        "Minister Wanjiru Kamau told reporters on Monday:\n\n• The road will open in May\n• No tolls will be charged",
        [("Wanjiru Kamau", "The road will open in May"), ("Wanjiru Kamau", "No tolls will be charged")],
    ),
    (
        "stars in lines",
        "Speaking after the match, coach Diego Paz said:\n* We need two more players\n* The pitch was poor",
        [("Diego Paz", "We need two more players"), ("Diego Paz", "The pitch was poor")],
    ),
    (
        "numbers",
        "Priya Nair also said:\n\n1. The plant will hire 40 people.\n\n2. It will run at night.",
        [("Priya Nair", "The plant will hire 40 people"), ("Priya Nair", "It will run at night")],
    ),
    (
        "dashes, and a paragraph after the list",
        "In the report, the Land Board said:\n\n– The soil is dry.\n– Wells are low.\n\nThe board meets in June.",
        [("Land Board", "The soil is dry"), ("Land Board", "Wells are low")],
    ),
    (
        "an apposition, and an item in marks",
        'Kofi Mensah, the finance minister, said:\n\n- Taxes will fall in April\n\n- "We will not borrow"',
        [("Kofi Mensah", "Taxes will fall in April"), ("Kofi Mensah", "We will not borrow")],
    ),
    (
        "an item with a pronoun",
        "In the interview, President Ann Moor also said:\n\n- She is sure the deal will pass\n\n- The war will end",
        [("Ann Moor", "She is sure the deal will pass"), ("Ann Moor", "The war will end")],
    ),
    (
        "items with speakers of their own",
        "Ann Moor also said:\n\n- The road will open in May\n\n- Bob Lee told the council that it will not",
        [("Ann Moor", "The road will open in May"), ("Bob Lee", "it will not")],
    ),
    (
        "a list of what nobody said",
        "The council decided three things:\n\n- The bridge will close\n\n- The mill will go",
        [],
    ),
    ("a list of things", "Ann Moor packed for the trip:\n\n- a tent\n- two maps\n- a stove", []),
    (
        "a block quotation",
        "Bob Lee wrote on his blog:\n\nThe town has waited long enough for it.\n\nThe road leads north.",
        [("Bob Lee", "The town has waited long enough for it")],
    ),
    (
        "a block quotation in Markdown",
        "In a statement, Aln Water said:\n\n> We are sorry for it. We will mend the pipe.\n\nWork starts in May.",
        [("Aln Water", "We are sorry for it. We will mend the pipe")],
    ),
    ("from a name", f"And from Chairwoman Amara Obi:\n\n“{LONG_QUOTE}”", [("Amara Obi", LONG_QUOTE)]),
    ("from a name first", f'From Mayor Amara Obi:\n\n"{LONG_QUOTE}"', [("Amara Obi", LONG_QUOTE)]),
    ("a name and its role", f"Then came Priya Nair, the engineer:\n\n“{LONG_QUOTE}”", [("Priya Nair", LONG_QUOTE)]),
    ("a message", f"A note from Bob Lee, editor, Mill Journal.\n\n“{LONG_QUOTE}”", [("Bob Lee", LONG_QUOTE)]),
    ("a desk", f"From the desk of Kofi Mensah, head of research.\n\n“{LONG_QUOTE}”", [("Kofi Mensah", LONG_QUOTE)]),
]


def attributed_contents(text: str) -> list[tuple[str, str]]:
    return [
        (text_of(text, quotation.mention), text_of(text, quotation.content))
        for quotation in extract(Document.from_text(text))
        if quotation.act is Act.SPEECH
    ]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in ANNOUNCED], ids=[case[0] for case in ANNOUNCED])
def test_announced_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert attributed_contents(text) == expected


NO_SPEAKERS = [
    ("no name", f"From the archive:\n\n“{LONG_QUOTE}”"),
    ("a place", f"Overheard in London:\n\n“{LONG_QUOTE}”"),
    ("a painting", f"A painting by Bob Lee.\n\n“{LONG_QUOTE}”"),
]


@pytest.mark.parametrize("text", [case[1] for case in NO_SPEAKERS], ids=[case[0] for case in NO_SPEAKERS])
def test_a_quotation_that_nobody_introduces(text: str) -> None:
    assert {mention for mention, _ in attributed_contents(text)} <= {""}
