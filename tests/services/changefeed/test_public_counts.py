"""The numbers of public quotes and claims that the change feed keeps: right after a change, never shown stale."""

import datetime as dt

import pytest
from django.utils import timezone

from claims.models import Claim, Quote, SpeakerCounts, TopicCounts, Touched
from claims.services.changefeed.processor import process_pending, reconcile
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted_quote() -> Quote:
    """A public quote with a claim, which has a topic."""
    counted_quote = f.QuoteFactory(accepted=True)
    counted_quote.claim.topics.add(f.TopicFactory())
    return counted_quote


def kept_counts() -> tuple[list[tuple[int, int]], list[int]]:
    process_pending()
    speakers = SpeakerCounts.objects.order_by("pk").values_list("quotes", "claims")
    return list(speakers), list(TopicCounts.objects.order_by("pk").values_list("claims", flat=True))


def shown_counts(client) -> tuple[list[tuple[int, int]], list[int]]:
    speakers = client.get("/api/v1/speakers/").json()["results"]
    topics = client.get("/api/v1/topics/").json()["results"]
    return [(row["quotes"], row["claims"]) for row in speakers], [row["claims"] for row in topics]


def test_counts_follow_what_is_public(counted_quote):
    assert kept_counts() == ([(1, 1)], [1])
    another = f.QuoteFactory(accepted=True, speaker=counted_quote.speaker)
    another.claim.topics.set(counted_quote.claim.topics.all())
    f.QuoteFactory(speaker=counted_quote.speaker, claim=counted_quote.claim)
    assert kept_counts() == ([(2, 2)], [2])
    Claim.objects.filter(pk=another.claim_id).update(retracted_at=timezone.now())
    assert kept_counts() == ([(1, 1)], [1])
    Quote.objects.filter(pk=counted_quote.pk).update(decision="rejected")
    assert kept_counts() == ([(0, 0)], [0])


def test_moving_a_quote_counts_for_both_speakers(counted_quote):
    kept_counts()
    other = f.SpeakerFactory()
    Quote.objects.filter(pk=counted_quote.pk).update(speaker=other)
    assert kept_counts() == ([(0, 1), (1, 0)], [1])


def test_what_is_pending_is_counted_when_shown(client, counted_quote):
    kept_counts()
    assert shown_counts(client) == ([(1, 1)], [1])
    f.QuoteFactory(accepted=True, speaker=counted_quote.speaker).claim.topics.set(counted_quote.claim.topics.all())
    assert SpeakerCounts.objects.get().quotes == 1
    assert shown_counts(client) == ([(2, 2)], [2])
    assert client.get("/api/v1/quotes/counts/?by=speaker").json()["results"][0]["count"] == 2
    assert client.get("/api/v1/claims/counts/?by=topic").json()["results"][0]["count"] == 2


def test_an_embargo_that_has_ended_is_counted_when_shown(client, counted_quote, monkeypatch):
    kept_counts()
    at = timezone.now() + dt.timedelta(hours=1)
    f.QuoteFactory(accepted=True, speaker=counted_quote.speaker, claim__released_at=at)
    assert kept_counts() == ([(1, 1)], [1])
    assert client.get("/api/v1/quotes/counts/?by=speaker").json()["results"][0]["count"] == 1
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + dt.timedelta(seconds=1))
    assert shown_counts(client)[0] == [(2, 2)]
    assert client.get("/api/v1/quotes/counts/?by=speaker").json()["results"][0]["count"] == 2
    assert kept_counts()[0] == [(2, 2)]


@pytest.mark.parametrize("is_kept", [True, False])
def test_counts_of_a_list_do_not_depend_on_what_is_kept(client, counted_quote, is_kept):
    f.QuoteFactory(accepted=True, claim__speaker=None)
    f.QuoteFactory(accepted=True, speaker=counted_quote.speaker)
    if is_kept:
        process_pending()
    else:
        assert Touched.objects.exists()

    def counts(path: str) -> tuple[list[int], int, int]:
        body = client.get(f"/api/v1/{path}").json()
        return [row["count"] for row in body["results"]], body["values"], body["without_value"]

    assert counts("quotes/counts/?by=speaker") == ([2, 1], 2, 0)
    assert counts("claims/counts/?by=speaker") == ([2], 1, 1)
    assert counts("claims/counts/?by=topic") == ([1], 1, 2)


def test_wrong_counts_are_found_and_repaired(client, counted_quote):
    kept_counts()
    assert not any(reconcile(repair=False).values())
    SpeakerCounts.objects.update(quotes=7)
    TopicCounts.objects.all().delete()
    wrong = {kind: count for kind, count in reconcile(repair=False).items() if count}
    assert wrong == {"speakers": 1, "topics": 1}
    reconcile()
    assert kept_counts() == ([(1, 1)], [1])


def test_lists_are_sorted_by_counts_page_by_page(client):
    speakers = [f.SpeakerFactory() for _ in range(5)]
    for speaker, count in zip(speakers, (1, 3, 2, 3, 1), strict=True):
        for _ in range(count):
            f.QuoteFactory(accepted=True, speaker=speaker)
    process_pending()
    ids, url = [], "/api/v1/speakers/?ordering=most_quoted&page_size=2"
    while url:
        page = client.get(url).json()
        ids += [row["id"] for row in page["results"]]
        url, last = page["next"], page
    expected = [speakers[n].pk for n in (3, 1, 2, 4, 0)]
    assert ids == expected
    assert [row["id"] for row in client.get(last["previous"]).json()["results"]] == expected[2:4]
    rows = b"".join(client.get("/api/v1/speakers.csv?ordering=most_claims").streaming_content).decode().splitlines()
    assert [int(row.split(",")[0]) for row in rows[1:]] == expected
    topic = f.TopicFactory()
    Claim.objects.order_by("pk")[0].topics.add(topic)
    process_pending()
    assert [row["id"] for row in client.get("/api/v1/topics/?ordering=most_claims").json()["results"]] == [topic.pk]
