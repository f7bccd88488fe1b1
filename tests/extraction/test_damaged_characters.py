"""Characters that were lost or spoilt on the way are read as those that were meant."""

import pytest

from claims.extraction import Document, Resolved, extract, text_of
from claims.extraction.text.damaged_characters import MISREAD_CHARACTERS, TYPED_MARKS

MEANT = [
    ("backticks", "``We go,'' she said.", '“We go," she said.'),
    ("one backtick", "`We go,' she said.", "‘We go,' she said."),
    ("an accent for an apostrophe", "We don´t go, and can`t.", "We don’t go, and can’t."),
    ("double primes", "″We go,″ she said.", '"We go," she said.'),
    ("commas as low marks", ",,We go,'' she said.", '„We go," she said.'),
    ("two commas", "We go,, she said.", "We go,, she said."),
    ("entities", "&ldquo;We go&rdquo; &amp; &#8220;stay&#x201D;, &quot;now&quot;.", '“We go” & “stay”, "now".'),
    ("entities escaped twice", "&amp;quot;We go&amp;quot;, she said.", '"We go", she said.'),
    ("entities without semicolon", "&quotWe go", "&quotWe go"),
    ("no entity", "AT&T; R&D; &unknown; & more;", "AT&T; R&D; &unknown; & more;"),
    ("escapes", r"\"We go,\" she\'s told. \u201cYes\u201d", '"We go," she\'s told. “Yes”'),
    ("doubled marks", '""We go,"" she said, and ""."', '"We go," she said, and ""."'),
    ("a path", r"C:\users\ann", r"C:\users\ann"),
    ("UTF-8 as Windows-1252", "â€œWe goâ€\x9d, â€˜nowâ€™ â€” JosÃ©", "“We go”, ‘now’ — José"),
    ("UTF-8 as Windows-1252, a byte lost", "â€œWe goâ€, she said.", "“We go”, she said."),
    ("UTF-8 as Mac Roman", "‚ÄúWe go,‚Äù she said.", "“We go,” she said."),
    ("UTF-8 as Windows-1251", "вЂњWe go,вЂќ she said.", "“We go,” she said."),
    ("letters with accents", "José, Ângela and São Paulo", "José, Ângela and São Paulo"),
    ("invisible characters", "\ufeff\u200b“We\u2060 go,”\u200b she sa\xadid.", "“We go,” she said."),
    ("emphasis", "*“We go,”* **Ann Moor** said _then_.", "“We go,” Ann Moor said then."),
    ("a star as a bullet", "* We go", "* We go"),
    ("a product and a name with underscores", "5*3 a_b @_ann", "5*3 a_b @_ann"),
    ("a rule", "___", "___"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in MEANT], ids=[case[0] for case in MEANT])
def test_meant_characters(text: str, expected: str) -> None:
    assert Document.from_text(text).text == expected


@pytest.mark.parametrize("damaged", [*MISREAD_CHARACTERS, *TYPED_MARKS], ids=ascii)
def test_each_is_replaced(damaged: str) -> None:
    meant = {**TYPED_MARKS, **MISREAD_CHARACTERS}[damaged]
    assert Document.from_text(f"a {damaged}b").text == f"a {meant}b"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("``", "''"),
        ("''", "''"),
        ("&quot;", "&quot;"),
        ("&ldquo;", "&rdquo;"),
        ("″", "″"),
        ("â€œ", "â€"),
        ('\\"', '\\"'),
        (",,", "''"),
        ("`", "'"),
    ],
)
def test_a_quotation_is_direct_in_any_marks(opening: str, closing: str) -> None:
    text = f"Ana Núñez spoke on Monday.\n\n{opening}The wall is weak,{closing} AnaÂ\xa0NÃºÃ±ez said."
    (quotation,) = extract(Document.from_text(text))
    assert (quotation.kind, text_of(text, quotation.content)) == ("direct", "The wall is weak,")
    assert text_of(text, quotation.mention) == "AnaÂ\xa0NÃºÃ±ez"
    assert isinstance(quotation.speaker, Resolved)
    assert quotation.speaker.name == "Ana Núñez"
