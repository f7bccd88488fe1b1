"""Russian: content, cue, mention and kind of each form, and sentences beside them that state nothing."""

import pytest

from claims.extraction import Act, Document, Kind, Resolved, extract, text_of

DIRECT, INDIRECT, MIXED = Kind.DIRECT, Kind.INDIRECT, Kind.MIXED

STATEMENTS = [
    (
        "cue behind",
        "«Дамба выдержит год», — сказала Анна Мороз.",
        DIRECT,
        "Анна Мороз",
        "сказала",
        ["Дамба выдержит год"],
    ),
    (
        "straight marks",
        '"Дамба выдержит год", - сказала Анна Мороз.',
        DIRECT,
        "Анна Мороз",
        "сказала",
        ["Дамба выдержит год"],
    ),
    (
        "low marks",
        "„Дамба выдержит год“, — сказала Анна Мороз.",
        DIRECT,
        "Анна Мороз",
        "сказала",
        ["Дамба выдержит год"],
    ),
    (
        "interrupted within the marks",
        "«Дамба, — начала Анна Мороз, — выдержит год».",
        DIRECT,
        "Анна Мороз",
        "начала",
        ["Дамба", "выдержит год"],
    ),
    (
        "goes on behind the cue",
        "«Дамба выдержит», — сказала Анна Мороз. «Год или два».",
        DIRECT,
        "Анна Мороз",
        "сказала",
        ["Дамба выдержит", "Год или два"],
    ),
    (
        "dialogue",
        "— Дамба выдержит, — сказала Анна Мороз. — Год или два.",
        DIRECT,
        "Анна Мороз",
        "сказала",
        ["Дамба выдержит", "Год или два."],
    ),
    (
        "any verb beside speech",
        "— Дамба выдержит, — кивает Анна Мороз. — Год или два.",
        DIRECT,
        "Анна Мороз",
        "кивает",
        ["Дамба выдержит", "Год или два."],
    ),
    ("colon", "Анна Мороз заявила: «Дамба выдержит год».", DIRECT, "Анна Мороз", "заявила", ["Дамба выдержит год"]),
    ("name and colon", "Мэр Анна Мороз: «Дамба выдержит год».", DIRECT, "Анна Мороз", "", ["Дамба выдержит год"]),
    (
        "a long role",
        "«Дамба выдержит год», — сообщил агентству представитель управления рек края Роман Ковтун.",
        DIRECT,
        "Роман Ковтун",
        "сообщил",
        ["Дамба выдержит год"],
    ),
    (
        "adjective",
        "«Дамба выдержит год», — уверена Анна Мороз.",
        DIRECT,
        "Анна Мороз",
        "уверена",
        ["Дамба выдержит год"],
    ),
    (
        "agency quotes",
        "«Дамба выдержит год», — цитирует Ивана Лунина ТАСС.",
        DIRECT,
        "Ивана Лунина",
        "цитирует",
        ["Дамба выдержит год"],
    ),
    ("that", "Анна Мороз заявила, что дамба выдержит год.", INDIRECT, "Анна Мороз", "заявила", ["дамба выдержит год"]),
    (
        "confidence",
        "Анна Мороз выразила уверенность, что дамба выдержит год.",
        INDIRECT,
        "Анна Мороз",
        "выразила уверенность",
        ["дамба выдержит год"],
    ),
    (
        "not excluded",
        "Анна Мороз не исключила, что дамба выдержит год.",
        INDIRECT,
        "Анна Мороз",
        "исключила",
        ["дамба выдержит год"],
    ),
    (
        "according to",
        "По словам Анны Мороз, дамба выдержит год.",
        INDIRECT,
        "Анны Мороз",
        "По словам",
        ["дамба выдержит год"],
    ),
    (
        "according to, behind",
        "Дамба выдержит ещё год, по словам Анны Мороз.",
        INDIRECT,
        "Анны Мороз",
        "по словам",
        ["Дамба выдержит ещё год"],
    ),
    ("as reported", "Как сообщила Анна Мороз, дамба выдержит.", INDIRECT, "Анна Мороз", "сообщила", ["дамба выдержит"]),
    ("parenthesis", "Дамба выдержит ещё год, сообщает ТАСС.", INDIRECT, "ТАСС", "сообщает", ["Дамба выдержит ещё год"]),
    ("ministry", "В МЧС уточнили, что дамба выдержит год.", INDIRECT, "МЧС", "уточнили", ["дамба выдержит год"]),
    (
        "service of a ministry",
        "Дамба выдержит год, говорится в сообщении пресс-службы Минтранса.",
        INDIRECT,
        "Минтранса",
        "говорится",
        ["Дамба выдержит год"],
    ),
    (
        "the sentence before",
        "Дамба выдержит ещё год. Об этом сообщила Анна Мороз.",
        INDIRECT,
        "Анна Мороз",
        "сообщила",
        ["Дамба выдержит ещё год"],
    ),
    ("promise", "Анна Мороз пообещала починить дамбу.", INDIRECT, "Анна Мороз", "пообещала", ["починить дамбу"]),
    (
        "mixed",
        "Анна Мороз считает, что дамба «едва ли выдержит год» без ремонта.",
        MIXED,
        "Анна Мороз",
        "считает",
        ["дамба «едва ли выдержит год» без ремонта"],
    ),
    (
        "words",
        "Анна Мороз назвала дамбу «самой старой в крае».",
        MIXED,
        "Анна Мороз",
        "назвала",
        ["самой старой в крае"],
    ),
    ("headline", "Минтранс: дамба выдержит ещё год", INDIRECT, "Минтранс", ":", ["дамба выдержит ещё год"]),
    (
        "Latin name",
        "John Smith заявил, что дамба выдержит год.",
        INDIRECT,
        "John Smith",
        "заявил",
        ["дамба выдержит год"],
    ),
]


