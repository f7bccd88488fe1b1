"""The same article in other typographies yields the same quotations."""

import re

import pytest

from benchmarks.robustness import MARK_STYLES, VARIANTS, make_variant, predict_variant
from claims.extraction import Span, text_of

ARTICLE = """The old mill on the Aln will be sold in May, Mayor Ann Moor said on Monday.

"We have looked after it for forty years," she told reporters, "and we cannot pay for the roof."

Bob Lee, who heads the Mill Board, called the sale "a shame" and said that the town had never asked him.

According to the county, the roof would cost two million pounds.

"Nobody needs a mill that does not turn," Moor added. "It is time to let it go."
"""


def attributed_contents(name: str) -> list[tuple[str, str]]:
    """Return the last words of the speakers, since an office is not told from a name without capitals, and contents."""

    def words(spans: tuple[Span, ...]) -> list[str]:
        return re.findall(r"\w+", text_of(ARTICLE, spans))

    return [
        (words(prediction.mention)[-1], " ".join(words(prediction.content)))
        for prediction in predict_variant(make_variant(ARTICLE, name))
    ]


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_yield_the_same_quotations(name: str) -> None:
    expected = attributed_contents("original")
    assert len(expected) == 6
    assert attributed_contents(name) == expected


@pytest.mark.parametrize("style", MARK_STYLES)
def test_restyle_marks(style: str) -> None:
    opening, closing = MARK_STYLES[style]
    text = 'He said: "It\'s late," and “we go.” A lone " stays.'
    assert make_variant(text, f"{style} marks").text == (
        f"He said: {opening}It's late,{closing} and {opening}we go.{closing} A lone {closing} stays."
    )


def test_wrapped_lines() -> None:
    text = "The old mill on the river will be sold in May, said the mayor on Tuesday evening.\n\nIt rained."
    assert make_variant(text, "wrapped").text == (
        "The old mill on the river will be sold in May, said the mayor on Tuesday\nevening.\n\nIt rained."
    )
    text = "The old mill on the river will be sold in spring, said the mayor on Wednesday evening."
    assert make_variant(text, "wrapped, words divided").text == (
        "The old mill on the river will be sold in spring, said the mayor on Wed-\nnesday evening."
    )
