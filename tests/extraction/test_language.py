"""Which language a text is in, and whether extraction reads it."""

import pytest

from claims.extraction import Document, detect_language, extract, is_language_read

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


UNREAD = {
    "uk": "«Ми готові до переговорів», — заявив президент Іван Мороз. За його словами, гребля витримає ще рік.",
    "be": "«Мы гатовыя да перамоў», — заявіў міністр Іван Мароз. Паводле яго слоў, дамба вытрымае яшчэ год.",
    "bg": "Министърът Иван Мороз: „Готови сме за преговори“. Според него язовирът ще издържи още една година.",
    "sr": "Министар Иван Мороз: „Спремни смо за преговоре“. Према његовим речима, брана ће издржати још годину дана.",
    "mk": "Министерот Иван Мороз: „Подготвени сме за преговори“. Според него, браната ќе издржи уште една година.",
    "kk": "«Біз келіссөздерге дайынбыз», — деді министр Иван Мороз. Оның айтуынша, бөгет тағы бір жыл шыдайды.",
    "de": "Ministerin Anna Moor: “Wir sind bereit.” Die Flüsse seien voll, sagte Moor am Montag in Kiel.",
}


@pytest.mark.parametrize("language", UNREAD)
def test_a_text_in_another_language_is_read_only_if_stated_to_be_in_one_that_is_read(language: str) -> None:
    document = Document.from_text(UNREAD[language])
    assert extract(document) == []
    assert extract(document, language="en" if language == "de" else "ru")


@pytest.mark.parametrize(
    "text",
    [
        "Мороз сказала: «Да».",
        "«Нет», — сказал Сомов.",
        "Анна Мороз подтвердила закупку щебня.",
        "Анна Мороз прогнозирует рост цен на щебень.",
        "John Smith заявил, что Google останется.",
        "Moor said: “Yes.”",
    ],
)
def test_a_sentence_is_read_by_its_script_where_its_language_is_uncertain(text: str) -> None:
    assert len(extract(Document.from_text(text))) == 1
    assert extract(Document.from_text(text), language="uk") == []
