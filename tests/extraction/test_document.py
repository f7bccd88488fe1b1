import pytest

from claims.extraction import Document

PARAGRAPHS = [
    ("nothing", "", []),
    ("white space only", " \t\xa0\r\n \n\ufeff\n", []),
    ("one line", "One line.", ["One line."]),
    ("line feeds", "One.\nTwo.\n\n\nThree.", ["One.", "Two.", "Three."]),
    ("carriage returns", "One.\r\nTwo.\rThree.\r\n", ["One.", "Two.", "Three."]),
    ("Unicode separators", "One.\u2028Two.\u2029Three.\x85Four.", ["One.", "Two.", "Three.", "Four."]),
    ("byte order mark", "\ufeffOne.\nTwo.", ["One.", "Two."]),
    ("no-break spaces around", "\xa0\xa0One\xa0word.\xa0\n", ["One\xa0word."]),
    ("combining marks stay", "Cafe\u0301.\nTwo.", ["Cafe\u0301.", "Two."]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in PARAGRAPHS], ids=[case[0] for case in PARAGRAPHS])
def test_paragraphs(text: str, expected: list[str]) -> None:
    document = Document.from_text(text)
    assert [document.original_span(paragraph.span).of(text) for paragraph in document.paragraphs] == expected
    assert document.original is text
