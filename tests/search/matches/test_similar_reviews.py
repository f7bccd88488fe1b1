"""Fact-checks of others that are alike to a text: which are found, which say the same, at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import ExternalReview, ExternalReviewVector
from claims.search.matches.similar_reviews import SimilarReview, find_similar_reviews
from claims.services.ingestion.periodic_work import index_reviews
from claims.services.reviews.review_vectors import update_review_vectors
from tests import factories as make

pytestmark = pytest.mark.django_db

CROWD = "The police counted 40,000 people at the march in Bellport."


def add(*texts: str) -> list[ExternalReview]:
    reviews = [make.ExternalReviewFactory(claim_text=text) for text in texts]
    index_reviews()
    assert list(update_review_vectors()) == []
    return reviews


def find_reviews(text: str) -> list[SimilarReview]:
    return find_similar_reviews(text, limit=3)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (CROWD, CROWD.upper()),
        (CROWD, "40k people marched in Bellport, according to the count of the police."),
        ("After the audit, the mayor resigned.", "The mayor stepped down after the audit."),
        ("Amina Yusuf said rice doubled in price.", "Rice doubled in price, Amina Yusuf said."),
        ("Россия вернулась к переговорам.", "Россия вернулась к переговорам!"),
    ],
    ids=["case", "number", "other-words", "order", "cyrillic"],
)
def test_what_says_the_same(text: str, claim: str) -> None:
    [review, _] = add(claim, "The orchestra cancelled its tour of Bellonia.")
    [match] = find_reviews(text)
    assert (match.review, match.is_same, match.differences) == (review, True, ())
    assert match.reason == "says the same"


@pytest.mark.parametrize(
    ("text", "claim", "difference"),
    [
        (CROWD.replace("40,000", "400,000"), CROWD, "“400,000” instead of “40,000”"),
        ("The bridge will not open in May.", "The bridge will open in May.", "“not” (in this text only)"),
        ("Norvia attacked Sudmark.", "Sudmark attacked Norvia.", "instead of"),
        ("Exports of coffee from Kenya rose.", "Exports of coffee from Kenya fell.", "“rose” instead of “fell”"),
    ],
    ids=["number", "negation", "role", "antonym"],
)
def test_what_differs_is_alike_and_never_the_same(text: str, claim: str, difference: str) -> None:
    add(claim)
    [match] = find_reviews(text)
    assert not match.is_same
    assert match.reason.startswith("alike, but differs in: ")
    assert difference in match.reason
    assert "".join(part.text for part in match.parts) == claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (CROWD, "The river flooded 130 houses in the lower town."),
        ("Россия вернулась к переговорам.", "Зерно подорожало на рынках Европы."),
        ("", CROWD),
    ],
    ids=["other-matter", "cyrillic", "empty"],
)
def test_what_is_not_alike(text: str, claim: str) -> None:
    add(claim)
    assert find_reviews(text) == []


def test_what_says_the_same_comes_first() -> None:
    differing, same = add(CROWD.replace("40,000", "400,000"), f"{CROWD[:-1]}, officers said.")
    assert [match.review for match in find_reviews(f"{CROWD[:-1]}, officers said.")] == [same, differing]


def test_linked_and_withdrawn_ones_are_not_offered_and_come_back() -> None:
    [review] = add(CROWD)
    withdrawn = {"withdrawn_at": timezone.now()}
    linked = {"claim": make.ClaimFactory(), "linked_by": make.UserFactory()}
    for values in (withdrawn, linked):
        ExternalReview.objects.update(**values)
        assert find_reviews(CROWD) == []
        ExternalReview.objects.update(**dict.fromkeys(values))
        assert [match.review for match in find_reviews(CROWD)] == [review]


def test_new_ones_are_found_and_those_of_another_encoder_are_made_again() -> None:
    assert find_reviews(CROWD) == []
    [first] = add(CROWD)
    assert [match.review for match in find_reviews(CROWD)] == [first]
    ExternalReviewVector.objects.update(encoder="former")
    assert find_reviews(CROWD) == []
    [second] = add(CROWD)
    assert {match.review for match in find_reviews(CROWD)} == {first, second}


def test_the_cost_does_not_grow() -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert find_reviews(CROWD)
        return len(captured)

    add(CROWD)
    assert count_queries() == 3, "the vectors are read"
    assert count_queries() == 2
    add(*[CROWD] * 5)
    assert count_queries() == 3
    assert count_queries() == 2
