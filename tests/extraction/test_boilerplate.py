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
    ("a link to another article", f"{BODY}ALSO READ | Ann Moor says the wall is safe\n{BODY}", 1),
    ("links to other articles", f"{BODY}READ MORE: Wall is weak\nRelated: “It was awful,” says Moor\n{BODY}", 2),
    (
        "captions",
        f"{BODY}Image caption: Ann Moor says it is late\nAnn Moor says so. Photograph: Bob Lee/Getty\n{BODY}",
        2,
    ),
    ("a caption's credit", f"{BODY}Moor says it is late. (Bob Lee/AFP/Getty Images)\n{BODY}", 1),
    ("a byline", f"By Bob Lee, who says that he likes rivers and bridges\n{BODY}", 1),
    ("an edited interview", f"{BODY}This interview was edited and condensed for clarity.\n{BODY}", 1),
    ("a statement on an interview", f"{BODY}The interview was edited by Bob Lee, who says it is late.\n{BODY}", 0),
    ("those who wrote it", f"{BODY}Reporting by Bob Lee in Aln; editing by Ann Moor, who says it is late\n", 1),
    (
        "comments",
        f"{BODY}3 comments\nriverfan: I think that the mayor is wrong\nJohn Lee says:\nNobody believes it.\n",
        4,
    ),
    ("a counter of comments at the head", f"A bridge is closed, says the council.\nComments\n{6 * BODY}", 1),
    (
        "none: a paragraph that begins as a credit",
        f"{BODY}By Monday it was late.\nRead it twice: it is late, he said.\n",
        0,
    ),
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
