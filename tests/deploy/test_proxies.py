"""The configurations of nginx and Caddy, in front of the site as `serve` serves it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.client import HTTPMessage, IncompleteRead
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from claims.management.server import web_process
from tests.deploy.proxies import (
    SETTINGS_BEHIND_PROXY,
    Proxy,
    caddy,
    caddy_version,
    nginx,
    serve_in_thread,
    unused_port,
)
from tests.management.test_server import application as breaking_application

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]

Start = Callable[[Path, int, dict[str, str]], AbstractContextManager[Proxy]]
CLIENT = "127.0.0.7"
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "X-Forwarded-Proto": "http"}
FIXED_CADDY = (2, 8)
SHORT_TIMEOUTS = {nginx: {"client_body_timeout 30s": "client_body_timeout 1s"}, caddy: {"read_body 5m": "read_body 1s"}}


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def start(request: pytest.FixtureRequest) -> Start:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def proxy(start: Start, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Proxy]:
    """One proxy and one server for the tests of the site."""
    with (
        override_settings(**SETTINGS_BEHIND_PROXY),
        serve_in_thread(get_wsgi_application()) as port,
        start(tmp_path_factory.mktemp("proxy"), port, SHORT_TIMEOUTS[start]) as running,
    ):
        yield running


def fetch(
    proxy: Proxy, path: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, HTTPMessage, bytes]:
    connection = proxy.connect(source=CLIENT)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_pages_and_static_files(proxy: Proxy) -> None:
    status, headers, body = fetch(proxy, "/")
    assert (status, b"factbase" in body) == (200, True)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert len(headers["X-Request-ID"]) >= 32
    status, headers, body = fetch(proxy, "/static/admin/css/base.css")
    assert (status, headers["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    assert len(body) == int(headers["Content-Length"])
    status, headers, _ = fetch(proxy, "/admin/login/", headers=FORGED)
    assert (status, "Secure" in headers["Set-Cookie"]) == (200, True)  # the site knows that it is behind TLS
    assert json.loads(fetch(proxy, "/api/v1/")[2])["claims"].startswith(proxy.url)


def test_plain_http_is_redirected(proxy: Proxy) -> None:
    connection = proxy.connect_in_clear()
    connection.request("GET", "/claims/?q=1")
    response = connection.getresponse()
    assert response.status in {301, 308}
    assert response.headers["Location"].startswith("https://")
    assert response.headers["Location"].endswith("/claims/?q=1")
    connection.close()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_operators_addresses_are_not_passed_on(proxy: Proxy, path: str) -> None:
    status, headers, _ = fetch(proxy, path)
    assert status == 404
    assert headers["X-Request-ID"] is None


def test_the_client_address_is_the_clients(proxy: Proxy) -> None:
    _, headers, page = fetch(proxy, "/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    cookie = headers["Set-Cookie"].partition(";")[0]
    form = b"csrfmiddlewaretoken=" + token[1] + b"&username=eva&password=guess&login=eva"
    more = {
        "Cookie": cookie,
        "Referer": f"{proxy.url}/admin/login/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    assert fetch(proxy, "/admin/login/", method="POST", body=form, headers=FORGED | more)[0] == 200
    assert AccessAttempt.objects.get().ip_address == CLIENT


def test_a_body_may_be_as_large_as_the_server_takes(proxy: Proxy) -> None:
    """The proxy refuses what is larger without taking it in."""
    connection = proxy.connect()
    connection.putrequest("POST", "/admin/login/")
    connection.putheader("Content-Length", str(web_process.MIN_REQUEST_LIMIT + 1))
    connection.endheaders()
    connection.send(b"a")
    assert connection.getresponse().status == 413
    connection.close()


def test_who_stalls_is_cut_off(proxy: Proxy) -> None:
    connection = proxy.connect()
    connection.putrequest("POST", "/admin/login/")
    connection.putheader("Content-Length", "1000")
    connection.endheaders()
    connection.send(b"username=a")
    assert fetch(proxy, "/robots.txt")[0] == 200
    peer = connection.sock
    while peer.recv(4096):  # raises TimeoutError if the connection is not closed
        pass
    connection.close()


def test_an_answer_that_breaks_off_is_not_taken_for_whole(
    start: Start, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if start is caddy and caddy_version() < FIXED_CADDY:
        request.applymarker(pytest.mark.xfail(reason="Caddy before 2.8 ends such an answer as if it were whole"))
    with serve_in_thread(breaking_application) as port, start(tmp_path, port, {}) as proxy:
        assert fetch(proxy, "/")[2] == b"ok"
        with pytest.raises((IncompleteRead, ConnectionError)):
            fetch(proxy, "/broken")


def test_while_a_site_is_down_another_answers(start: Start, tmp_path: Path) -> None:
    with serve_in_thread(breaking_application) as port:
        separator = {nginx: "; server ", caddy: " "}[start]
        sites = {"127.0.0.1:8000": separator.join(f"127.0.0.1:{site}" for site in (unused_port(), port))}
        with start(tmp_path, port, sites) as proxy:
            assert [fetch(proxy, "/")[0] for _ in range(10)] == [200] * 10
