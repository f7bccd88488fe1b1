"""What was handed in is erased some time after its delivery has ended, unless something else needs it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims.articles import RawContent
from claims.models import Delivery, DeliveryOrigin, DeliveryState, Snapshot
from claims.models import RawContent as StoredContent
from claims.services.errors import RefusedError
from claims.services.ingestion import raw_contents
from claims.services.ingestion.deliveries import process_delivery, request_delivery, retry_delivery
from claims.services.ingestion.periodic_work import do_periodic_work
from claims.services.ingestion.raw_contents import KEPT_AFTER_FAILURE, KEPT_AFTER_SUCCESS, erase_old_contents
from tests.concurrency import run_concurrently
from tests.services.ingestion import rivers_page

SECOND = timedelta(seconds=1)


def refuse(name: str = "") -> Delivery:
    content = RawContent(b"GIF89a " + name.encode(), "image/gif")
    delivery = process_delivery(request_delivery(content=content, origin=DeliveryOrigin.API).pk)
    assert delivery.state == DeliveryState.REFUSED
    return delivery


def finish(delivery: Delivery, *, ago: timedelta) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(finished_at=timezone.now() - ago)


@pytest.mark.django_db
def test_what_was_refused_is_erased_after_its_time() -> None:
    delivery = refuse()
    finish(delivery, ago=KEPT_AFTER_FAILURE - SECOND * 60)
    do_periodic_work()
    assert StoredContent.objects.exists()
    finish(delivery, ago=KEPT_AFTER_FAILURE)
    do_periodic_work()
    assert not StoredContent.objects.exists()
    delivery.refresh_from_db()
    assert delivery.content_erased_at
    with pytest.raises(RefusedError, match="Hand it in again"):
        retry_delivery(delivery=delivery)
    assert erase_old_contents(timezone.now()) == 0


@pytest.mark.django_db
def test_a_second_reading_that_changed_nothing_keeps_no_bytes_of_its_own() -> None:
    first = process_delivery(rivers_page.request().pk)
    again = process_delivery(rivers_page.request(rivers_page.body() + b"<!-- 12:01 -->").pk)
    same = process_delivery(rivers_page.request().pk)
    assert [first.state, again.state, same.state] == ["stored", "unchanged", "unchanged"]
    assert StoredContent.objects.count() == 2
    for delivery in (first, again, same):
        finish(delivery, ago=KEPT_AFTER_SUCCESS)
    assert erase_old_contents(timezone.now()) == 3
    assert StoredContent.objects.get() == Snapshot.objects.get().raw


@pytest.mark.django_db
def test_what_another_delivery_needs_is_kept() -> None:
    delivery = refuse()
    finish(delivery, ago=KEPT_AFTER_FAILURE)
    refuse()
    erase_old_contents(timezone.now())
    assert StoredContent.objects.count() == 1
    assert Delivery.objects.filter(content__isnull=False).count() == 1


@pytest.mark.django_db
def test_the_text_of_a_feed_is_erased_though_the_page_was_stored() -> None:
    fallback = RawContent(b"<p>Rivers are full.", "text/html")
    delivery = process_delivery(rivers_page.request(fallback=fallback).pk)
    finish(delivery, ago=KEPT_AFTER_SUCCESS)
    erase_old_contents(timezone.now())
    assert StoredContent.objects.get() == Snapshot.objects.get().raw


@pytest.mark.django_db
def test_much_is_erased_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_contents, "BATCH", 2)
    for name in "abc":
        finish(refuse(name), ago=KEPT_AFTER_FAILURE)
    assert [erase_old_contents(timezone.now()) for _ in range(3)] == [2, 1, 0]


if connection.vendor == "postgresql":  # on SQLite one transaction writes at a time

    @pytest.mark.django_db(transaction=True)
    def test_what_is_handed_in_again_at_that_moment_is_kept() -> None:
        finish(refuse(), ago=KEPT_AFTER_FAILURE)
        with transaction.atomic():
            content = RawContent(b"GIF89a ", "image/gif")
            new = request_delivery(content=content, origin=DeliveryOrigin.API, url="https://example.org/1")
            assert run_concurrently(lambda: erase_old_contents(timezone.now())) == [1]
        assert Delivery.objects.get(pk=new.pk).content == StoredContent.objects.get()
