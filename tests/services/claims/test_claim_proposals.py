"""The text that a claim gets from its first quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.claims.claim_proposals import claim_wording


@pytest.mark.parametrize(
    ("exact", "claim"),
    [
        pytest.param("Rivers are full.", "Rivers are full.", id="unchanged"),
        pytest.param("Rivers are full,", "Rivers are full", id="comma"),
        pytest.param("rivers are full", "Rivers are full", id="lower-case"),
        pytest.param("Rivers\n  are\u00a0full", "Rivers are full", id="white-space"),
        pytest.param("Rivers are full —", "Rivers are full", id="dash"),
        pytest.param("Rivers are full, — ", "Rivers are full", id="comma-and-dash"),
        pytest.param("Are rivers full?", "Are rivers full?", id="question"),
        pytest.param("Rivers are full…", "Rivers are full…", id="ellipsis"),
        pytest.param("реки полны,", "Реки полны", id="cyrillic"),
        pytest.param("τα ποτάμια", "Τα ποτάμια", id="greek"),
        pytest.param("მდინარეები სავსეა", "მდინარეები სავსეა", id="georgian"),
        pytest.param("河水满了", "河水满了", id="chinese"),
        pytest.param("ﬁsh", "Fish", id="ligature"),
        pytest.param("—", "—", id="only-a-dash"),
        pytest.param("“small,” he said", "“small,” he said", id="quote-mark-first"),
        pytest.param("1000 to 1000", "1000 to 1000", id="digits"),
    ],
)
def test_claim_wording(exact: str, claim: str) -> None:
    assert claim_wording(exact) == claim


@given(st.text(min_size=1))
def test_claim_wording_is_never_empty_and_is_idempotent(exact: str) -> None:
    once = claim_wording(exact)
    assert once
    assert claim_wording(once) == once
