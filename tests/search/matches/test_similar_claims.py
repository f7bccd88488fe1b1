"""Similar claims: which are found, which say the same, in what others differ, at a cost that does not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.search.matches.similar_claims import (
    SimilarClaim,
    find_claims_similar_to_claim,
    find_claims_similar_to_quote,
    find_similar_claims,
    word_overlap,
)
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as make

pytestmark = pytest.mark.django_db

CROWD = "The police counted 40,000 people at the march in Bellport."


def find(text: str, *others: str) -> list[SimilarClaim]:
    for other in others:
        make.ClaimFactory(text=other)
    assert sum(update_vectors()) == len(others)
    return find_similar_claims(text, speaker=None, without=set(), limit=5)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (CROWD, CROWD),
        (CROWD, CROWD.upper()),
        (CROWD, "40k people marched in Bellport, according to the count of the police."),
        ("After the audit, the mayor resigned.", "The mayor stepped down after the audit."),
        ("Россия вернулась к переговорам.", "Россия вернулась к переговорам!"),
        ("الأنهار ممتلئة هذا العام", "الأنهار ممتلئة هذا العام"),
    ],
    ids=["identical", "case", "other-order-and-number", "other-words", "cyrillic", "arabic"],
)
def test_what_says_the_same(text: str, other: str) -> None:
    [match] = find(text, other)
    assert (match.is_same, match.differences) == (True, ())
    assert match.probability >= 0.5


@pytest.mark.parametrize(
    ("text", "other", "kind", "words", "reason"),
    [
        (
            "The police counted 400,000 people at the march in Bellport.",
            *(CROWD, "number", ["40,000"], "“400,000” instead of “40,000”"),
        ),
        ("Norvia attacked Sudmark.", "Sudmark attacked Norvia.", "role", None, "instead of"),
        (
            "The bridge will not open in May.",
            *("The bridge will open in May.", "negation", [], "“not” (in this text only)"),
        ),
        (
            "Unemployment fell in Chile last year.",
            *("Unemployment rose in Chile last year.", "antonym", ["rose"], "“fell” instead of “rose”"),
        ),
    ],
    ids=["number", "role", "negation", "opposite"],
)
def test_what_differs_is_alike_and_never_the_same(
    text: str, other: str, kind: str, words: list[str] | None, reason: str
) -> None:
    [match] = find(text, other)
    assert not match.is_same
    assert kind in {difference.kind for difference in match.differences}
    assert "alike, but differs in: " in match.reason
    assert reason in match.reason
    assert "".join(part.text for part in match.parts) == other
    assert words is None or [part.text for part in match.parts if part.is_difference] == words


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (CROWD, "Rivers are full this year."),
        ("Прогноз: 5 %", "Реки полны."),
        ("Россия вернулась к переговорам.", "Урожай зерна будет хорошим в этом году."),
        ("🙂", "Rivers are full."),
        ("“” — …", "Rivers are full."),
    ],
    ids=["nothing", "few-words", "another-matter-in-cyrillic", "emoji", "only-marks"],
)
def test_what_is_not_alike(text: str, other: str) -> None:
    assert find(text, other) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Россия вернётся к переговорам.", "Россия не вернётся к переговорам."),
        ("Пришли 40000 человек.", "Пришли 400000 человек."),
    ],
    ids=["not", "number"],
)
def test_scripts_that_are_not_read_are_the_same_only_in_the_same_words(text: str, other: str) -> None:
    [match] = find(text, other)
    assert not match.is_same


def test_very_long_texts_are_not_called_the_same() -> None:
    long = "Rivers are full. " * 100
    [match] = find(long + "Not so.", long)
    assert not match.is_same
    assert "".join(part.text for part in match.parts).endswith("…")


def test_claims_of_any_age_and_speaker_those_that_say_the_same_first() -> None:
    quote = make.QuoteFactory(claim=None)
    old = make.ClaimFactory(text="Rivers are full.", created_at=timezone.now() - dt.timedelta(days=4000), speaker=None)
    other = make.ClaimFactory(text="Rivers are not full.", speaker=quote.speaker)
    assert sum(update_vectors()) == 2
    same, different = find_claims_similar_to_quote(quote)
    assert ([same.claim, different.claim], same.is_same, different.is_same) == ([old, other], True, False)
    assert (same.reason, same.same_speaker) == ("speaker unknown, says the same", False)
    assert different.reason == "same speaker, alike, but differs in: “not” (in the other claim only)"


def test_a_claim_reworded_since_it_was_indexed_is_compared_as_it_is() -> None:
    claim = make.ClaimFactory(text=CROWD)
    assert sum(update_vectors()) == 1
    type(claim).objects.update(text=CROWD.replace("40,000", "90,000"))
    [match] = find_similar_claims(CROWD, speaker=None, without=set(), limit=5)
    assert not match.is_same


def test_claim_itself_stubs_and_proposals_are_left_out() -> None:
    claim = make.ClaimFactory(text=CROWD)
    make.ClaimFactory(text=CROWD, released=True, retracted_at=timezone.now())
    make.ClaimFactory(text=CROWD, merged_into=claim)
    make.ClaimFactory(text=CROWD, proposed=True)
    assert sum(update_vectors()) == 1
    assert find_claims_similar_to_claim(claim) == []
    assert find_similar_claims(CROWD, speaker=None, without={claim.pk}, limit=5) == []


def test_number_of_queries_does_not_grow() -> None:
    def count_queries() -> int:
        assert sum(update_vectors())
        assert find_similar_claims(CROWD, speaker=1, without=set(), limit=5), "the index has caught up"
        with CaptureQueriesContext(connection) as captured:
            assert find_similar_claims(CROWD, speaker=1, without=set(), limit=5)
        return len(captured)

    make.ClaimFactory(text=CROWD)
    query_count = count_queries()
    make.ClaimFactory.create_batch(20, text=CROWD)
    assert count_queries() == query_count == 3


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