@pytest.mark.parametrize(
    ("text", "kind", "mention", "cue", "content"),
    [case[1:] for case in STATEMENTS],
    ids=[case[0] for case in STATEMENTS],
)
def test_a_statement(text: str, kind: Kind, mention: str, cue: str, content: list[str]) -> None:
    (quotation,) = extract(Document.from_text(text))
    found = quotation.kind, text_of(text, quotation.mention), text_of(text, quotation.cue)
    assert found == (kind, mention, cue)
    assert [span.of(text) for span in quotation.content] == content
    assert quotation.act is Act.SPEECH
    assert quotation.extractor.name == "russian"


NO_STATEMENTS = [
    ("names in marks", "Компания «Верфь» купила театр «Маяк» и газету «Труд»."),
    ("negated", "Анна Мороз не говорила, что дамба выдержит год."),
    ("nobody", "Никто не говорил, что дамба выдержит год."),
    ("whether", "Говорила ли Анна Мороз, что дамба выдержит год?"),
    ("who", "Кто сказал, что дамба выдержит год?"),
    ("if", "Если Анна Мороз скажет, что дамба выдержит год, мы останемся."),
    ("wish", "Анна Мороз попросила построить дамбу."),
    ("denial", "Анна Мороз отрицает, что дамба выдержит год."),
    ("a step is nobody", "Этот шаг предполагает ремонт дамбы."),
    ("a list", "— песок;\n— щебень."),
    ("plain", "Дамба стоит на реке с весны, и вода поднимается."),
]


@pytest.mark.parametrize("text", [case[1] for case in NO_STATEMENTS], ids=[case[0] for case in NO_STATEMENTS])
def test_no_statement(text: str) -> None:
    assert [quotation for quotation in extract(Document.from_text(text)) if quotation.act is not Act.OTHER] == []


INTRODUCTION = "Мэр Анна Мороз встретила инженера Глеба Сомова у дамбы. "
SPEAKERS = [
    ("surname", "Мэр Анна Мороз осмотрела дамбу. «Выдержит», — сказала Мороз.", "Анна Мороз"),
    ("oblique", "По словам Глеба Сомова, дамба выдержит год.", "Глеб Сомов"),
    ("she", f"{INTRODUCTION}Она сказала, что дамба выдержит год.", "Анна Мороз"),
    ("he", f"{INTRODUCTION}Он сказал, что дамба выдержит год.", "Глеб Сомов"),
    ("his words", f"{INTRODUCTION}По его словам, дамба выдержит год.", "Глеб Сомов"),
    ("role", f"{INTRODUCTION}Инженер сказал, что дамба выдержит год.", "Глеб Сомов"),
    ("ministry", "Минтранс закрыл дамбу. По данным ведомства, вода прибывает.", "Минтранс"),
    ("two of one surname", "Глеб Сомов и Иван Сомов пришли. Сомов сказал, что дамба выдержит.", None),
    ("source", f"{INTRODUCTION}Источник в мэрии рассказал, что дамба выдержит.", None),
    ("officials", f"{INTRODUCTION}Чиновники сообщили, что дамба выдержит.", None),
    ("somebody's lawyer", "Адвокат Глеба Сомова сказал, что дамба выдержит год.", None),
]


@pytest.mark.parametrize(("text", "name"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS])
def test_a_speaker(text: str, name: str | None) -> None:
    speaker = extract(Document.from_text(text))[-1].speaker
    assert (speaker.name if isinstance(speaker, Resolved) else None) == name
