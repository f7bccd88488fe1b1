"""Speakers whose names a Russian text writes in Latin letters."""

import pytest

from claims.extraction import Document, EntityKind, Resolved, extract, text_of

PERSON, ORGANIZATION = EntityKind.PERSON, EntityKind.ORGANIZATION
YEAR = "завод откроют весной"

NAMED = [
    ("before the verb", "Sundar Pichai заявил, что завод откроют весной.", "Sundar Pichai", PERSON),
    ("behind the verb", "«Мы остаёмся», — сказал Tim Cook.", "Tim Cook", PERSON),
    ("woman behind a dash", "— Мы остаёмся, — ответила Lisa Su.", "Lisa Su", PERSON),
    ("by the words of", "По словам Elon Musk, завод откроют весной.", "Elon Musk", PERSON),
    ("behind role and firm", "По словам главы Google Sundar Pichai, завод откроют весной.", "Sundar Pichai", PERSON),
    ("behind a long firm", "По мнению аналитика Goldman Sachs John Doe, завод откроют весной.", "John Doe", PERSON),
    ("who told a newspaper", "Как рассказала Bloomberg Anna Frost, завод откроют весной.", "Anna Frost", PERSON),
    ("particles", "Ursula von der Leyen заявила, что завод откроют весной.", "Ursula von der Leyen", PERSON),
    ("initial within", "John F. Kennedy заявил, что завод откроют весной.", "John F. Kennedy", PERSON),
    ("initial first", "По словам J. Smith, завод откроют весной.", "J. Smith", PERSON),
    ("surname first", "Kim Min-jun отметил, что завод откроют весной.", "Kim Min-jun", PERSON),
    ("surname alone", "Глава OpenAI Sam Altman уехал. Altman заявил, что завод откроют весной.", "Sam Altman", PERSON),
    ("pronoun", "Глава OpenAI Sam Altman уехал. Он заявил, что завод откроют весной.", "Sam Altman", PERSON),
    ("in a firm", "В Apple заявили, что завод откроют весной.", "Apple", ORGANIZATION),
    ("in what is called a firm", "В компании Apple заявили, что завод откроют весной.", "Apple", ORGANIZATION),
    ("press service", "В пресс-службе Google сообщили, что завод откроют весной.", "Google", ORGANIZATION),
    ("agency", "Как сообщает Reuters, завод откроют весной.", "Reuters", ORGANIZATION),
    ("words of a newspaper", "Завод откроют весной, пишет The New York Times.", "The New York Times", ORGANIZATION),
    ("firm named after people", "Morgan Stanley заявил, что завод откроют весной.", "Morgan Stanley", ORGANIZATION),
    ("bank with a first name", "Банк Charles Brook заявил, что завод откроют весной.", "Charles Brook", ORGANIZATION),
]


@pytest.mark.parametrize(("text", "name", "kind"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_a_name_in_latin_letters(text: str, name: str, kind: EntityKind) -> None:
    (quotation,) = extract(Document.from_text(text), language="ru")
    assert quotation.speaker == Resolved(name, kind)
    assert text_of(text, quotation.content).lower() in {YEAR, "мы остаёмся"}


NOBODY = [
    ("representative", "Представитель OpenAI сообщил, что завод откроют весной."),
    ("source", "Источник Reuters сообщил, что завод откроют весной."),
    ("analysts", "По мнению аналитиков Goldman Sachs, завод откроют весной."),
    ("program", "Windows 11 сообщает, что завод откроют весной."),
    ("kind of program", "Приложение Windows 11 сообщает, что завод откроют весной."),
    ("device", "iPhone сказал, что завод откроют весной."),
    ("user", "Пользователь PC_Gamer заявил, что завод откроют весной."),
    ("plug-in", "Плагин для WordPress сообщает, что завод откроют весной."),
    ("game", "Игра Grand Theft Auto сообщает, что завод откроют весной."),
    ("common word", "Wi-Fi сказал, что завод откроют весной."),
    ("first name alone", "Sam сказал, что завод откроют весной."),
    ("two people", "Глава Tesla Elon Musk и глава Apple Tim Cook заявили, что завод откроют весной."),
]


@pytest.mark.parametrize("text", [case[1] for case in NOBODY], ids=[case[0] for case in NOBODY])
def test_other_words_in_latin_letters_are_no_speakers(text: str) -> None:
    (quotation,) = extract(Document.from_text(text), language="ru")
    assert not isinstance(quotation.speaker, Resolved)
    assert text_of(text, quotation.content) == YEAR


@pytest.mark.parametrize(
    "text",
    [
        "“The talks go on,” said Владимир Мединский, the head of the delegation.",
        "Владимир Мединский said that the talks go on.",
        "“The talks go on,” said the head of the delegation, Владимир Мединский.",
    ],
)
def test_an_english_text_with_a_name_in_cyrillic_is_read(text: str) -> None:
    (quotation,) = extract(Document.from_text(text))
    assert "talks go on" in text_of(text, quotation.content)
    assert quotation.extractor.name == "tagger"


def test_an_english_text_with_a_russian_name() -> None:
    (quotation,) = extract(Document.from_text("“The talks go on,” said Dmitry Peskov."))
    assert quotation.speaker == Resolved("Dmitry Peskov", PERSON)
