"""Requests for articles, and what becomes of them."""

import errno
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from claims import models
from claims.articles import ArticleFields, RawContent
from claims.articles.fetching import FetchProblem, NoAnswerError, StatusError
from claims.database.connections.outages import OutageError
from claims.models import (
    Delivery,
    DeliveryOrigin,
    DeliveryProblem,
    DeliveryState,
    Quote,
    Snapshot,
    Source,
)
from claims.services.errors import RefusedError
from claims.services.ingestion import delivery_attempt
from claims.services.ingestion.deliveries import FOREGROUND, process_delivery, request_delivery, retry_delivery
from claims.services.ingestion.delivery_attempt import BACK_OFF, MAX_ATTEMPTS, DeliveryAttempt, start_attempt
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT
from tests.services.ingestion import rivers_page

pytestmark = pytest.mark.django_db


def request_text(text: str = RIVERS_TEXT, **options: Any) -> Delivery:
    content = RawContent(text.encode(), "text/plain")
    return request_delivery(**{"content": content, "origin": DeliveryOrigin.API, **options})


def expire_lease(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_what_is_handed_in_is_stored_with_its_raw_bytes() -> None:
    editor, page = make.UserFactory(), rivers_page.body()
    delivery = process_delivery(rivers_page.request(by=editor).pk)
    assert (delivery.state, delivery.quote_count, delivery.problem) == (DeliveryState.STORED, 3, "")
    assert delivery.snapshot is not None
    assert delivery.snapshot.raw is not None
    assert (delivery.snapshot.raw.body, delivery.snapshot.raw.size) == (page, len(page))
    assert delivery.snapshot.raw.media_type == rivers_page.MEDIA_TYPE
    source = Source.objects.get()
    assert (source, source.url) == (delivery.source, rivers_page.URL)
    assert source.history.get().history_user == editor


def test_an_open_request_is_not_repeated() -> None:
    first = rivers_page.request()
    assert rivers_page.request(url=f"{rivers_page.URL}/?utm_source=x#top", origin=DeliveryOrigin.ADMIN) == first
    start_attempt(first.pk)
    assert rivers_page.request() == first
    assert (Delivery.objects.count(), models.RawContent.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"url": "https://example.org/roads"}, id="another address"),
        pytest.param({"content": None}, id="the page itself"),
        pytest.param({"page": b"<p>Another text.</p>"}, id="another content"),
    ],
)
def test_another_article_is_another_request(other: dict[str, Any]) -> None:
    assert rivers_page.request() != rivers_page.request(**other)


def test_equal_texts_of_two_publishers_are_two_requests() -> None:
    first = request_text(metadata=ArticleFields(publisher="Coast Herald"))
    assert request_text(metadata=ArticleFields(publisher="Coast Herald", title="Rivers")) == first
    assert request_text(metadata=ArticleFields(publisher="Hill Herald")) != first


def test_the_same_content_again_is_unchanged() -> None:
    process_delivery(rivers_page.request().pk)
    delivery = process_delivery(rivers_page.request().pk)
    assert (delivery.state, delivery.quote_count) == (DeliveryState.UNCHANGED, 0)
    assert (Source.objects.count(), Snapshot.objects.count(), Quote.objects.count()) == (1, 1, 3)


def test_a_changed_content_is_another_text_of_the_source() -> None:
    process_delivery(rivers_page.request().pk)
    changed = rivers_page.body(RIVERS_TEXT + '\n\n"Ships are late," said Lena Ford.')
    delivery = process_delivery(rivers_page.request(changed).pk)
    assert (delivery.state, delivery.quote_count) == (DeliveryState.STORED, 1)
    assert (Source.objects.count(), Snapshot.objects.count()) == (1, 2)


def test_a_known_text_of_another_address_is_a_duplicate() -> None:
    first = process_delivery(rivers_page.request().pk)
    second = process_delivery(rivers_page.request(url=rivers_page.AMP_URL).pk)
    assert (second.state, second.source) == (DeliveryState.DUPLICATE, first.source)


@pytest.mark.parametrize("canonical", ["https://elsewhere.example/rivers", "https://notexample.org/", ""])
def test_a_page_does_not_speak_for_another_site(canonical: str) -> None:
    make.SourceFactory(url="https://elsewhere.example/rivers")
    delivery = process_delivery(rivers_page.request(rivers_page.body(url=canonical)).pk)
    assert delivery.source is not None
    assert delivery.source.url == rivers_page.URL


