"""The title that is suggested for a text without one."""

import pytest

from claims.articles import suggest_title
from claims.articles.headlines import MAX_FIRST_WORDS_LENGTH, MAX_HEADLINE_LENGTH

LONG = "The rivers are full and the roads are dry, " * 10
CASES = [
    ("headline", "Rivers are full\n\nLena Ford said so on Monday.", "Rivers are full"),
    ("headline that asks", "Are rivers full?\nLena Ford said so.", "Are rivers full?"),
    ("headline after blank lines", "\ufeff\n \nRivers  are\tfull\nLena Ford said so.", "Rivers are full"),
    ("headline with a byte order mark", "\ufeffRivers are full\nIt rains.", "Rivers are full"),
    ("CRLF", "Rivers are full\r\nIt rains.\r\n", "Rivers are full"),
    ("a sentence", "It rained for a week.\nThen it stopped.", "It rained for a week. Then it stopped."),
    ("a sentence in quotation marks", "“It rains.”\nLena Ford said so.", "“It rains.” Lena Ford said so."),
    ("a single line", "Rivers are full", "Rivers are full"),
    ("a byline", "By Lena Ford\nRivers are full.", "By Lena Ford Rivers are full."),
    ("a date", "16.05.2025\nRivers are full.", "16.05.2025 Rivers are full."),
    (
        "a long line",
        f"{LONG}\nIt rains.",
        "The rivers are full and the roads are dry, The rivers are full and the roads…",
    ),
    ("no spaces", "河" * 200, "河" * (MAX_FIRST_WORDS_LENGTH - 1) + "…"),
    ("blank", " \n\ufeff", ""),
]


@pytest.mark.parametrize(("text", "title"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_suggested_title(text: str, title: str) -> None:
    assert suggest_title(text) == title


@pytest.mark.parametrize(("length", "is_title"), [(MAX_HEADLINE_LENGTH, True), (MAX_HEADLINE_LENGTH + 1, False)])
def test_a_headline_is_no_longer_than_a_headline(length: int, is_title: bool) -> None:
    line = ("river " * 60)[: length - 1] + "s"
    assert (suggest_title(f"{line}\nIt rains.") == line) == is_title
