"""Interviews whose lines name nobody: who answers, and that questions are no statements."""

import pytest

from claims.extraction import Document, EntityKind, Resolved, extract, text_of

ROGOV = "Нападающий Илья Рогов дал интервью газете."
TWO = "Олег Жук и Илья Рогов вышли к прессе."
ANSWERS = ["Колено в порядке.", "Звали. Зачем мне Швейцария?", "Нет, прессу я не читаю."]
BOTH_DASHED = """
— Как колено?

— Колено в порядке.

— Говорят, вас звали в Швейцарию.

— Звали. Зачем мне Швейцария?

— Вы читаете, что о вас пишут?

— Нет, прессу я не читаю.
"""
ANSWERS_DASHED = """
Как колено?

— Колено в порядке.

Правда ли, что вас звали в Швейцарию?

— Звали. Зачем мне Швейцария?

Вы читаете, что о вас пишут?

— Нет, прессу я не читаю.
"""
QUESTIONS_DASHED = """
— Как колено?

Колено в порядке.

— Правда ли, что вас звали в Швейцарию?

Звали. Зачем мне Швейцария?

— Вы читаете, что о вас пишут?

Нет, прессу я не читаю.
"""
LABELLED = """
Вопрос: Как колено?

Ответ: Колено в порядке.

Вопрос: Правда ли, что вас звали в Швейцарию?

Ответ: Звали. Зачем мне Швейцария?

Вопрос: Вы читаете, что о вас пишут?

Ответ: Нет, прессу я не читаю.
"""
INTERVIEWS = [
    ("questions and answers behind dashes", f"{ROGOV}\n{BOTH_DASHED}", "Илья Рогов"),
    ("answers behind dashes", f"{ROGOV}\n{ANSWERS_DASHED}", "Илья Рогов"),
    ("questions behind dashes", f"{ROGOV}\n{QUESTIONS_DASHED}", "Илья Рогов"),
    ("labels", f"{ROGOV}\n{LABELLED}", "Илья Рогов"),
    ("initials", f"{ROGOV}\n{LABELLED.replace('Вопрос', 'Корр.').replace('Ответ', 'И. Р.')}", "Илья Рогов"),
    ("initials of nobody", f"{ROGOV}\n{LABELLED.replace('Ответ', 'Ф. К.')}", None),
    ("who asks is named", f"{ROGOV} С ним беседовал Пётр Кац.\n{BOTH_DASHED}", "Илья Рогов"),
    ("who asks has a role", f"Илья Рогов ответил корреспонденту Петру Кацу.\n{BOTH_DASHED}", "Илья Рогов"),
    ("the lead quotes the guest", f"Илья Рогов сменил Олега Жука. «Рад», — сказал Рогов.\n{BOTH_DASHED}", "Илья Рогов"),
    (
        "the guest is addressed",
        f"Олег Жук и Илья Рогов вышли.\n{BOTH_DASHED}".replace("— Как", "— Илья, как"),
        "Илья Рогов",
    ),
    (
        "the sentence before names the guest",
        f"Олег Жук обнял Петра Каца. Нападающий Илья Рогов подошёл к микрофону.\n{BOTH_DASHED}",
        "Илья Рогов",
    ),
    (
        "the sentence before names another",
        f"Олег Жук обнял Илью Рогова. У микрофона стоял портрет Петра Каца.\n{BOTH_DASHED}",
        None,
    ),
    (
        "a dialogue before the interview",
        f"— Я устал, — сказал Олег Жук.\n\nНападающий Илья Рогов подошёл к микрофону.\n{BOTH_DASHED}",
        "Илья Рогов",
    ),
    ("one of two", f"{TWO}\n{BOTH_DASHED}", None),
    ("nobody is named", f"Нападающий вышел к прессе.\n{BOTH_DASHED}", None),
]


@pytest.mark.parametrize(("text", "guest"), [case[1:] for case in INTERVIEWS], ids=[case[0] for case in INTERVIEWS])
def test_answers_are_statements_of_the_guest(text: str, guest: str | None) -> None:
    answers = [
        quotation
        for quotation in extract(Document.from_text(text))
        if text_of(text, quotation.content) not in {"Рад", "Я устал"}
    ]
    assert [text_of(text, answer.content) for answer in answers] == ANSWERS
    speakers = [answer.speaker for answer in answers]
    assert {speaker.name if isinstance(speaker, Resolved) else None for speaker in speakers} == {guest}


def test_an_answer_goes_on_in_paragraphs_without_a_dash() -> None:
    paragraphs = [f"— {ANSWERS[0]}", "Но бегать мне пока нельзя.", "О лете", "Рогов молча наливает себе чай."]
    text = f"{ROGOV}\n{BOTH_DASHED}".replace(paragraphs[0], "\n\n".join(paragraphs))
    first = extract(Document.from_text(text))[0]
    assert text_of(text, first.content) == "Колено в порядке. Но бегать мне пока нельзя."


def test_an_answer_that_the_reporter_interrupts_is_a_turn_too() -> None:
    text = f"{ROGOV}\n{BOTH_DASHED}".replace("Колено в порядке.", "Колено в порядке, — смеётся Рогов.")
    quotations = extract(Document.from_text(text))
    assert [text_of(text, quotation.content) for quotation in quotations] == ["Колено в порядке", *ANSWERS[1:]]
    assert {quotation.speaker for quotation in quotations} == {Resolved("Илья Рогов", EntityKind.PERSON)}