def test_what_is_said_of_an_article_counts_more_than_what_it_says() -> None:
    metadata = ArticleFields(title="Rivers", authors=("Ann Lee",), published=date(2025, 5, 16))
    defaults = ArticleFields(title="Not this", translator="Ann Lee")
    delivery = process_delivery(rivers_page.request(metadata=metadata, defaults=defaults).pk)
    source = delivery.source
    assert source is not None
    assert (source.title, source.authors, source.published_on) == ("Rivers", "Ann Lee", date(2025, 5, 16))
    assert source.translator == "Ann Lee"


@pytest.mark.parametrize("url", ["ftp://example.org/1", "https://", "javascript:alert(1)", "https://a:b@example.org/"])
def test_an_invalid_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError, match="url must"):
        request_delivery(url=url, origin=DeliveryOrigin.API)
    assert not Delivery.objects.exists()


def test_a_request_for_nothing_is_refused() -> None:
    with pytest.raises(RefusedError, match="Nothing to read"):
        request_delivery(origin=DeliveryOrigin.API)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(RawContent(b"", "text/plain"), "empty", id="empty"),
        pytest.param(RawContent(b"GIF89a", "image/gif"), "image/gif is not supported", id="picture"),
        pytest.param(RawContent(b"[1, 2]", "application/json"), "", id="no article"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(content: RawContent, reason: str) -> None:
    delivery = process_delivery(request_delivery(content=content, origin=DeliveryOrigin.API).pk)
    assert (delivery.state, delivery.problem) == (DeliveryState.REFUSED, DeliveryProblem.UNREADABLE)
    assert reason in delivery.reason
    assert not Source.objects.exists()


def test_only_one_worker_has_a_delivery_at_a_time() -> None:
    delivery = rivers_page.request()
    assert start_attempt(delivery.pk) is not None
    assert start_attempt(delivery.pk) is None
    assert process_delivery(delivery.pk, at_once=True).state == DeliveryState.WORKING
    expire_lease(delivery)
    assert process_delivery(delivery.pk).state == DeliveryState.STORED
    assert process_delivery(delivery.pk).state == DeliveryState.STORED
    assert Snapshot.objects.count() == 1


def test_an_attempt_that_lost_its_lease_stores_nothing() -> None:
    delivery = rivers_page.request()
    slow = start_attempt(delivery.pk)
    expire_lease(delivery)
    current = start_attempt(delivery.pk)
    assert slow is not None
    assert current is not None
    with slow:
        slow.run()
    assert Delivery.objects.get().worker == current.delivery.worker
    assert not Source.objects.exists()
    with current:
        current.run()
    assert Delivery.objects.get().state == DeliveryState.STORED


def test_an_article_that_ends_its_worker_is_given_up() -> None:
    delivery = rivers_page.request()
    for _ in range(MAX_ATTEMPTS):
        assert start_attempt(delivery.pk) is not None
        expire_lease(delivery)
    delivery = process_delivery(delivery.pk)
    assert (delivery.state, delivery.problem) == (DeliveryState.GIVEN_UP, DeliveryProblem.INTERRUPTED)
    assert delivery.reason == "The worker ended 6 times before it was done."


def fail(delivery: Delivery, error: BaseException) -> Delivery:
    attempt = start_attempt(delivery.pk, at_once=True)
    assert attempt is not None
    with attempt:
        raise error
    return Delivery.objects.get(pk=delivery.pk)


def test_failed_attempts_are_repeated_with_back_off_and_then_given_up() -> None:
    delivery, error = rivers_page.request(), NoAnswerError("u", "the site does not answer", retryable=True)
    for pause in BACK_OFF:
        delivery = fail(delivery, error)
        assert (delivery.state, delivery.reason) == (DeliveryState.WAITING, "the site does not answer")
        assert delivery.next_at is not None
        assert abs(delivery.next_at - timezone.now() - pause) < timedelta(seconds=5)
        assert start_attempt(delivery.pk) is None, "not before it is due"
    delivery = fail(delivery, error)
    assert (delivery.state, delivery.problem) == (DeliveryState.GIVEN_UP, DeliveryProblem.NO_ANSWER)
    assert delivery.reason == "the site does not answer"


@pytest.mark.parametrize(("asked_for", "waits"), [(3, 3), (0, 1 / 60), (90, 24)], ids=["longer", "shorter", "days"])
def test_a_site_says_when_to_come_again(asked_for: float, waits: float) -> None:
    retry_at = timezone.now() + timedelta(hours=asked_for)
    error = StatusError("u", "the site is busy", status=503, retryable=True, retry_at=retry_at)
    delivery = fail(rivers_page.request(), error)
    assert delivery.next_at is not None
    assert abs(delivery.next_at - timezone.now() - timedelta(hours=waits)) < timedelta(seconds=5)


def test_a_page_that_is_not_found_is_gone() -> None:
    delivery = fail(rivers_page.request(), StatusError("u", "the site has no such page", status=404))
    assert (delivery.state, delivery.problem) == (DeliveryState.REFUSED, DeliveryProblem.GONE)


def test_every_problem_of_fetching_has_a_code() -> None:
    assert set(FetchProblem) <= set(DeliveryProblem.values)


def test_an_internal_error_is_noted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    delivery = fail(rivers_page.request(), ZeroDivisionError("by zero"))
    assert caplog.records[-1].exc_info
    assert (delivery.state, delivery.problem) == (DeliveryState.WAITING, DeliveryProblem.ERROR)
    assert delivery.reason == "ZeroDivisionError: by zero"


def test_a_full_disk_is_no_fault_of_the_article() -> None:
    delivery = rivers_page.request()
    with pytest.raises(OutageError, match="No space left on device"):
        fail(delivery, OSError(errno.ENOSPC, "No space left on device"))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.problem) == (DeliveryState.WAITING, 0, "")
    assert process_delivery(delivery.pk).state == DeliveryState.STORED


