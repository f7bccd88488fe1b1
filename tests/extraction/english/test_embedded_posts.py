"""Posts of social media that a page embeds are statements of who signs them, without tags and addresses at the end."""

import pytest

from claims.extraction import Act, Document, extract, text_of

POSTS = [
    (
        "in one paragraph",
        "It rained.\n\nSo proud of our school today! #proud https://t.co/x1 — Amara Obi (@amaraobi) May 3, 2024",
        [("Amara Obi", "So proud of our school today")],
    ),
    (
        "the signature in a paragraph of its own",
        "It rained.\n\nWe lost. Sorry. pic.twitter.com/abc\n\n— Diego Paz (@dpaz9) March 9, 2022\n\nIt snowed.",
        [("Diego Paz", "We lost. Sorry")],
    ),
    (
        "announced",
        "Priya Nair tweeted:\n\nNo power until Friday. #north pic.twitter.com/zz\n\n— Priya Nair (@pnair) July 1, 2021",
        [("Priya Nair", "No power until Friday")],
    ),
    ("in marks", "“We are sorry.” — Aln Rail (@alnrail) 12 June 2023", [("Aln Rail", "We are sorry.")]),
    ("a hyphen", "It is a shame for us all. - Bob Lee (@boblee) Oct 1", [("Bob Lee", "It is a shame for us all")]),
    ("no post", "Follow Ann Moor (@annmoor) May 3, 2024", []),
    ("an account in a sentence", 'It rained. "No," said Ann Moor (@annmoor) on Monday.', [("Ann Moor", "No,")]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in POSTS], ids=[case[0] for case in POSTS])
def test_embedded_posts(text: str, expected: list[tuple[str, str]]) -> None:
    pairs = [
        (text_of(text, quotation.mention), text_of(text, quotation.content))
        for quotation in extract(Document.from_text(text))
        if quotation.act is Act.SPEECH
    ]
    assert pairs == expected
