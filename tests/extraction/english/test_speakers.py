"""Resolved speakers of extracted quotations."""

import pytest

from claims.extraction import Ambiguous, Document, Resolved, Speaker, Unresolved, extract
from tests.extraction.english.resolver.marked_text import (
    resolved_group,
    resolved_organization,
    resolved_person,
    resolved_unnamed,
)

ANN = "Ann Moor said that the mill is old."

SPEAKERS: list[tuple[str, str, Speaker]] = [
    ("full name", ANN, resolved_person("Ann Moor")),
    ("last name", f"{ANN} Moor noted that it rains.", resolved_person("Ann Moor")),
    ("last name before the full one", "On Monday Moor said it rains. They met Ann Moor.", resolved_person("Ann Moor")),
    ("title and last name", f"{ANN} Mrs. Moor noted that it rains.", resolved_person("Ann Moor")),
    (
        "the fullest name",
        "They met Ann Lee Moor at the old mill. Ann Moor said it rains.",
        resolved_person("Ann Lee Moor"),
    ),
    ("two spellings stay two", "Bogdan Moor is old. Bohdan Moor said it rains.", resolved_person("Bohdan Moor")),
    (
        "two of one name",
        "They met Ann Moor and Bob Moor at the old mill by the river. Moor said it rains.",
        Ambiguous(("Ann Moor", "Bob Moor")),
    ),
    (
        "two of one name, written out",
        "They met Ann Moor and Bob Moor at the old mill by the river. Bob Moor said it rains.",
        resolved_person("Bob Moor"),
    ),
    (
        "office before the name",
        "They met Ann Moor. The aide to the head of the Mill Board Ann Moor said it rains.",
        resolved_person("Ann Moor"),
    ),
    ("pronoun", f'{ANN} "It rains," she added.', resolved_person("Ann Moor")),
    ("pronoun in the next paragraph", f'{ANN}\n"It rains on us," she told The Lamp.', resolved_person("Ann Moor")),
    ("pronoun after a subject", 'Ann Moor walked home. "It rains," she said.', resolved_person("Ann Moor")),
    ("pronoun of the other gender", "Chairman Bob Lee said that it rains. She noted that it is late.", Unresolved()),
    ("pronoun with nobody before it", '"It rains," he said.', Unresolved()),
    (
        "pronoun with two before it",
        "Ann Moor said it rains, and Bob Lee said it does not. He noted that it is late.",
        resolved_person("Bob Lee"),
    ),
    (
        "pronoun behind a speaker and a hearer",
        'Ann Moor told Mayor Bob Lee that it rains. "It is late," he said.',
        resolved_person("Bob Lee"),
    ),
    (
        "pronoun behind a speaker and a hearer with a title",
        'Ann Moor told Mayor Bob Lee that it rains. "It is late," she said. Mr Lee went home. Ms Moor stayed.',
        resolved_person("Ann Moor"),
    ),
    ("pronoun of another title", 'Bob Lee said that it rains. "It is late," she said. Mr Lee went home.', Unresolved()),
    (
        "pronoun behind a companion",
        'Ann Moor went home with Bob Lee. "It is late," she said.',
        resolved_person("Ann Moor"),
    ),
    (
        "particles",
        "They met Ana van der Moor. On Monday van der Moor said it rains.",
        resolved_person("Ana van der Moor"),
    ),
    ("a name behind its office", '"It rains," said the mill\'s president, Ann Moor.', resolved_person("Ann Moor")),
    ("they", f"{ANN} They added that it rains.", Unresolved()),
    ("the expert", f"{ANN} It is late, the expert believes.", resolved_person("Ann Moor")),
    (
        "a role that fits",
        "Minister Ann Moor said that it rains. The minister noted that it is late.",
        resolved_person("Ann Moor"),
    ),
    ("a role that nobody has", f"{ANN} The minister noted that it is late.", Unresolved()),
    ("an opinion", f"{ANN} In her opinion, it rains.", resolved_person("Ann Moor")),
    ("acronym", "According to BNR, it rains.", resolved_organization("BNR")),
    ("an institution", "The Kremlin said that it rains.", resolved_organization("Kremlin")),
    ("the ministry, which none is named", "The ministry said that it rains.", Unresolved()),
    ("a city", "It rains in Aln. Aln said that it is late.", resolved_organization("Aln")),
    ("experts", "Experts believe that it rains.", resolved_group("Experts")),
    ("the expert community", "The expert community believes that it rains.", resolved_group("The expert community")),
    ("a source", '"It rains," a source said.', resolved_unnamed("a source")),
    ("a spokesman", '"It rains," a spokesman for Ann Moor said.', resolved_unnamed("a spokesman for Ann Moor")),
    ("what he is called", '"It rains," said a man who goes by “Lofty”.', resolved_unnamed("a man")),
    ("a nickname", '"It rains," said a woman nicknamed "Star".', resolved_unnamed("a woman")),
    ("answers in an interview", "Question: Why?\n\nAnswer: It rains.\n\nQuestion: When?\n\nAnswer: Now.", Unresolved()),
    ("media reports", "According to media reports, it rains.", Unresolved()),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS])
def test_speaker_of_the_last_quotation(text: str, expected: Speaker) -> None:
    assert extract(Document.from_text(text))[-1].speaker == expected


@pytest.mark.parametrize(
    ("label", "name"), [("Q", None), ("Question", None), ("Q Brown", "Q Brown"), ("Ann Quist", "Ann Quist")]
)
def test_the_label_of_a_question_is_no_person(label: str, name: str | None) -> None:
    text = f"{label}: Will it rain?\n\nBob Lee: The dam will hold.\n\n{label}: And the roads?\n\nBob Lee: They are dry."
    speaker = extract(Document.from_text(text))[0].speaker
    assert (speaker.name if isinstance(speaker, Resolved) else None) == name
