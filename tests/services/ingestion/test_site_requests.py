"""Requests to other sites take turns: one at a time to each host, with a pause between two."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.articles.fetching import FetchedPage, HostBusyError, RobotsError, StatusError
from claims.models import HostTurn
from claims.services.ingestion import site_requests
from claims.services.ingestion.site_requests import request_page, user_agent
from tests.articles.fetching.loopback_site import Exchange, LoopbackSite
from tests.concurrency import run_concurrently


@pytest.fixture(autouse=True)
def impatient(loopback_allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta())


@pytest.mark.django_db
def test_a_page_is_fetched_and_its_host_left_alone_for_a_while(site: LoopbackSite, settings: Settings) -> None:
    settings.FACTBASE_FETCH_DELAY = 10
    site.pages["/"] = b"page"
    page = request_page(site.url(), obey_robots=False)
    assert isinstance(page, FetchedPage)
    assert page.body == b"page"
    with pytest.raises(HostBusyError) as error:
        request_page(site.url("/other"), obey_robots=False)
    assert error.value.retryable
    assert error.value.retry_at
    assert 9 < (error.value.retry_at - timezone.now()).total_seconds() <= 10
    assert site.paths == ["/"]


@pytest.mark.django_db
def test_another_host_is_asked_at_once(site: LoopbackSite, settings: Settings) -> None:
    settings.FACTBASE_FETCH_DELAY = 600
    site.pages["/"] = b"page"
    request_page(site.url(), obey_robots=False)
    request_page(site.url(host="localhost"), obey_robots=False)
    assert len(site.requests) == 2


@pytest.mark.django_db
def test_a_short_pause_is_waited_for(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta(seconds=5))
    site.pages["/"] = b"page"
    free_at = timezone.now() + timedelta(seconds=0.3)
    HostTurn.objects.create(host=f"127.0.0.1:{site.port}", paused_until=free_at)
    request_page(site.url(), obey_robots=False)
    assert timezone.now() >= free_at


@pytest.mark.django_db
def test_a_host_that_asks_for_time_gets_it(site: LoopbackSite) -> None:
    site.pages["/"] = lambda exchange: exchange.send(429, Retry_After="3600")
    with pytest.raises(StatusError):
        request_page(site.url(), obey_robots=False)
    with pytest.raises(HostBusyError) as error:
        request_page(site.url("/other"), obey_robots=False)
    assert error.value.retry_at
    assert (error.value.retry_at - timezone.now()).total_seconds() > 3500
    assert len(site.requests) == 1


@pytest.mark.django_db
def test_the_host_of_a_process_that_died_is_free_after_its_lease(site: LoopbackSite) -> None:
    site.pages["/"] = b"page"
    turn = HostTurn.objects.create(host=f"127.0.0.1:{site.port}", leased_until=timezone.now() + timedelta(seconds=30))
    with pytest.raises(HostBusyError) as error:
        request_page(site.url(), obey_robots=False)
    assert error.value.retry_at
    assert error.value.retry_at < turn.leased_until
    HostTurn.objects.update(leased_until=timezone.now())
    request_page(site.url(), obey_robots=False)


@pytest.mark.django_db
def test_a_failure_frees_the_host(site: LoopbackSite) -> None:
    for _ in range(2):
        with pytest.raises(StatusError):
            request_page(site.url("/missing"), obey_robots=False)


@pytest.mark.django_db
def test_robots_txt_holds_for_what_nobody_asked_for(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /\n", "/": b"page"}
    with pytest.raises(RobotsError):
        request_page(site.url(), obey_robots=True)
    request_page(site.url(), obey_robots=False)
    assert site.paths == ["/robots.txt", "/"]


@pytest.mark.django_db
@pytest.mark.parametrize(("obey_robots", "pause"), [(True, 20), (False, 10)])
def test_the_pause_that_a_robots_txt_asks_for_holds_for_what_nobody_asked_for(
    site: LoopbackSite, settings: Settings, *, obey_robots: bool, pause: float
) -> None:
    settings.FACTBASE_FETCH_DELAY = 10
    site.pages |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 20\n", "/": b"page"}
    request_page(site.url(), obey_robots=obey_robots)
    left = HostTurn.objects.get().paused_until - timezone.now()
    assert pause - 5 < left.total_seconds() <= pause


@pytest.mark.django_db
def test_a_redirect_to_another_host_takes_its_turn(site: LoopbackSite, settings: Settings) -> None:
    settings.FACTBASE_FETCH_DELAY = 10
    other = f"localhost:{site.port}"
    site.pages |= {"/": lambda exchange: exchange.redirect(f"http://{other}/page"), "/page": b"page"}
    request_page(site.url(), obey_robots=False)
    assert site.paths == ["/", "/page"]
    with pytest.raises(HostBusyError):
        request_page(f"http://{other}/2", obey_robots=False)
    HostTurn.objects.exclude(host=other).update(paused_until=timezone.now())
    with pytest.raises(HostBusyError) as error:
        request_page(site.url(), obey_robots=False)
    assert error.value.retry_at == HostTurn.objects.get(host=other).paused_until
    assert site.paths == ["/", "/page", "/"]
    assert not HostTurn.objects.filter(leased_until__gt=timezone.now()).exists()


@pytest.mark.django_db
def test_hosts_are_forgotten(site: LoopbackSite) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    HostTurn.objects.create(host="old.example", leased_until=long_ago, paused_until=long_ago)
    site.pages["/"] = b"page"
    request_page(site.url(), obey_robots=False)
    assert [turn.host for turn in HostTurn.objects.all()] == [f"127.0.0.1:{site.port}"]


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_one_asks_at_a_time(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_requests, "PATIENCE", timedelta(seconds=20))
    monkeypatch.setattr(site_requests, "SECONDS_BETWEEN_ATTEMPTS", 0.02)
    running, most = [0], [0]
    lock = threading.Lock()

    def count(exchange: Exchange) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        exchange.site.stopped.wait(0.05)
        with lock:
            running[0] -= 1
        exchange.send(body=b"page")

    site.pages["/"] = count
    run_concurrently(*[lambda: request_page(site.url(), obey_robots=False)] * 3)
    assert len(site.requests) == 3
    assert most == [1]


def test_the_user_agent_names_the_site_and_whom_to_write_to(settings: Settings) -> None:
    settings.FACTBASE_SITE_NAME = "Факты (и мнения)"
    settings.FACTBASE_BASE_URL = "https://facts.example.org"
    settings.FACTBASE_CONTACT = "facts@example.org"
    assert user_agent().startswith("factbase/")
    assert user_agent().endswith("(Fakty i mneniya; +https://facts.example.org; facts@example.org)")
    settings.FACTBASE_CONTACT = ""
    assert user_agent().endswith("; +https://facts.example.org)")
