"""Which language a text is in, and whether extraction reads it."""

import pytest

from claims.extraction import detect_language, is_language_read

TEXTS = [
    ("en", "The minister said that the rivers are full and that the dam will hold for another year."),
    ("de", "Die Ministerin sagte, die Flüsse seien voll und der Damm werde noch ein Jahr halten."),
    ("ru", "Министр заявила, что реки полны, а плотина выдержит ещё один год."),
    ("fr", "La ministre a déclaré que les rivières sont pleines et que le barrage tiendra encore un an."),
    ("uk", "Міністерка заявила, що річки повні, а гребля витримає ще один рік."),
    ("", ""),
    ("", "2026"),
    ("", "Rivers"),
    ("", "Lena Ford said."),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_language_is_detected_only_with_certainty(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_a_long_text_is_read_at_its_beginning() -> None:
    assert detect_language(TEXTS[1][1] * 30 + TEXTS[0][1] * 10_000) == "de"


READ = [("en", True), ("en-GB", True), ("EN", True), ("eng", False), ("de", False), ("ru-RU", True), ("", None)]


@pytest.mark.parametrize(("tag", "is_read"), READ)
def test_what_extraction_reads(tag: str, is_read: bool | None) -> None:
    assert is_language_read(tag) is is_read
