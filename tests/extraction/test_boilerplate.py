"""Boilerplate around an article yields no quotations; the article does."""

import pytest

from claims.extraction import Act, Document, extract

BODY = (
    "The bridge over the Aln will stay closed until the spring, the council decided on Monday after a long debate.\n"
    "Repairs have begun on both banks of the river and are paid for by the county.\n"
)

BOILERPLATE_TEXTS = [
    ("phrases a publisher uses", f"Skip to main content\nAdvertisement\n{BODY}Subscribe to our newsletter", 3),
    ("phrases in the middle", f"{BODY}Advertisement\n{BODY}", 1),
    ("short labels at the head", f"Live\nMain page\nOn\nOff\n{BODY}", 4),
    ("short labels at the tail", f"{BODY}Top of page\nLive", 2),
    ("another script at the head", f"Слушать статью «Мост»\n{BODY}", 1),
    ("a translation service's footer", f"{BODY}Переведено сервисом «Словарь»", 1),
    (
        "the same in a Russian article",
        "Мост через реку закрыт до весны, решил в понедельник совет.\nTranslated by «Lexi»",
        1,
    ),
    ("cookies", f"We use cookies to make this site better\n{BODY}", 1),
    ("none: sentences", BODY, 0),
    ("none: a short spoken line", f"{BODY}ANN: No, never\n", 0),
    ("none: a short dash line", f"{BODY}— No, never," + '" Ann Moor said.', 0),
    ("none: a word of the phrases within a sentence", f"{BODY}Share prices of advertisement firms fell, he said.", 0),
]


@pytest.mark.parametrize(
    ("text", "count"), [case[1:] for case in BOILERPLATE_TEXTS], ids=[case[0] for case in BOILERPLATE_TEXTS]
)
def test_boilerplate(text: str, count: int) -> None:
    assert sum(paragraph.is_boilerplate for paragraph in Document.from_text(text).paragraphs) == count


def test_boilerplate_yields_no_quotations() -> None:
    text = f"Live broadcast\n{BODY}Переведено сервисом «Большой словарь всех местных языков и наречий», сказал Иван"
    assert [quotation for quotation in extract(Document.from_text(text)) if quotation.act is not Act.OTHER] == []
