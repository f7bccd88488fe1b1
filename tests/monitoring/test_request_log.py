"""What the log says of requests, and what it never says."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import resolve

from claims.articles import RawContent
from claims.models import Delivery, DeliveryOrigin
from claims.pages.site.home import HomePageView
from claims.services.ingestion.deliveries import request_delivery
from claims.services.ingestion.delivery_work import work_on
from tests import factories as make
from tests.monitoring.conftest import Log

CANARY = "eva-canary-4711"
ADDRESS = "203.0.113.77"
REQUEST_ID = "4bf92f3577b34da6a3ce929d0e0e4736"

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]


def requests_in(log: Log) -> list[dict[str, Any]]:
    return [line for line in log() if line["event"] == "request"]


def test_a_request_is_a_line(log: Log) -> None:
    response = Client().get("/claims/", {"q": CANARY})
    (line,) = requests_in(log)
    assert (line["method"], line["route"], line["status"]) == ("GET", "page-claims", 200)
    assert line["seconds"] > 0
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["logger"] == "claims.requests"


def test_each_request_has_another_id() -> None:
    assert Client().get("/robots.txt").headers["X-Request-ID"] != Client().get("/robots.txt").headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("proxies", "sent", "accepted"),
    [(1, REQUEST_ID, True), (0, REQUEST_ID, False), (1, "short", False), (1, "x" * 65, False), (1, "a\tb" * 8, False)],
)
def test_a_proxy_may_give_the_id(proxies: int, sent: str, accepted: bool) -> None:
    with override_settings(PROXY_COUNT=proxies):
        response = Client().get("/robots.txt", headers={"X-Request-ID": sent})
    assert (response.headers["X-Request-ID"] == sent) is accepted


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/nothing", "unknown", 404),
        ("/api/v1/nothing", "api-not-found", 404),
        ("/admin/", "admin:index", 302),
        ("/claims/9999999/", resolve("/claims/1/").view_name, 404),
    ],
)
def test_routes_are_named(log: Log, path: str, route: str, status: int) -> None:
    Client().get(path)
    (line,) = requests_in(log)
    assert (line["route"], line["status"]) == (route, status)


def test_made_up_methods_are_not_repeated(log: Log) -> None:
    Client().generic("CANARY", "/")
    assert requests_in(log)[0]["method"] == "unknown"


def test_static_files_are_not_logged(log: Log) -> None:
    response = Client().get("/static/admin/css/base.css")
    response.close()
    assert response.status_code == 200
    assert not requests_in(log)


def test_a_job_has_the_id_of_the_request_that_caused_it(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def deliver(self: HomePageView, request: HttpRequest) -> Any:
        text = b"The river is clean, said Anna Berg, who leads the agency. It took ten years of work to get there."
        request_delivery(
            url=f"https://example.org/river?key={CANARY}",
            content=RawContent(text, "text/plain"),
            origin=DeliveryOrigin.API,
        )
        return original(self, request)

    original = HomePageView.get
    monkeypatch.setattr(HomePageView, "get", deliver)
    response = Client().get("/")
    delivery = Delivery.objects.get()
    assert delivery.request_id == response.headers["X-Request-ID"]
    work_on(delivery.pk)
    (line,) = [line for line in log() if line["event"] == "delivery"]
    assert line["request_id"] == delivery.request_id
    assert line["url"] == "https://example.org/river"
    assert CANARY not in str(log())


def test_personal_data_never_reach_the_log(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address, an account name, a password, a key, a query, a path, a host and what an exception says."""
    make.UserFactory(username=CANARY)
    client = Client(
        raise_request_exception=False, REMOTE_ADDR=ADDRESS, HTTP_REFERER=f"http://x/{CANARY}", HTTP_USER_AGENT=CANARY
    )
    for _ in range(12):  # the last of them are locked out
        client.post("/admin/login/", {"username": CANARY, "password": f"{CANARY}-password"})
    client.get("/search/", {"q": CANARY})
    client.get("/api/v1/claims/", {"search": CANARY, CANARY: "1"}, HTTP_AUTHORIZATION=f"Bearer fb_{CANARY}")
    client.get(f"/{CANARY}/{ADDRESS}")
    client.get("/", HTTP_HOST=f"{CANARY}.example.org")
    Client(enforce_csrf_checks=True).post("/admin/login/", {"username": CANARY})

    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"no such user: {CANARY} at {ADDRESS}")

    monkeypatch.setattr(HomePageView, "get", fail)
    assert client.get("/", {"q": CANARY}).status_code == 500
    lines = log()
    assert {line["level"] for line in lines} >= {"info", "error"}
    assert any("exception" in line for line in lines)
    assert len(requests_in(log)) == 18
    text = str(lines)
    assert CANARY not in text
    assert ADDRESS not in text
    assert "127.0.0.1" not in text
