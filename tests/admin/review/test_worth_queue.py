"""The queue by check-worthiness: its order, its filter, and the reasons on the card."""

import pytest
from django.test import Client

from claims.models import Quote
from claims.worthiness import DEFAULT_WEIGHTS, Feature
from tests import factories as make
from tests.admin.review.review_client import QUEUE_URL, post_review_action
from tests.services.quotes.quoted_text import TEXT, make_quote_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HIGH, LOW = Feature.FIGURES | Feature.COMPARISON, Feature.OPINION


@pytest.fixture
def scored_quotes() -> list[Quote]:
    """Two articles, of which each has quotes that are worth checking, and others."""
    return [
        make_quote_of(snapshot, words, worth_features=int(features), worth_points=DEFAULT_WEIGHTS.points_of(features))
        for snapshot in (make.SnapshotFactory(text=TEXT), make.SnapshotFactory(text=f"{TEXT} Again."))
        for words, features in (("Rivers are", LOW), ("Roads,", HIGH), ("Ford added", Feature(0)), ("are dry.", HIGH))
    ]


def expected_order(scored_quotes: list[Quote]) -> list[int]:
    return [scored_quotes[number].pk for number in (1, 3, 5, 7, 2, 6, 0, 4)]


def walk(client: Client, quote: int, towards: str, **params: object) -> list[int]:
    ids = [quote]
    while link := client.get(QUEUE_URL, {"quote": ids[-1], "order": "worth", **params}).context[towards]:
        ids.append(int(link.rpartition("=")[2]))
    return ids


def test_quotes_worth_checking_come_first_in_both_directions(client: Client, scored_quotes: list[Quote]) -> None:
    expected = expected_order(scored_quotes)
    assert client.get(QUEUE_URL, {"order": "worth"}).url == f"{QUEUE_URL}?order=worth&quote={expected[0]}"
    assert walk(client, expected[0], "next") == expected
    assert walk(client, expected[-1], "previous") == expected[::-1]


@pytest.mark.parametrize("filters", [{"speaker": "none"}, {"confidence": "high"}, {"decision": "all"}])
def test_other_filters_keep_the_order(client: Client, scored_quotes: list[Quote], filters: dict[str, str]) -> None:
    for quote in scored_quotes:
        Quote.objects.filter(pk=quote.pk).update(speaker=None, confidence=0.95)
    expected = expected_order(scored_quotes)
    assert walk(client, expected[0], "next", **filters) == expected


def test_quotes_of_one_speaker_keep_the_order(client: Client, scored_quotes: list[Quote]) -> None:
    speaker = make.SpeakerFactory()
    Quote.objects.update(speaker=speaker)
    expected = expected_order(scored_quotes)
    assert walk(client, expected[0], "next", speaker=speaker.pk) == expected
    assert walk(client, expected[-1], "previous", speaker=speaker.pk) == expected[::-1]


def test_skipped_quotes_come_last_and_a_decision_goes_on_in_order(client: Client, scored_quotes: list[Quote]) -> None:
    first, *others = expected_order(scored_quotes)
    by_id = {quote.pk: quote for quote in scored_quotes}
    answer = post_review_action(client, "skip", by_id[first], queue="order=worth")
    assert answer.url == f"{QUEUE_URL}?order=worth&quote={others[0]}"
    assert walk(client, others[0], "next") == [*others, first]
    answer = post_review_action(client, "reject", by_id[others[1]], queue="order=worth", why="duplicate")
    assert answer.url == f"{QUEUE_URL}?order=worth&quote={others[2]}"


@pytest.mark.parametrize(("band", "numbers"), [("high", (1, 3, 5, 7)), ("medium", (2, 6)), ("low", (0, 4))])
def test_filter(client: Client, scored_quotes: list[Quote], band: str, numbers: tuple[int, ...]) -> None:
    assert walk(client, scored_quotes[numbers[0]].pk, "next", worth=band) == [
        scored_quotes[number].pk for number in numbers
    ]
    page = client.get("/admin/claims/quote/", {"worth": band})
    assert {quote.pk for quote in page.context["cl"].result_list} == {scored_quotes[number].pk for number in numbers}


@pytest.mark.parametrize("params", [{"worth": "huge"}, {"order": "random"}])
def test_unknown_values_are_refused(client: Client, params: dict[str, str]) -> None:
    assert client.get(QUEUE_URL, params).status_code == 400


def test_the_card_says_the_strongest_reasons(client: Client) -> None:
    features = Feature.FIGURES | Feature.COMPARISON | Feature.POSITION | Feature.DIRECT
    quote = make.QuoteFactory(
        role="Interior Minister", worth_features=int(features), worth_points=DEFAULT_WEIGHTS.points_of(features)
    )
    opinion = make.QuoteFactory(worth_features=int(LOW), worth_points=DEFAULT_WEIGHTS.points_of(LOW))
    unread = make.QuoteFactory(worth_features=None)
    pages = [client.get(QUEUE_URL, {"quote": each.pk}).content.decode() for each in (quote, opinion, unread)]
    assert f"Worth checking {DEFAULT_WEIGHTS.percent_of(features)}: figure, comparison, minister<" in pages[0]
    assert f"Worth checking {DEFAULT_WEIGHTS.percent_of(LOW)}: −&nbsp;opinion words<" in pages[1]
    assert "fb-review-score" not in pages[2]
