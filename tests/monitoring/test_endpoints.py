"""Who may ask how the site is."""

import ipaddress

import pytest
from django.test import Client, override_settings

ENDPOINTS = ["/healthz", "/readyz", "/metrics"]
TOKEN = "0123456789-0123456789"
OUTSIDER = "198.51.100.7"

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize(
    ("headers", "settings", "status"),
    [
        ({}, {}, 200),
        ({"REMOTE_ADDR": "::1"}, {}, 200),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}, 200),
        ({"REMOTE_ADDR": OUTSIDER}, {}, 404),
        ({"REMOTE_ADDR": "nonsense"}, {}, 404),
        ({"HTTP_AUTHORIZATION": "Bearer ", "REMOTE_ADDR": OUTSIDER}, {}, 404),
        ({"HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "REMOTE_ADDR": OUTSIDER}, {}, 404),
        (
            {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}", "REMOTE_ADDR": OUTSIDER},
            {"FACTBASE_MONITORING_TOKEN": TOKEN},
            200,
        ),
        (
            {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}x", "REMOTE_ADDR": OUTSIDER},
            {"FACTBASE_MONITORING_TOKEN": TOKEN},
            404,
        ),
        (
            {"REMOTE_ADDR": OUTSIDER},
            {"FACTBASE_MONITORING_NETWORKS": [ipaddress.ip_network("198.51.100.0/24")]},
            200,
        ),
        ({"HTTP_X_FORWARDED_FOR": OUTSIDER}, {"REST_FRAMEWORK": {"NUM_PROXIES": 1}}, 404),
        ({"HTTP_X_FORWARDED_FOR": f"127.0.0.1, {OUTSIDER}"}, {"REST_FRAMEWORK": {"NUM_PROXIES": 1}}, 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1", "REMOTE_ADDR": OUTSIDER}, {"REST_FRAMEWORK": {"NUM_PROXIES": 0}}, 404),
    ],
    ids=[
        "loopback",
        "loopback in IPv6",
        "mapped",
        "outsider",
        "nonsense",
        "empty token",
        "no token set",
        "token",
        "wrong token",
        "network",
        "proxied",
        "forged",
        "no proxy",
    ],
)
def test_who_may_ask(path: str, headers: dict[str, str], settings: dict[str, object], status: int) -> None:
    with override_settings(FACTBASE_MIN_WORKERS=0, **settings):
        response = Client().get(path, **headers)  # type: ignore[arg-type]
    assert response.status_code == status
    if status == 404:
        assert b"factbase_" not in response.content


@pytest.mark.parametrize("path", ENDPOINTS)
def test_probes_need_neither_https_nor_a_known_host(path: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, FACTBASE_MIN_WORKERS=0):
        assert Client().get(path, HTTP_HOST="10.0.0.5:8000").status_code == 200


def test_probes_are_only_read() -> None:
    assert Client().post("/metrics").status_code == 404
