"""The review queue: its filters, order and counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin.review.queue import MAX_QUEUE_COUNT
from claims.models import Skip
from claims.services.quotes import review_lock
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.speakers.directory import add_speaker
from tests import factories as make
from tests.admin.review.review_client import QUEUE_URL, post_review_action, stored_decision
from tests.services.quotes.quoted_text import TEXT, make_quote_of
from tests.services.sources.newer_snapshots import change_source

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_decision_advances_within_the_queue(client: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    speaker = make.SpeakerFactory()
    first, other, last = (
        make_quote_of(snapshot, words, speaker=who)
        for words, who in (("Rivers are", speaker), ("full", make.SpeakerFactory()), ("Roads,", speaker))
    )
    queue = f"speaker={speaker.pk}"
    assert client.get(f"{QUEUE_URL}?{queue}").url == f"{QUEUE_URL}?{queue}&quote={first.pk}"
    assert post_review_action(client, "accept", first, queue=queue).url == f"{QUEUE_URL}?{queue}&quote={last.pk}"
    assert post_review_action(client, "skip", last, queue=queue).url == f"{QUEUE_URL}?{queue}&quote={last.pk}", (
        "it is the only one left"
    )
    assert post_review_action(client, "reject", last, queue=queue, why="duplicate").url == f"{QUEUE_URL}?{queue}"
    page = client.get(f"{QUEUE_URL}?{queue}")
    assert "No quotes left in this queue" in page.content.decode()
    assert stored_decision(other) == "pending"
    assert post_review_action(client, "skip", other).url == f"{QUEUE_URL}?quote={other.pk}"


def test_queue_wraps_around_to_skipped_quotes(client: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    first, last = make_quote_of(snapshot, "Rivers are"), make_quote_of(snapshot, "Roads,")
    assert post_review_action(client, "accept", last).url == f"{QUEUE_URL}?quote={first.pk}"


def test_skipped_quotes_come_last_for_the_day(client: Client, colleague: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    first, second, third = (make_quote_of(snapshot, words) for words in ("Rivers are", "Roads,", "are dry."))
    other = make.QuoteFactory()
    assert post_review_action(client, "skip", first).url == f"{QUEUE_URL}?quote={second.pk}"
    assert queued_ids(client) == [second.pk, third.pk, other.pk, first.pk]
    assert queued_ids(client, source=snapshot.source_id) == [second.pk, third.pk, first.pk]
    assert queued_ids(colleague) == [first.pk, second.pk, third.pk, other.pk]
    page = client.get(QUEUE_URL, {"quote": first.pk})
    assert (page.context["remaining"], page.context["skipped"], page.context["is_skipped"]) == ("4", "1", True)
    assert "You skipped this quote" in page.content.decode()
    # A decision in the middle goes on in reading order, and starts again before it comes to what was skipped.
    assert post_review_action(client, "skip", third).url == f"{QUEUE_URL}?quote={other.pk}"
    assert post_review_action(client, "accept", other).url == f"{QUEUE_URL}?quote={second.pk}"
    assert post_review_action(client, "accept", second).url == f"{QUEUE_URL}?quote={third.pk}"
    assert post_review_action(client, "skip", third).url == f"{QUEUE_URL}?quote={first.pk}"
    assert post_review_action(client, "accept", first).url == f"{QUEUE_URL}?quote={third.pk}"
    assert post_review_action(client, "skip", third).url == f"{QUEUE_URL}?quote={third.pk}", "it is the only one left"
    Skip.objects.update(at=timezone.now() - timedelta(days=1))
    make_quote_of(snapshot, "Ford added")
    assert queued_ids(client)[-1] == third.pk


def test_following_quote_is_the_one_that_a_decision_shows(client: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    quotes = [make_quote_of(snapshot, words) for words in ("Rivers are", "Roads,", "are dry.")]
    post_review_action(client, "skip", quotes[1])
    for quote in (quotes[0], quotes[2], quotes[1]):
        following = client.get(QUEUE_URL, {"quote": quote.pk}).context["following"]
        assert post_review_action(client, "accept", quote).url == (following or QUEUE_URL)


def queued_ids(client: Client, **query: Any) -> list[int]:
    """The queue's quotes in its order, as one goes through it by its links."""
    result: list[int] = []
    response = client.get(QUEUE_URL, query)
    address = response.url if response.status_code == 302 else ""
    while address:
        page = client.get(address)
        result.append(page.context["quote"].pk)
        address = page.context["next"]
    backwards = []
    if result:
        address = client.get(QUEUE_URL, query | {"quote": result[-1]}).context["previous"]
        while address:
            page = client.get(address)
            backwards.append(page.context["quote"].pk)
            address = page.context["previous"]
        assert backwards == result[-2::-1]
    return result


