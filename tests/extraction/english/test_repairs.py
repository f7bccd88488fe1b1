"""Repair rules: what the tagger returned for a text, and what the rules make of it."""

from collections.abc import Sequence

import pytest

from claims.extraction import Document, Part
from claims.extraction.english.candidates import Candidate, TokenRange
from claims.extraction.english.repairs import apply_repairs
from claims.extraction.text.tokens import TokenizedDocument, tokenize_document

# What the tagger found: the parts of the content, the cue and the source, as in the text.
Tagged = tuple[Sequence[str], str, str]


def token_range(document: TokenizedDocument, part: str) -> TokenRange:
    at = document.text.index(part)
    inside = [i for i, word in enumerate(document.tokens) if at <= word.span.start and word.span.end <= at + len(part)]
    return inside[0], inside[-1] + 1


def repair_tagged(text: str, tagged: Sequence[Tagged]) -> tuple[TokenizedDocument, list[Candidate]]:
    document = tokenize_document(Document.from_text(text))
    candidates = [
        Candidate(
            [token_range(document, part) for part in parts],
            *(token_range(document, p) if p else None for p in (cue, source)),
        )
        for parts, cue, source in tagged
    ]
    return document, apply_repairs(document, candidates)


def describe_candidate(document: TokenizedDocument, candidate: Candidate) -> tuple[str, str]:
    """Return the source and the content."""
    source = document.span(*candidate.source).of(document.text) if candidate.source else ""
    return source, " … ".join(document.span(*part).of(document.text) for part in candidate.content)


