"""How often a reader may ask: counted by address or key, told in every answer, refused with when to come again."""

import pytest
from django.test import Client

from claims.api.http import throttling
from claims.api.http.throttling import RateLimiter, client_network
from claims.services.people.reader_keys import create_key, revoke_key
from tests import factories as make

QUOTES = "/api/v1/quotes/"


class ManualClock:
    """A clock that is put by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_at_once_and_then_one_for_each_that_is_paid_off() -> None:
    clock = ManualClock()
    meter = RateLimiter(clock=clock)
    left = [meter.take("a", policy="address", quota=6).remaining for _ in range(6)]
    assert left == [5, 4, 3, 2, 1, 0]
    refused = meter.take("a", policy="address", quota=6)
    assert refused.wait == pytest.approx(10)
    assert (refused.remaining, refused.reset) == (0, 60)
    clock.now += 9.9
    assert meter.take("a", policy="address", quota=6).wait == pytest.approx(0.1)
    clock.now += 0.1
    assert meter.take("a", policy="address", quota=6).wait is None
    assert meter.take("a", policy="address", quota=6).wait is not None
    clock.now += 60
    assert meter.take("a", policy="address", quota=6).remaining == 5


@pytest.mark.parametrize("quota", [1, 7, 59, 600, 1_000_000])
def test_exactly_as_many_as_the_quota(quota: int) -> None:
    meter = RateLimiter(clock=ManualClock())
    asked = min(quota, 2000)
    assert all(meter.take("a", policy="address", quota=quota).wait is None for _ in range(asked))
    assert (meter.take("a", policy="address", quota=quota).wait is None) == (asked < quota)


def test_one_reader_does_not_use_up_anothers() -> None:
    meter = RateLimiter(clock=ManualClock())
    meter.take("a", policy="address", quota=1)
    assert meter.take("b", policy="address", quota=1).wait is None
    assert meter.take("a", policy="address", quota=1).wait is not None


def test_what_is_kept_is_bounded_and_who_owes_most_is_not_forgotten() -> None:
    meter = RateLimiter(max_clients=100, clock=ManualClock())
    for _ in range(50):
        meter.take("busy", policy="address", quota=50)
    for n in range(1000):
        meter.take(f"passer-by {n}", policy="address", quota=50)
    assert len(meter._paid_off_at) <= 100
    assert meter.take("busy", policy="address", quota=50).wait is not None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_which_addresses_are_one_reader(address: str, network: str) -> None:
    assert client_network(address) == network


@pytest.fixture
def low_quotas(settings, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Three requests a minute, five with a key, and nothing counted yet."""
    settings.FACTBASE_READS_PER_MINUTE, settings.FACTBASE_KEY_READS_PER_MINUTE = 3, 5
    monkeypatch.setattr(throttling, "RATE_LIMITER", RateLimiter(clock=ManualClock()))


def bearer_header(key: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


@pytest.mark.usefixtures("low_quotas")
def test_the_headers_say_what_is_left_and_the_fourth_is_refused(client: Client) -> None:
    for left in (2, 1, 0):
        response = client.get(QUOTES)
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"address";q=3;w=60'
        assert response["RateLimit"] == f'"address";r={left};t={20 * (3 - left)}'
    refused = client.get(QUOTES)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "20"
    assert refused["RateLimit"] == '"address";r=0;t=60'
    assert refused.json()["detail"] == "Too many requests. Try again in 20 s."
    assert client.get(QUOTES, REMOTE_ADDR="192.0.2.9").status_code == 200


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("path", [QUOTES, QUOTES + "1/", "/api/v1/", "/api/v1/schema/", "/api/v1/docs/"])
def test_every_address_at_which_something_is_counts(client: Client, path: str) -> None:
    for _ in range(3):
        client.get(path)
    assert client.get(path).status_code == 429


@pytest.mark.usefixtures("low_quotas")
def test_with_a_key_more_and_apart_from_the_address(client: Client) -> None:
    _, key = create_key(name="Site", editor=make.UserFactory())
    _, many = create_key(name="Mirror", editor=make.UserFactory(), per_minute=9)
    for left in range(4, -1, -1):
        assert client.get(QUOTES, **bearer_header(key))["RateLimit"].startswith(f'"key";r={left};')
    assert client.get(QUOTES, **bearer_header(key)).status_code == 429
    assert client.get(QUOTES, **bearer_header(many))["RateLimit-Policy"] == '"key";q=9;w=60'
    assert client.get(QUOTES)["RateLimit"].startswith('"address";r=2;')


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(client: Client, scheme: str) -> None:
    _, key = create_key(name="Site", editor=make.UserFactory())
    assert '"key"' in client.get(QUOTES, HTTP_AUTHORIZATION=f"{scheme} {key}")["RateLimit"]


@pytest.mark.usefixtures("low_quotas")
def test_a_revoked_key_opens_nothing_from_the_next_request_on(client: Client) -> None:
    editor = make.UserFactory()
    row, key = create_key(name="Site", editor=editor)
    assert client.get(QUOTES, **bearer_header(key)).status_code == 200
    revoke_key(key=row, editor=editor)
    refused = client.get(QUOTES, **bearer_header(key))
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == 'Bearer realm="factbase"'
    assert refused["Content-Type"] == "application/problem+json"
    assert key not in refused.content.decode()


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("key", ["", "fb_", "fb_" + "x" * 43, "fb_é", "fb_" + "x" * 5000, "nonsense", "a b c"])
def test_what_is_no_key_is_said_to_be_none_and_counts(client: Client, key: str) -> None:
    for _ in range(3):
        assert client.get(QUOTES, **bearer_header(key)).status_code == 401
    assert client.get(QUOTES, **bearer_header(key)).status_code == 429


@pytest.mark.usefixtures("low_quotas")
def test_another_scheme_is_for_whoever_stands_in_front(client: Client) -> None:
    assert client.get(QUOTES, HTTP_AUTHORIZATION="Basic dTpw").status_code == 200


def test_nothing_is_counted_where_there_is_no_limit(client: Client, settings, db: None) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 0
    response = client.get(QUOTES)
    assert response.status_code == 200
    assert "RateLimit" not in response


def test_another_sites_page_may_read_the_headers(client: Client, db: None) -> None:
    exposed = client.get(QUOTES, HTTP_ORIGIN="https://example.org")["Access-Control-Expose-Headers"]
    assert {"RateLimit", "RateLimit-Policy", "Retry-After", "Link", "ETag"} <= set(exposed.split(", "))