def test_queue_filters_and_navigation(client: Client, editor: User, colleague: Client) -> None:
    texts = [make.SnapshotFactory(text=TEXT + "." * n) for n in range(2)]
    later = make_quote_of(texts[0], "are dry.", confidence=0.95)
    nobody = make_quote_of(texts[0], "Roads,", speaker=None, confidence=0.75)
    other = make_quote_of(texts[1], "Roads,", confidence=0.5)
    done = make_quote_of(texts[1], "are dry.", confidence=0.95)
    topic = make.TopicFactory()
    other.claim.topics.add(topic)
    post_review_action(client, "accept", done)
    source = texts[0].source
    source._history_user = editor
    source.history.all().delete()
    source.history.create(
        **{f.attname: getattr(source, f.attname) for f in source.history.model.tracked_fields},
        history_type="+",
        history_user=editor,
        history_date=source.created_at,
    )
    review_lock.acquire_review_lock(quote=other, editor=editor)
    assert queued_ids(client) == [nobody.pk, later.pk, other.pk]
    assert queued_ids(client, source=source.pk) == [nobody.pk, later.pk]
    assert queued_ids(client, speaker=other.speaker_id) == [other.pk]
    assert queued_ids(client, speaker="none") == [nobody.pk]
    assert queued_ids(client, topic=topic.pk) == [other.pk]
    assert queued_ids(client, confidence="high") == [later.pk]
    assert queued_ids(client, confidence="medium") == [nobody.pk]
    assert queued_ids(client, confidence="low") == [other.pk]
    assert queued_ids(client, decision="accepted") == [done.pk]
    assert queued_ids(client, decision="all") == [nobody.pk, later.pk, other.pk, done.pk]
    assert queued_ids(client, mine="1") == [nobody.pk, later.pk, other.pk]
    assert queued_ids(client, mine="1", decision="accepted") == [done.pk]
    assert queued_ids(colleague, mine="1") == []
    assert queued_ids(client, source=987654) == []
    change_source(later, "are dry", "are wet")
    assert queued_ids(client, changed="1") == [later.pk]
    assert queued_ids(client, changed="1", decision="accepted") == []
    page = client.get(QUEUE_URL, {"quote": later.pk})
    assert (page.context["remaining"], page.context["remaining_here"]) == ("3", "2")


def test_remaining_count_is_capped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.review.queue.MAX_QUEUE_COUNT", 2)
    quote, *_ = (make.QuoteFactory() for _ in range(4))
    assert client.get(QUEUE_URL, {"quote": quote.pk}).context["remaining"] == "2+"
    assert MAX_QUEUE_COUNT == 999


def test_the_card_of_a_changed_source_takes_a_fixed_number_of_queries(client: Client) -> None:
    def cost(snapshots: int) -> int:
        quote = make_quote_of(make.SnapshotFactory(text=f"{TEXT} {snapshots}"), "are dry.")
        for number in range(snapshots):
            change_source(quote, "are dry", f"are wet {number}")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(QUEUE_URL, {"quote": quote.pk})
        assert (page.context["change"] is not None) == bool(snapshots)
        return len(captured)

    unchanged = cost(0)
    assert cost(1) == cost(4) <= unchanged + 3


def test_query_count_of_the_screen_is_constant(client: Client, editor: User) -> None:
    def world(times: int) -> None:
        for _ in range(times):
            same = make_quote_of(snapshot, "are dry.", candidates=["Lena Ford", "Tom Ford"], mention="")
            same.claim.topics.add(make.TopicFactory())
            for name in ("Lena Ford", "Tom Ford"):
                add_speaker(name=name, editor=editor)
            set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=editor)
            make.QuoteFactory(speaker=None)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(QUEUE_URL, {"quote": quote.pk, "decision": "all", "source": snapshot.source_id})
            assert page.status_code == 200
            assert page.context["window"].html
        return len(captured)

    snapshot = make.SnapshotFactory(text=TEXT)
    quote = make_quote_of(snapshot, "Roads,", candidates=["Lena Ford"])
    world(2)
    post_review_action(client, "accept", quote)
    few = cost()
    world(4)
    assert cost() == few
    assert few <= 32