CASES: list[tuple[str, str, Sequence[Tagged], list[tuple[str, str]]]] = [
    ("a statement that the tagger missed", "Sgt Ruiz told the court it rained.", [], [("Sgt Ruiz", "it rained")]),
    (
        "a statement that it missed but for a word",
        "Sgt Ruiz told the court it rained.",
        [(["it"], "told", "Sgt Ruiz")],
        [("Sgt Ruiz", "it rained")],
    ),
    ("what is told is no statement", "Sgt Ruiz told the court so many lies that it laughed.", [], []),
    ("what others are asked is no statement", "Sgt Ruiz told the court the truth about it.", [], []),
    (
        "no content ends with an article",
        "The museum, Ruiz said, honours painters, including the late Noor Haddad.",
        [(["The museum", "honours painters, including the"], "said", "Ruiz")],
        [("Ruiz", "The museum … honours painters, including the late Noor Haddad")],
    ),
    (
        "a title in marks is not what it is called",
        'The film "River" was called "loud" by Noor Haddad.',
        [(['The film "River"', '"loud" by Noor Haddad'], "was called", "")],
        [("Noor Haddad", '"loud"')],
    ),
    (
        "a name beside the noun that is the source",
        '"We sold it," its leader, Ivo Lasker, said.',
        [(['"We sold it,"'], "said", "its leader")],
        [("its leader, Ivo Lasker", '"We sold it,"')],
    ),
    (
        "a name that is the subject itself",
        "Behind the mill, Ivo Lasker said it rained.",
        [(["it rained"], "said", "the mill")],
        [("the mill", "it rained")],
    ),
    (
        "who is called so without a name in marks",
        'Noor Haddad called the film "River" loud.',
        [(['the film "River" loud'], "called", "Noor Haddad")],
        [("Noor Haddad", 'the film "River" loud')],
    ),
    (
        "quoted as saying by a carrier that the tagger missed",
        '"We all go north in May," chief Ravi Sen was quoted as saying by ANA.',
        [(['"We all go north in May,"', "chief Ravi Sen", "as saying by ANA"], "was quoted", "")],
        [("chief Ravi Sen", '"We all go north in May,"')],
    ),
    (
        "a content includes the whole quoted span",
        '"We all go north in May and stay," Ann Moor said.',
        [(["We all go north in May"], "said", "Ann Moor")],
        [("Ann Moor", '"We all go north in May and stay,"')],
    ),
    (
        "a small part of a quoted span is not completed",
        '"We all go north in May and stay there," Ann Moor said.',
        [(["stay there"], "said", "Ann Moor")],
        [("Ann Moor", "stay there")],
    ),
    (
        "all paragraphs that a quotation re-opens",
        'Ann Moor said: "We all go north in May.\n"Nobody of us will stay behind here."',
        [(["We all go north in May."], "said", "Ann Moor")],
        [("Ann Moor", '"We all go north in May.\n"Nobody of us will stay behind here."')],
    ),
    (
        "a quotation that nothing closes ends where the tagger ends it",
        'Ann Moor said: "We all go north in May. It rained then, and nobody came.',
        [(['"We all go north in May. It rained'], "said", "Ann Moor")],
        [("Ann Moor", '"We all go north in May. It rained')],
    ),
    (
        "no quotation of another paragraph",
        'There are "so many others in prison" there.\nThey will be free, she says.',
        [(['"so many others in prison"', "They will be free"], "says", "she")],
        [("she", "They will be free")],
    ),
    (
        "no closed quotation of the paragraph before",
        '"We all stay behind."\n"We all go north," Ann Moor said.',
        [(['"We all stay behind."', '"We all go north,"'], "said", "Ann Moor")],
        [("Ann Moor", '"We all go north,"')],
    ),
    (
        "this says nothing",
        "This shows that it rains. It is said that it snows.",
        [(["that it rains"], "shows", "This"), (["that it snows"], "is said", "It")],
        [("", "that it rains"), ("", "that it snows")],
    ),
    (
        "a name that the text knows, a colon and a clause",
        "Ann Moor spoke. Later, on the radio, Moor: the river took the mill, it was late.",
        [(["the mill"], "took", "the river")],
        [("Moor", "the river took the mill, it was late")],
    ),
    (
        "a note is nobody",
        "Correction: the river took the mill in May.",
        [(["the mill in May"], "took", "the river")],
        [("the river", "the mill in May")],
    ),
    (
        "what is said begins with its sentence",
        "Although it rained, the mill stands, said Ann Moor.",
        [(["the mill stands"], "said", "Ann Moor")],
        [("Ann Moor", "Although it rained, the mill stands")],
    ),
    (
        "never over a cue or a source",
        '"We go north, Ann Moor said, and stay there in May."',
        [(["We go north", "and stay there in May"], "said", "Ann Moor")],
        [("Ann Moor", "We go north … and stay there in May")],
    ),
    (
        "the other half goes to who said it",
        '"It rains a lot," Ann Moor said, noting the river, "and we must all leave."',
        [(['"It rains a lot,"'], "said", "Ann Moor"), (['the river, "and we must all leave."'], "noting", "Ann Moor")],
        [("Ann Moor", '"It rains a lot," … "and we must all leave."'), ("Ann Moor", "the river,")],
    ),
    (
        "two who speak in one paragraph stay apart",
        '"It rains a lot," Ann Moor said. Bob Lee added: "And we must all leave."',
        [(['"It rains a lot,"'], "said", "Ann Moor"), (['"And we must all leave."'], "added", "Bob Lee")],
        [("Ann Moor", '"It rains a lot,"'), ("Bob Lee", '"And we must all leave."')],
    ),
    (
        "what follows a whole utterance is the reporter's",
        '"Yes, we do," Ann Moor said, and soon it rained.',
        [(['"Yes, we do,"', "and soon it rained"], "said", "Ann Moor")],
        [("Ann Moor", '"Yes, we do,"')],
    ),
    (
        "a colon announces",
        'He spoke of the old mill: "We will never sell it."',
        [(['the old mill: "We will never sell it."'], "spoke of", "He")],
        [("He", '"We will never sell it."')],
    ),
    (
        "a heading is not part of the next paragraph",
        "The mill is lost\n\nIt will be sold in May, Ann Moor said.",
        [(["The mill is lost\n\nIt will be sold in May"], "said", "Ann Moor")],
        [("Ann Moor", "It will be sold in May")],
    ),
    (
        "a signature behind a dash",
        '"The mill is ours, and we stay." ― Ann Moor\n"We must all leave the mill." — Bob Lee, 45',
        [(['"The mill is ours, and we stay."'], "", "Bob Lee")],
        [("Ann Moor", '"The mill is ours, and we stay."'), ("Bob Lee, 45", '"We must all leave the mill."')],
    ),
    (
        "a signature in a text without capitals",
        '"the mill is ours, and we stay." ― ann moor',
        [(['"the mill is ours, and we stay."'], "", "")],
        [("ann moor", '"the mill is ours, and we stay."')],
    ),
    (
        "no signature: a sentence goes on behind the dash",
        '"The mill is ours, and we stay" — that was what the mayor wrote.',
        [(['"The mill is ours, and we stay"'], "wrote", "the mayor")],
        [("the mayor", '"The mill is ours, and we stay"')],
    ),
    (
        "in his opinion",
        "Ann Moor spoke. In his opinion, this shows that the mill is lost.",
        [(["the mill is lost"], "shows", "")],
        [("his", "this shows that the mill is lost")],
    ),
    (
        "in his opinion, with full stops that end nothing",
        "In his opinion, Mr. Moor lost 3.5 miles of J. Lee's river. It rains.",
        [(["Mr. Moor lost"], "lost", "")],
        [("his", "Mr. Moor lost 3.5 miles of J. Lee's river")],
    ),
    (
        "a name before the colon",
        "Later, on the radio, Ann Moor: it was late.",
        [(["it was late"], ":", "")],
        [("Ann Moor", "it was late")],
    ),
    (
        "a transcript's lines",
        "MOOR: Do we go there now?\nLEE: We do, she said.\nMOOR: Good.\nLEE: Indeed it is.",
        [(["We do"], "said", "she")],
        [
            ("MOOR", "Do we go there now?"),
            ("LEE", "We do, she said."),
            ("MOOR", "Good."),
            ("LEE", "Indeed it is."),
        ],
    ),
    (
        "a transcript in marks, with a paragraph more",
        '"MOOR: Do we go?\n"LEE: We do.\n"And soon, I think.\n"MOOR: Good.\n"LEE: It is."',
        [],
        [("MOOR", "Do we go?"), ("LEE", 'We do. … "And soon, I think.'), ("MOOR", "Good."), ("LEE", "It is.")],
    ),
    (
        "the reporter goes on behind a transcript with turns of one paragraph",
        "MOOR: Do we go?\nLEE: We do.\nMOOR: Good.\nLEE: It is.\nThey left in May.",
        [],
        [("MOOR", "Do we go?"), ("LEE", "We do."), ("MOOR", "Good."), ("LEE", "It is.")],
    ),
    (
        "a text that ends at the and of a statement",
        "Ann Moor said that it rained and",
        [(["it rained and"], "said", "Ann Moor")],
        [("Ann Moor", "it rained and")],
    ),
    ("this is nothing", "This was stated by Ann Moor.", [(["This"], "was stated", "Ann Moor")], []),
    (
        "a formula says nothing",
        'They share it according to the "50 to 50" formula.',
        [(["They share it"], "according to", 'the "50 to 50" formula')],
        [],
    ),
]


@pytest.mark.parametrize(("text", "tagged", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_repairs(text: str, tagged: Sequence[Tagged], expected: list[tuple[str, str]]) -> None:
    document, candidates = repair_tagged(text, tagged)
    assert [describe_candidate(document, candidate) for candidate in candidates] == expected


def test_repaired_parts() -> None:
    _, (whole,) = repair_tagged('"We all go," Ann Moor said.', [(['"We all go,"'], "said", "Ann Moor")])
    _, (half,) = repair_tagged('"We all go," Ann Moor said.', [(["We all"], "said", "Ann Moor")])
    _, (named,) = repair_tagged("Later, Ann Moor: it was late.", [(["it was late"], ":", "")])
    assert (whole.repaired, half.repaired, named.repaired) == (set(), {Part.CONTENT}, {Part.MENTION})


def test_content_of_two_quoted_spans_keeps_its_order() -> None:
    document, (candidate,) = repair_tagged(
        '"We go north," he said, "in May or in June."', [(["in May or in June", "We go north"], "said", "he")]
    )
    assert describe_candidate(document, candidate) == ("he", '"We go north," … "in May or in June."')
