"""The same article in other typographies yields the same quotations."""

import pytest

from benchmarks.robustness import MARK_STYLES, VARIANTS, offset_map, restyle_marks
from claims.extraction import Document, Span, extract, text_of

ARTICLE = """The old mill on the Aln will be sold in May, Mayor Ann Moor said on Monday.

"We have looked after it for forty years," she told reporters, "and we cannot pay for the roof."

Bob Lee, who heads the Mill Board, called the sale "a shame" and said that the town had never asked him.

According to the county, the roof would cost two million pounds.

"Nobody needs a mill that does not turn," Moor added. "It is time to let it go."
"""


def attributed_contents(text: str) -> list[tuple[str, str]]:
    """Return the speakers and contents in lower case."""

    def normalized(spans: tuple[Span, ...]) -> str:
        return " ".join(text_of(text, spans).lower().split())

    return [
        (normalized(quotation.mention), normalized(quotation.content))
        for quotation in extract(Document.from_text(text))
    ]


def words_of_pairs(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return only the last word of each speaker, since an office is not told from a name without capitals."""
    return [(speaker.split()[-1], "".join(c for c in content if c.isalnum() or c == " ")) for speaker, content in pairs]


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_yield_the_same_quotations(name: str) -> None:
    expected = words_of_pairs(attributed_contents(ARTICLE))
    assert len(expected) == 6
    assert words_of_pairs(attributed_contents(VARIANTS[name](ARTICLE))) == expected


@pytest.mark.parametrize("style", MARK_STYLES)
def test_restyle_marks(style: str) -> None:
    opening, closing = MARK_STYLES[style]
    text = 'He said: "It\'s late," and “we go.” A lone " stays.'
    assert restyle_marks(text, style) == (
        f"He said: {opening}It's late,{closing} and {opening}we go.{closing} A lone {closing} stays."
    )


def test_offset_map_of_carriage_returns() -> None:
    assert offset_map("a\nb\n", "a\r\nb\r\n") == [0, 1, 1, 2, 3, 3, 4]
    assert offset_map("a\r\nb", "a\r\nb") == [0, 1, 2, 3, 4]
