"""Second-hand speech: the speaker is who is quoted, the outlet who passes it on."""

import pytest

from claims.extraction import Document, extract, text_of

# An id, a text, and the mention, outlet and content of each quotation.
SECOND_HAND: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    (
        "was quoted as saying by",
        '"We rebuild the port," harbour chief Ravi Lee was quoted as saying by the agency ANA.',
        [("Ravi Lee", "ANA", "We rebuild the port,")],
    ),
    (
        "was quoted by … as saying",
        "Foreign Minister Chen Wei was quoted by Xinhua as saying that talks would resume.",
        [("Chen Wei", "Xinhua", "talks would resume")],
    ),
    (
        "quoted … as saying",
        "Xinhua quoted Chen Wei as saying that talks would resume.",
        [("Chen Wei", "Xinhua", "talks would resume")],
    ),
    (
        "cited … as saying, behind the quotation",
        '"We rebuild the port," the Interfax agency cited Pyotr Ivanov as saying.',
        [("Pyotr Ivanov", "Interfax agency", "We rebuild the port,")],
    ),
    (
        "reported, citing",
        "The bridge is closed, TASS reported on Friday, citing governor Ivan Petrov.",
        [("Ivan Petrov", "TASS", "The bridge is closed")],
    ),
    (
        "citing, reported",
        "Citing a senior official, Reuters reported that the port would be rebuilt.",
        [("a senior official", "Reuters", "the port would be rebuilt")],
    ),
    (
        "citing what is nobody",
        "The bridge is closed, TASS reported, citing heavy rain.",
        [("TASS", "", "The bridge is closed"), ("TASS", "", "heavy rain")],
    ),
    (
        "a person who cites another speaks",
        "The bridge is closed, Ann Moor said, citing Bob Lee.",
        [("Ann Moor", "", "The bridge is closed"), ("Ann Moor", "", "Bob Lee")],
    ),
    (
        "a reporter of a medium who cites another speaks",
        '"It rains in Aln today," Lamp reporter Ann Moor wrote, citing Bob Lee.',
        [("Ann Moor", "", "It rains in Aln today,"), ("Ann Moor", "", "Bob Lee")],
    ),
    (
        "a quotation, according to",
        '"We rebuild the port," Amina Okoye said at a briefing, according to the Daily Lamp.',
        [("Amina Okoye", "Daily Lamp", "We rebuild the port,")],
    ),
    (
        "a quotation, according to documents",
        '"I was at home," Diaz told police, according to court documents.',
        [("Diaz", "court documents", "I was at home,")],
    ),
    (
        "a quotation, according to its speaker",
        '"I was at home," according to Maria Diaz.',
        [("Maria Diaz", "", "I was at home,")],
    ),
    (
        "documents show",
        "Court records show that Maria Diaz told detectives she never saw the gun.",
        [
            ("Court records", "", "Maria Diaz told detectives she never saw the gun"),
            ("Maria Diaz", "Court records", "she never saw the gun"),
        ],
    ),
    (
        "documents say, with the addressee",
        "The suspect told officers that she fell on the floor, search warrant documents say.",
        [
            ("search warrant documents", "", "The suspect told officers that she fell on the floor"),
            ("The suspect", "search warrant documents", "she fell on the floor"),
        ],
    ),
    (
        "a name with an age",
        "Tomas Brandle, 41, told officers that he only rented it, according to an affidavit.",
        [
            ("an affidavit", "", "Tomas Brandle, 41, told officers that he only rented it"),
            ("Tomas Brandle", "affidavit", "he only rented it"),
        ],
    ),
    (
        "a person passes on what another said",
        "Ann Moor said that Lee had told him that the wall was weak.",
        [("Ann Moor", "", "Lee had told him that the wall was weak"), ("Lee", "", "the wall was weak")],
    ),
    (
        "a verb with an object",
        "Ann Moor said that Bob Lee warned the council twice about it.",
        [("Ann Moor", "", "Bob Lee warned the council twice about it")],
    ),
    (
        "the speaker speaks of himself",
        "Ann Moor said she claimed a loss in May.",
        [("Ann Moor", "", "she claimed a loss in May")],
    ),
    (
        "if somebody said so",
        "Ann Moor asked whether Bob Lee said that the wall was weak.",
        [("Ann Moor", "", "whether Bob Lee said that the wall was weak")],
    ),
    (
        "tells so many lies",
        "Ann Moor said that Bob Lee tells so many lies that nobody hears him.",
        [("Ann Moor", "", "Bob Lee tells so many lies that nobody hears him")],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in SECOND_HAND], ids=[case[0] for case in SECOND_HAND]
)
def test_second_hand_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    quotations = [
        (text_of(text, q.mention), q.outlet.of(text) if q.outlet else "", text_of(text, q.content))
        for q in extract(Document.from_text(text))
    ]
    assert sorted(quotations) == sorted(expected)
