"""Deliveries whose page is fetched."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.models import Delivery, DeliveryOrigin, DeliveryProblem, DeliveryState, HostTurn
from claims.services.ingestion import site_requests
from claims.services.ingestion.deliveries import process_delivery, request_delivery
from tests.articles.fetching.loopback_site import LoopbackSite
from tests.services.ingestion import rivers_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loopback_without_pauses(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FACTBASE_FETCH_PRIVATE = True
    settings.FACTBASE_FETCH_DELAY = 0
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta())


def deliver(url: str, origin: DeliveryOrigin = DeliveryOrigin.ADMIN) -> Delivery:
    return process_delivery(request_delivery(url=url, origin=origin).pk)


@pytest.mark.parametrize(
    ("status", "host", "stored_at"),
    [
        pytest.param(301, "127.0.0.1", "/rivers", id="for good"),
        pytest.param(302, "127.0.0.1", "/short", id="for now"),
        pytest.param(302, "localhost", "/rivers", id="to another site"),
    ],
)
def test_a_redirected_page_has_the_address_that_lasts(
    site: LoopbackSite, status: int, host: str, stored_at: str
) -> None:
    target = site.url("/rivers", host=host)
    site.pages["/short"] = lambda exchange: exchange.redirect(target, status)
    site.pages["/rivers"] = rivers_page.body(url="")
    delivery = deliver(site.url("/short"))
    assert (delivery.state, delivery.fetched_url) == (DeliveryState.STORED, target)
    assert delivery.source is not None
    assert delivery.source.url == site.url(stored_at, host=host)


def test_a_page_at_its_own_address_after_one_of_its_others_is_unchanged(site: LoopbackSite) -> None:
    site.pages["/rivers"] = rivers_page.body(url=site.url("/rivers"))
    site.pages["/amp"] = site.pages["/rivers"]
    assert deliver(site.url("/amp")).state == DeliveryState.STORED
    assert deliver(site.url("/rivers")).state == DeliveryState.UNCHANGED
    assert deliver(site.url("/amp")).state == DeliveryState.DUPLICATE


def test_a_busy_site_costs_no_attempt(site: LoopbackSite) -> None:
    site.pages["/rivers"] = rivers_page.body(url="")
    free_at = timezone.now() + timedelta(minutes=3)
    HostTurn.objects.create(host=f"127.0.0.1:{site.port}", paused_until=free_at)
    delivery = deliver(site.url("/rivers"))
    assert (delivery.state, delivery.attempts, delivery.next_at) == (DeliveryState.WAITING, 0, free_at)


@pytest.mark.parametrize(
    ("origin", "state"),
    [
        (DeliveryOrigin.FEED, DeliveryState.REFUSED),
        (DeliveryOrigin.WATCH, DeliveryState.REFUSED),
        (DeliveryOrigin.ADMIN, DeliveryState.STORED),
    ],
)
def test_robots_are_asked_for_what_nobody_asked_for(
    site: LoopbackSite, origin: DeliveryOrigin, state: DeliveryState
) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /"
    site.pages["/rivers"] = rivers_page.body(url="")
    assert deliver(site.url("/rivers"), origin).state == state


def test_a_site_that_is_down_is_asked_again(site: LoopbackSite) -> None:
    site.pages["/rivers"] = lambda exchange: exchange.send(503)
    delivery = deliver(site.url("/rivers"))
    assert (delivery.state, delivery.problem, delivery.attempts) == (
        DeliveryState.WAITING,
        DeliveryProblem.STATUS,
        1,
    )
    site.pages["/rivers"] = rivers_page.body(url="")
    assert process_delivery(delivery.pk, at_once=True).state == DeliveryState.STORED