def test_a_worker_that_is_stopped_releases_what_it_holds() -> None:
    delivery = rivers_page.request()
    with pytest.raises(KeyboardInterrupt):
        fail(delivery, KeyboardInterrupt())
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.WAITING, 0)
    assert process_delivery(delivery.pk).state == DeliveryState.STORED


def test_what_failed_is_tried_again_on_request() -> None:
    delivery = fail(rivers_page.request(), StatusError("u", "the site has no such page", status=404))
    assert retry_delivery(delivery=delivery).state == DeliveryState.WAITING
    assert process_delivery(delivery.pk).state == DeliveryState.STORED
    with pytest.raises(RefusedError, match="This delivery is stored"):
        retry_delivery(delivery=delivery)


def test_an_old_request_is_not_tried_again_beside_a_newer_one() -> None:
    delivery = fail(rivers_page.request(), StatusError("u", "the site has no such page", status=404))
    rivers_page.request()
    with pytest.raises(RefusedError, match="later request"):
        retry_delivery(delivery=delivery)


def test_a_request_in_the_foreground_is_not_for_workers() -> None:
    delivery = rivers_page.request(in_foreground=True)
    assert not Delivery.objects.due(timezone.now()).exists()
    assert Delivery.objects.due(timezone.now() + FOREGROUND).exists()
    assert process_delivery(delivery.pk, at_once=True).state == DeliveryState.STORED


def test_workers_first_take_what_somebody_waits_for() -> None:
    feed, editor = rivers_page.request(origin=DeliveryOrigin.FEED), request_text(origin=DeliveryOrigin.ADMIN)
    assert list(Delivery.objects.due(timezone.now()).in_order_of_work()) == [editor, feed]


def test_article_and_final_state_are_stored_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies between the two leaves neither: planted as an error of the database after the article."""
    delivery = rivers_page.request()

    def die(*_: Any) -> None:
        assert Source.objects.exists()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery_attempt, "_end", die)
        with pytest.raises(KeyboardInterrupt):
            process_delivery(delivery.pk)
    assert not Source.objects.exists()
    assert not Snapshot.objects.exists()
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert process_delivery(delivery.pk).state == DeliveryState.STORED
    assert Source.objects.count() == 1


def test_reading_and_extracting_hold_no_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    depths = []
    prepare = delivery_attempt.prepare_article

    def note_depth(*arguments: Any) -> Any:
        depths.append(len(transaction.get_connection().savepoint_ids))
        return prepare(*arguments)

    monkeypatch.setattr(delivery_attempt, "prepare_article", note_depth)
    depth = len(transaction.get_connection().savepoint_ids)
    with DeliveryAttempt(rivers_page.request()):
        pass
    process_delivery(Delivery.objects.get().pk)
    assert depths == [depth]
