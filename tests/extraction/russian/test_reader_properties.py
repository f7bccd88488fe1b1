"""Properties of the Russian reader on any text: exact spans, no errors, linear time."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import Document, EntityKind, Resolved, detect_language, extract
from claims.extraction.readers import LANGUAGES, choose_language, is_language_read
from claims.extraction.russian.parsing.models import BATCH_WORDS, _batches
from claims.extraction.russian.sentences import MAX_SENTENCE_WORDS, split_document
from claims.extraction.russian.speakers import people
from claims.extraction.russian.speakers.people import Person

PIECES = st.sampled_from(
    [
        "«",
        "»",
        '"',
        "— ",
        ", — ",
        ": ",
        ". ",
        "\n",
        "сказал ",
        "Иванов ",
        "что ",
        "по словам ",
        "он ",
        "<pad>",
        "\ud83d ",
        "1 ",
        "? ",
    ]
)


@settings(max_examples=25)  # each parses with the real models
@given(st.lists(PIECES, max_size=40).map("".join))
@example("\ud83d сказал, что \ud83d")
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    text = f"Мэр Иван Иванов. {text}"
    for quotation in extract(Document.from_text(text), language="ru"):
        positions = [position for span in quotation.content for position in span]
        assert positions == sorted(positions)
        assert positions
        assert all(
            span.start < span.end <= len(text) for span in (*quotation.content, *quotation.cue, *quotation.mention)
        )


@pytest.mark.parametrize(
    "unit",
    ["«Мы идём», — сказал он. ", "сказал, что ", "«", "— Да, — сказал он. ", "Иванов: «Да». ", "по словам "],
    ids=ascii,
)
def test_long_text(unit: str) -> None:
    extract(Document.from_text(unit * 150), language="ru")


def test_a_surname_is_not_compared_with_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    surname_of, compared = people._surname_of, []

    def count(person: Person) -> str:
        compared.append(person)
        return surname_of(person)

    monkeypatch.setattr(people, "_surname_of", count)
    counts = []
    for size in (10, 40):
        compared.clear()
        names = [f"{first}{second}" for first in ("Бор", "Лун", "Мор", "Дор", "Зор") for second in "бвгджзкл"][:size]
        text = "".join(f"Пришёл Иван {name}ов. Сказал Р{name.lower()}ин. " for name in names)
        extract(Document.from_text(text), language="ru")
        counts.append(len(compared))
    assert counts[0] >= 10
    assert counts[1] <= 5 * counts[0]


def test_work_is_bounded_by_the_length_of_sentences_and_batches() -> None:
    words = "слово " * 2_000
    sentences = split_document(Document.from_text(words))
    assert max(len(sentence.words) for sentence in sentences) == MAX_SENTENCE_WORDS
    texts = [[word.text for word in sentence.words] for sentence in sentences]
    assert sum(map(len, _batches(texts))) == len(texts)
    assert max(len(batch) * len(texts[batch[-1]]) for batch in _batches(texts)) <= BATCH_WORDS


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Medinsky (Владимир Мединский) said that the talks go on."),
        ("ru", "Глава Google Sundar Pichai заявил, что проект OpenAI им не нужен."),
        ("en", ""),
        ("en", "2026"),
    ],
)
def test_the_reader_is_chosen_by_the_script_of_most_letters(language: str, text: str) -> None:
    assert choose_language(text) == language


def test_a_language_whose_packages_are_missing_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "claims.extraction.readers.find_spec", lambda package: None if package == "slovnet" else object()
    )
    assert not LANGUAGES["ru"].is_installed
    assert LANGUAGES["en"].is_installed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "uk",
            "Прем'єр-міністр заявив, що уряд ухвалив рішення про підвищення пенсій з нового року.",
        ),
        ("bg", "Министърът заяви, че правителството е взело решение за увеличаване на пенсиите от новата година."),
        ("sr", "Министар је изјавио да је влада донела одлуку о повећању пензија од следеће године."),
    ],
)
def test_other_languages_in_cyrillic_are_detected_and_not_read(language: str, text: str) -> None:
    assert detect_language(text) == language
    assert not is_language_read(language)


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("“The talks go on,” Vladimir Medinsky said in Istanbul.", "The talks go on", "Vladimir Medinsky"),
        ("John Smith заявил, что компания Google не уйдёт с рынка.", "компания Google не уйдёт с рынка", None),
        ("“We stay,” said Владимир Мединский, the head of the delegation.", "We stay", None),
    ],
)
def test_names_in_the_other_script(text: str, content: str, name: str | None) -> None:
    (quotation,) = extract(Document.from_text(text))
    assert content in quotation.content[0].of(text)
    assert name is None or quotation.speaker == Resolved(name, EntityKind.PERSON)
