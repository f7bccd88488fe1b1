"""The same article in other typographies says the same."""

import pytest

from benchmarks.robustness import MARK_STYLES, VARIANTS, offset_map, restyle_marks
from claims.extraction import Document, extract, text_of

ARTICLE = """The old mill on the Aln will be sold in May, Mayor Ann Moor said on Monday.

"We have looked after it for forty years," she told reporters, "and we cannot pay for the roof."

Bob Lee, who heads the Mill Board, called the sale "a shame" and said that the town had never asked him.

According to the county, the roof would cost two million pounds.

"Nobody needs a mill that does not turn," Moor added. "It is time to let it go."
"""


def attributed_contents(text: str) -> list[tuple[str, str]]:
    """Who and what, as words in lower case."""
    return [
        (" ".join(text_of(text, found.mention).lower().split()), " ".join(text_of(text, found.content).lower().split()))
        for found in extract(Document.from_text(text))
    ]


def words_of_pairs(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last word of who it is (without capitals, where an office ends and a name begins is not told), and what."""
    return [(who.split()[-1], "".join(c for c in what if c.isalnum() or c == " ")) for who, what in pairs]


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_says_what_the_article_says(name: str) -> None:
    expected = words_of_pairs(attributed_contents(ARTICLE))
    assert len(expected) == 6
    assert words_of_pairs(attributed_contents(VARIANTS[name](ARTICLE))) == expected


@pytest.mark.parametrize("style", MARK_STYLES)
def test_restyled(style: str) -> None:
    opening, closing = MARK_STYLES[style]
    text = 'He said: "It\'s late," and “we go.” A lone " stays.'
    assert restyle_marks(text, style) == (
        f"He said: {opening}It's late,{closing} and {opening}we go.{closing} A lone {closing} stays."
    )


def test_places_of_carriage_returns() -> None:
    assert offset_map("a\nb\n", "a\r\nb\r\n") == [0, 1, 1, 2, 3, 3, 4]
    assert offset_map("a\r\nb", "a\r\nb") == [0, 1, 2, 3, 4]
