"""Claims like a text: which are offered, in which order, how alike and why; at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim
from claims.search import similar_claims
from claims.search.similar_claims import (
    find_claims_similar_to_claim,
    find_claims_similar_to_quote,
    find_similar_claims,
    word_overlap,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

ZELENSKYY_CLAIM = "President Zelenskyy said the talks in Istanbul were useful."


def find_texts(text: str, *others: str) -> list[str]:
    for other in others:
        make.ClaimFactory(text=other)
    return [each.claim.text for each in find_similar_claims(text, speaker=None, without=set(), limit=5)]


@pytest.mark.parametrize(
    ("text", "other", "like"),
    [
        (ZELENSKYY_CLAIM, ZELENSKYY_CLAIM, True),
        (ZELENSKYY_CLAIM, ZELENSKYY_CLAIM.upper(), True),
        (ZELENSKYY_CLAIM, "President Zelensky said, the talks in Istanbul were useful", True),
        (ZELENSKYY_CLAIM, "The talks in Istanbul were useful, said President Zelenskiy.", True),
        (ZELENSKYY_CLAIM, "The president said the Istanbul talks had been useful.", True),
        (ZELENSKYY_CLAIM, "Rivers are full this year.", False),
        (ZELENSKYY_CLAIM, "The president said the harvest would be good.", False),
        ("Россия вернулась к переговорам.", "Россия вернулась к переговорам в Стамбуле.", True),
        ("الأنهار ممتلئة هذا العام", "الأنهار ممتلئة", True),
        ("Прогноз: 5 %", "Реки полны.", False),
        ("🙂", "Rivers are full.", False),
        ("“” — …", "Rivers are full.", False),
    ],
    ids=[
        *("the-same", "case", "spelling-and-marks", "order", "some-words", "nothing", "few-words"),
        *("cyrillic", "arabic", "other-cyrillic", "emoji", "only-marks"),
    ],
)
def test_what_is_like_what(text: str, other: str, like: bool) -> None:
    assert find_texts(text, other) == ([other] if like else [])


def test_the_same_speaker_comes_first_with_the_reason() -> None:
    quote = make.QuoteFactory()
    own = make.ClaimFactory(text="Most rivers are full.", speaker=quote.speaker)
    other = make.ClaimFactory(text="Rivers are full.")
    nobody = make.ClaimFactory(text="Rivers are not full.", speaker=None)
    found = find_claims_similar_to_quote(quote)
    assert [each.claim for each in found] == [own, other, nobody]
    assert [each.same_speaker for each in found] == [True, False, False]
    assert [each.reason for each in found] == [
        "same speaker, 86 % of the words",
        f"{other.speaker}, the same words",
        "nobody known, 86 % of the words",
    ]
    assert [each.percent for each in found] == ["86 %", "100 %", "86 %"]


def test_neither_the_claim_itself_nor_what_is_gone_is_offered() -> None:
    claim = make.ClaimFactory(text=ZELENSKYY_CLAIM)
    make.ClaimFactory(text=ZELENSKYY_CLAIM, released=True, retracted_at=timezone.now())
    make.ClaimFactory(text=ZELENSKYY_CLAIM, merged_into=claim)
    assert find_claims_similar_to_claim(claim) == []
    quote = make.QuoteFactory(claim=make.ClaimFactory(text="Rivers are full."))
    assert find_claims_similar_to_quote(quote) == []


def test_the_claim_of_a_quote_without_one_is_found_too() -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    assert [each.claim for each in find_claims_similar_to_quote(make.QuoteFactory(claim=None, speaker=None))] == [claim]


def test_an_old_claim_of_the_speaker_is_found_behind_many_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_claims, "MAX_CLAIMS_OF_OTHERS", 3)
    quote = make.QuoteFactory(claim=None)
    old = make.ClaimFactory(text="Rivers are full.", speaker=quote.speaker)
    make.ClaimFactory(text="Rivers are full.")
    for n in range(4):
        make.ClaimFactory(text=f"Something else {n}")
    assert [each.claim for each in find_claims_similar_to_quote(quote)] == [old]


def test_the_number_of_queries_is_the_same_for_any_number_of_claims() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert find_similar_claims(ZELENSKYY_CLAIM, speaker=1, without=set(), limit=5)
        return len(captured)

    make.ClaimFactory(text=ZELENSKYY_CLAIM)
    one = queries()
    make.ClaimFactory.create_batch(20, text=ZELENSKYY_CLAIM)
    assert queries() == one == 3


def test_the_speakers_newest_are_found_by_an_index() -> None:
    rows = Claim.objects.current().exclude(pk__in=[0]).filter(speaker=1).order_by("-pk").values_list("pk", "text")
    if connection.vendor == "sqlite":
        plan = rows[:500].explain()
        assert "claim_newest_of_speaker" in plan or "speaker_id=?" in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (["rivers", "are", "ful"], ["rivers", "are", "ful"], 1.0),
        (["rivers", "rivers"], ["rivers"], 2 / 3),
        (["zelenski"], ["zelenskii"], 1.0),
        (["rivers"], ["roads"], 0.0),
        ([], [], 0.0),
    ],
    ids=["all", "twice-is-not-once", "spelling", "none", "empty"],
)
def test_how_much_two_texts_have_in_common(first: list[str], second: list[str], share: float) -> None:
    assert word_overlap(first, second) == pytest.approx(share)
