"""Similar claims: which are found, in which order, with which reason, at a cost that does not grow."""

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
    ("text", "other", "is_similar"),
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
def test_similar_wording(text: str, other: str, is_similar: bool) -> None:
    assert find_texts(text, other) == ([other] if is_similar else [])


def test_proposals_are_not_found() -> None:
    make.ClaimFactory(text=ZELENSKYY_CLAIM, proposed=True)
    assert find_texts(ZELENSKYY_CLAIM) == []


def test_same_speaker_comes_first() -> None:
    quote = make.QuoteFactory()
    same_speaker = make.ClaimFactory(text="Most rivers are full.", speaker=quote.speaker)
    other = make.ClaimFactory(text="Rivers are full.")
    no_speaker = make.ClaimFactory(text="Rivers are not full.", speaker=None)
    similar = find_claims_similar_to_quote(quote)
    assert [row.claim for row in similar] == [same_speaker, other, no_speaker]
    assert [row.same_speaker for row in similar] == [True, False, False]
    assert [row.reason for row in similar] == [
        "same speaker, similar words",
        f"{other.speaker}, same words",
        "speaker unknown, similar words",
    ]
    assert [row.percent for row in similar] == ["86%", "100%", "86%"]


def test_claim_itself_and_stubs_are_left_out() -> None:
    claim = make.ClaimFactory(text=ZELENSKYY_CLAIM)
    make.ClaimFactory(text=ZELENSKYY_CLAIM, released=True, retracted_at=timezone.now())
    make.ClaimFactory(text=ZELENSKYY_CLAIM, merged_into=claim)
    assert find_claims_similar_to_claim(claim) == []
    quote = make.QuoteFactory(claim=make.ClaimFactory(text="Rivers are full."))
    assert find_claims_similar_to_quote(quote) == []


def test_quote_without_claim() -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    assert [each.claim for each in find_claims_similar_to_quote(make.QuoteFactory(claim=None, speaker=None))] == [claim]


def test_old_claim_of_the_speaker_is_found_behind_many_newer_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_claims, "MAX_CLAIMS_OF_OTHERS", 3)
    quote = make.QuoteFactory(claim=None)
    old = make.ClaimFactory(text="Rivers are full.", speaker=quote.speaker)
    make.ClaimFactory(text="Rivers are full.")
    for n in range(4):
        make.ClaimFactory(text=f"Something else {n}")
    assert [each.claim for each in find_claims_similar_to_quote(quote)] == [old]


def test_number_of_queries_does_not_grow() -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert find_similar_claims(ZELENSKYY_CLAIM, speaker=1, without=set(), limit=5)
        return len(captured)

    make.ClaimFactory(text=ZELENSKYY_CLAIM)
    query_count = count_queries()
    make.ClaimFactory.create_batch(20, text=ZELENSKYY_CLAIM)
    assert count_queries() == query_count == 3


def test_newest_claims_of_a_speaker_come_from_an_index() -> None:
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
def test_word_overlap(first: list[str], second: list[str], share: float) -> None:
    assert word_overlap(first, second) == pytest.approx(share)
