"""A text whose line breaks were lost is read in paragraphs where quotations begin and end."""

import pytest

from claims.extraction import Document, extract

REPORT = " ".join(f"The council of Aln met for the {number}th time and heard of the river." for number in range(11, 21))

# What stands behind the report, and where its paragraphs begin besides the first.
CONTINUATIONS = [
    ("a quotation with its cue", '"It rains," said Wanjiru Kamau.', ['"It rains'],),
    ("another quotation of the speaker", '"It rains," he said. "It pours."', ['"It rains'],),
    ("the report goes on", '"It rains," he said. The mill is shut.', ['"It rains', "The mill"],),
    ("another speaker", '"It rains." "It pours," said Tomoko Arai.', ['"It pours'],),
    ("a question", '"Does it rain?" asked Rafael Quispe.', ['"Does it'],),
    ("a signature", "“It rains.” — Aroha Ngata “It pours.” — Farid Haddad", ["“It pours"],),
    ("words within a sentence", 'Kamau called it "a flood" and left.', [],),
    ("a mark opened again", '"It rains," he said. "We mend it. "It pours."', ['"It rains', '"We mend', '"It pours'],),
]  # fmt: skip


@pytest.mark.parametrize(
    ("continuation", "starts"), [case[1:] for case in CONTINUATIONS], ids=[case[0] for case in CONTINUATIONS]
)
def test_paragraphs_of_a_text_in_one_line(continuation: str, starts: list[str]) -> None:
    document = Document.from_text(f"{REPORT} {continuation}")
    texts = [paragraph.span.of(document.text) for paragraph in document.paragraphs]
    assert " ".join(texts) == f"{REPORT} {continuation}"
    found = [text for text in texts if not text.startswith("The council")]
    assert len(found) == len(starts)
    assert all(text.startswith(start) for text, start in zip(found, starts, strict=True))


def test_a_short_line_and_lines_among_others_are_paragraphs() -> None:
    text = '"It rains," he said. The mill is shut. "It pours," said Lee.'
    assert len(Document.from_text(text).paragraphs) == 1
    assert len(Document.from_text(f"{REPORT} {text}\nIt is late in Aln.").paragraphs) == 2


def test_two_speakers_in_one_line_are_told_apart() -> None:
    text = f'{REPORT} "It rains," said Wanjiru Kamau. The mill is shut. "It pours," said Rafael Quispe.'
    assert [[span.of(text) for span in quotation.content] for quotation in extract(Document.from_text(text))][-2:] == [
        ["It rains,"],
        ["It pours,"],
    ]


@pytest.mark.parametrize("unit", ["a", "Mr. ", '" a. ', "a-", ". ", '"A," '])
def test_reads_a_long_line_in_linear_time(unit: str) -> None:
    document = Document.from_text(unit * 100_000)
    assert document.paragraphs[-1].span.end <= len(document.text)
