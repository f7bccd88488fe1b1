"""Pages whose quotes were accepted are read again: changed texts become snapshots; pages may be gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Delivery, DeliveryOrigin, DeliveryState, Quote, Snapshot, Source, Watch
from claims.services import page_checks
from claims.services.ingestion.deliveries import process_delivery, request_delivery
from claims.services.ingestion.periodic_work import watch_sources
from claims.services.quotes.decisions import decide_quotes
from claims.services.sources.watches import check_due_sources, check_source, start_watches
from tests import factories as make
from tests.articles.fetching.loopback_site import Exchange, LoopbackSite, fetches_at_once, loopback_allowed, site

__all__ = ["fetches_at_once", "loopback_allowed", "site"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fetches_at_once")]

HEAD = "<html><head><title>Rivers rise in the north of the country</title></head><body><article>"
QUOTE = "<p>“The dam will hold until the spring, whatever the weather,” said Lena Ford, the mayor of the town.</p>"
PAGE = f"{HEAD}{QUOTE}<p>It rained for nine days without a pause, and the river rose twice.</p></article></body></html>"


@pytest.fixture
def watch(site: LoopbackSite) -> Watch:
    """Of a source with an accepted quote, due now."""
    site.pages["/rivers"] = PAGE.encode()
    delivery = request_delivery(url=site.url("/rivers"), origin=DeliveryOrigin.ADMIN)
    assert process_delivery(delivery.pk).state == DeliveryState.STORED
    accept_quotes()
    assert start_watches() == 1
    watch = Watch.objects.get()
    assert timedelta(minutes=59) < watch.next_check_at - timezone.now() <= timedelta(hours=1)
    return make_due(watch)


def accept_quotes() -> None:
    pending = list(Quote.objects.pending().values_list("pk", flat=True))
    decide_quotes(quotes=pending, decision="accepted", editor=make.UserFactory())


def make_due(watch: Watch) -> Watch:
    Watch.objects.filter(pk=watch.pk).update(next_check_at=timezone.now())
    return watch


def check(watch: Watch) -> Watch:
    assert check_source(make_due(watch).pk)
    watch.refresh_from_db()
    return watch


def process_watch_delivery() -> Delivery:
    return process_delivery(Delivery.objects.filter(origin=DeliveryOrigin.WATCH).latest("pk").pk)


def test_only_articles_with_an_address_and_newly_accepted_quotes_are_watched() -> None:
    accepted = make.QuoteFactory(accepted=True, decided_at=timezone.now())
    make.QuoteFactory(snapshot__source__url="https://example.org/pending")
    make.QuoteFactory(accepted=True, decided_at=timezone.now(), snapshot__source__url="")
    make.QuoteFactory(accepted=True, decided_at=timezone.now(), snapshot__source__kind="broadcast")
    make.QuoteFactory(accepted=True, decided_at=timezone.now() - timedelta(days=3))
    Source.objects.filter(pk=accepted.snapshot.source_id).update(url="https://example.org/a", page_key="org,example)/a")
    assert start_watches() == 1
    assert Watch.objects.get().source == accepted.snapshot.source
    assert start_watches() == 0


def test_an_unchanged_page_is_read_four_times_and_no_more(watch: Watch) -> None:
    pauses = []
    for _ in range(4):
        check(watch)
        assert process_watch_delivery().state == DeliveryState.UNCHANGED
        pauses.append(watch.next_check_at and round((watch.next_check_at - watch.last_checked_at) / timedelta(days=1)))
    assert pauses == [1, 6, 23, None]
    assert Snapshot.objects.count() == 1
    assert list(check_due_sources()) == []


def test_a_changed_page_is_another_snapshot_of_the_same_source(watch: Watch, site: LoopbackSite) -> None:
    canonical = f"<link rel='canonical' href='{site.url('/moved')}'></head>"
    changed = PAGE.replace("nine", "ten").replace("</head>", canonical)
    site.pages["/rivers"] = changed.encode()
    check(watch)
    delivery = process_watch_delivery()
    assert (delivery.state, delivery.source) == (DeliveryState.STORED, watch.source)
    assert (Source.objects.count(), Snapshot.objects.count()) == (1, 2)
    assert Quote.objects.count() == 1, "it stands in both texts"


def test_a_site_is_asked_whether_the_page_has_changed(watch: Watch, site: LoopbackSite) -> None:
    def answer(exchange: Exchange) -> None:
        if exchange.headers["If-None-Match"] == '"1"':
            exchange.send(304)
        else:
            exchange.send(body=PAGE.encode(), ETag='"1"')

    site.pages["/rivers"] = answer
    check(watch)
    check(watch)
    assert watch.checks == 2
    assert Delivery.objects.filter(origin=DeliveryOrigin.WATCH).count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_said_to_be_until_it_is_back(watch: Watch, site: LoopbackSite, status: int) -> None:
    site.pages["/rivers"] = lambda exchange: exchange.send(status)
    gone_at = check(watch).gone_at
    assert gone_at
    assert str(status) in watch.reason
    assert check(watch).gone_at == gone_at
    site.pages["/rivers"] = PAGE.encode()
    check(watch)
    assert (watch.gone_at, watch.reason) == (None, "")
    assert Snapshot.objects.count() == 1


def test_a_page_that_leads_to_the_front_page_is_gone(watch: Watch, site: LoopbackSite) -> None:
    site.pages["/rivers"] = lambda exchange: exchange.redirect("/")
    site.pages["/"] = PAGE.replace("nine", "ten").encode()
    check(watch)
    assert watch.gone_at
    assert not Delivery.objects.filter(origin=DeliveryOrigin.WATCH).exists()


def test_a_page_that_moved_within_its_site_is_still_there(watch: Watch, site: LoopbackSite) -> None:
    site.pages["/rivers"] = lambda exchange: exchange.redirect("/2025/rivers")
    site.pages["/2025/rivers"] = PAGE.encode()
    check(watch)
    assert watch.gone_at is None
    assert process_watch_delivery().state == DeliveryState.UNCHANGED


def test_a_site_at_fault_is_asked_again_and_then_left_alone(watch: Watch, site: LoopbackSite) -> None:
    site.pages["/rivers"] = lambda exchange: exchange.send(503)
    for failures in (1, 2):
        check(watch)
        assert (watch.failures, watch.checks, watch.gone_at) == (failures, 0, None)
    check(watch)
    assert (watch.failures, watch.checks) == (0, 1)
    assert "503" in watch.reason


def test_a_check_that_died_is_made_again_after_its_lease(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(page_checks, "request_page", die)
        with pytest.raises(KeyboardInterrupt):
            check_source(watch.pk)
    assert check_source(watch.pk) is None, "the lease is not over"
    assert check(watch).checks == 1


def test_workers_watch(watch: Watch) -> None:
    watch_sources()
    watch.refresh_from_db()
    assert watch.checks == 1
