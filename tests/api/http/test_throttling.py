"""The rate limit: counted by address or key, in the headers of every response, with `Retry-After` when exceeded."""

import pytest
from django.test import Client

from claims.api.http import throttling
from claims.http.rate_limit import RateLimiter, network_of_address
from claims.services.people.reader_keys import create_key, revoke_key
from tests import factories as make

QUOTES = "/api/v1/quotes/"


class ManualClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_full_quota_at_once_then_one_request_at_a_time() -> None:
    clock = ManualClock()
    limiter = RateLimiter(clock=clock)
    remaining = [limiter.take("a", policy="address", quota=6).remaining for _ in range(6)]
    assert remaining == [5, 4, 3, 2, 1, 0]
    rejected = limiter.take("a", policy="address", quota=6)
    assert rejected.wait == pytest.approx(10)
    assert (rejected.remaining, rejected.reset) == (0, 60)
    clock.now += 9.9
    assert limiter.take("a", policy="address", quota=6).wait == pytest.approx(0.1)
    clock.now += 0.1
    assert limiter.take("a", policy="address", quota=6).wait is None
    assert limiter.take("a", policy="address", quota=6).wait is not None
    clock.now += 60
    assert limiter.take("a", policy="address", quota=6).remaining == 5


@pytest.mark.parametrize("quota", [1, 7, 59, 600, 1_000_000])
def test_exactly_the_quota_is_accepted(quota: int) -> None:
    limiter = RateLimiter(clock=ManualClock())
    asked = min(quota, 2000)
    assert all(limiter.take("a", policy="address", quota=quota).wait is None for _ in range(asked))
    assert (limiter.take("a", policy="address", quota=quota).wait is None) == (asked < quota)


def test_the_window_may_be_longer_than_a_minute() -> None:
    clock = ManualClock()
    limiter = RateLimiter(window=3600, clock=clock)
    assert [limiter.take("a", policy="reports", quota=2).wait for _ in range(3)] == [None, None, 1800]
    clock.now += 1800
    assert limiter.take("a", policy="reports", quota=2).headers()["RateLimit-Policy"] == '"reports";q=2;w=3600'


def test_a_request_may_count_as_several() -> None:
    clock = ManualClock()
    limiter = RateLimiter(clock=clock)
    assert limiter.take("a", policy="address", quota=6, cost=4).remaining == 2
    assert limiter.take("a", policy="address", quota=6, cost=4).wait == pytest.approx(20)
    assert limiter.take("a", policy="address", quota=6).remaining == 1, "the rejected one was not counted"
    assert limiter.take("b", policy="address", quota=6, cost=50).remaining == 0, "at most as many as the quota"


def test_clients_are_counted_separately() -> None:
    limiter = RateLimiter(clock=ManualClock())
    limiter.take("a", policy="address", quota=1)
    assert limiter.take("b", policy="address", quota=1).wait is None
    assert limiter.take("a", policy="address", quota=1).wait is not None


def test_memory_is_bounded_and_the_busiest_client_is_remembered() -> None:
    limiter = RateLimiter(max_clients=100, clock=ManualClock())
    for _ in range(50):
        limiter.take("busy", policy="address", quota=50)
    for n in range(1000):
        limiter.take(f"passer-by {n}", policy="address", quota=50)
    assert len(limiter._accounts) <= 100
    assert limiter.take("busy", policy="address", quota=50).wait is not None


class SharedDebts:
    """What clients owe to all processes together, as the database counts it, and how often it was written."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock, self.paid_off_at, self.write_count = clock, dict[str, float](), 0

    def add(self, client: str, seconds: float) -> float:
        self.write_count += 1
        now = self.clock()
        self.paid_off_at[client] = max(self.paid_off_at.get(client, now), now) + seconds
        return self.paid_off_at[client] - now


def test_processes_share_a_quota_at_the_cost_of_few_writes() -> None:
    clock = ManualClock()
    debts = SharedDebts(clock)
    processes = [RateLimiter(clock=clock, add_debt=debts.add) for _ in range(4)]

    def count_accepted(requests: int) -> int:
        takes = (processes[number % 4].take("a", policy="address", quota=600) for number in range(requests))
        return sum(state.wait is None for state in takes)

    assert 600 <= count_accepted(2400) <= 600 + 4 * 30, "each process may have a twentieth that others cannot see"
    assert debts.write_count <= 20 + 2 * 4
    accepted = 0
    for _ in range(600):
        clock.now += 1
        accepted += count_accepted(40)
    assert accepted == pytest.approx(6000, rel=0.03), "over ten minutes a client has its quota, not four times as much"


def test_rejected_requests_are_not_counted_for_others() -> None:
    clock = ManualClock()
    debts = SharedDebts(clock)
    processes = [RateLimiter(clock=clock, add_debt=debts.add) for _ in range(3)]
    for process in processes[:2]:
        assert process.take("a", policy="address", quota=6, cost=3).wait is None
    assert processes[2].take("a", policy="address", quota=6, cost=3).wait == pytest.approx(30)
    assert debts.add("address a", 0) == pytest.approx(60)
    clock.now += 30
    assert processes[2].take("a", policy="address", quota=6, cost=3).wait is None


def test_a_process_goes_on_by_itself_while_nothing_can_be_shared() -> None:
    limiter = RateLimiter(clock=ManualClock(), add_debt=lambda _client, _seconds: None)
    assert [limiter.take("a", policy="address", quota=6).wait is None for _ in range(8)] == [True] * 6 + [False] * 2


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
def test_clients_are_told_apart_by_network(address: str, network: str) -> None:
    assert network_of_address(address) == network


@pytest.fixture
def low_quotas(settings, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Three requests a minute, five with a key, none counted yet."""
    settings.FACTBASE_READS_PER_MINUTE, settings.FACTBASE_KEY_READS_PER_MINUTE = 3, 5
    monkeypatch.setattr(throttling, "RATE_LIMITER", RateLimiter(clock=ManualClock()))


def bearer_header(key: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


@pytest.mark.usefixtures("low_quotas")
def test_headers_count_down_and_the_fourth_request_is_rejected(client: Client) -> None:
    for remaining in (2, 1, 0):
        response = client.get(QUOTES)
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"address";q=3;w=60'
        assert response["RateLimit"] == f'"address";r={remaining};t={20 * (3 - remaining)}'
    rejected = client.get(QUOTES)
    assert rejected.status_code == 429
    assert rejected["Content-Type"] == "application/problem+json"
    assert rejected["Retry-After"] == "20"
    assert rejected["RateLimit"] == '"address";r=0;t=60'
    assert rejected.json()["detail"] == "Too many requests. Try again in 20 s."
    assert client.get(QUOTES, REMOTE_ADDR="192.0.2.9").status_code == 200


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("path", [QUOTES, QUOTES + "1/", "/api/v1/", "/api/v1/schema/", "/api/v1/docs/"])
def test_every_url_counts(client: Client, path: str) -> None:
    for _ in range(3):
        client.get(path)
    assert client.get(path).status_code == 429


@pytest.mark.usefixtures("low_quotas")
def test_a_key_has_a_quota_of_its_own(client: Client) -> None:
    _, key = create_key(name="Site", editor=make.UserFactory())
    _, many = create_key(name="Mirror", editor=make.UserFactory(), per_minute=9)
    for remaining in range(4, -1, -1):
        assert client.get(QUOTES, **bearer_header(key))["RateLimit"].startswith(f'"key";r={remaining};')
    assert client.get(QUOTES, **bearer_header(key)).status_code == 429
    assert client.get(QUOTES, **bearer_header(many))["RateLimit-Policy"] == '"key";q=9;w=60'
    assert client.get(QUOTES)["RateLimit"].startswith('"address";r=2;')


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_case_insensitive(client: Client, scheme: str) -> None:
    _, key = create_key(name="Site", editor=make.UserFactory())
    assert '"key"' in client.get(QUOTES, HTTP_AUTHORIZATION=f"{scheme} {key}")["RateLimit"]


@pytest.mark.usefixtures("low_quotas")
def test_a_revoked_key_is_rejected_immediately(client: Client) -> None:
    editor = make.UserFactory()
    reader_key, key = create_key(name="Site", editor=editor)
    assert client.get(QUOTES, **bearer_header(key)).status_code == 200
    revoke_key(key=reader_key, editor=editor)
    rejected = client.get(QUOTES, **bearer_header(key))
    assert rejected.status_code == 401
    assert rejected["WWW-Authenticate"] == 'Bearer realm="factbase"'
    assert rejected["Content-Type"] == "application/problem+json"
    assert key not in rejected.content.decode()


@pytest.mark.usefixtures("low_quotas")
@pytest.mark.parametrize("key", ["", "fb_", "fb_" + "x" * 43, "fb_é", "fb_" + "x" * 5000, "nonsense", "a b c"])
def test_invalid_keys_are_rejected_and_counted(client: Client, key: str) -> None:
    for _ in range(3):
        assert client.get(QUOTES, **bearer_header(key)).status_code == 401
    assert client.get(QUOTES, **bearer_header(key)).status_code == 429


@pytest.mark.usefixtures("low_quotas")
def test_other_schemes_are_ignored(client: Client) -> None:
    assert client.get(QUOTES, HTTP_AUTHORIZATION="Basic dTpw").status_code == 200


def test_without_a_limit_nothing_is_counted(client: Client, settings, db: None) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 0
    response = client.get(QUOTES)
    assert response.status_code == 200
    assert "RateLimit" not in response


def test_cors_exposes_the_headers(client: Client, db: None) -> None:
    exposed = client.get(QUOTES, HTTP_ORIGIN="https://example.org")["Access-Control-Expose-Headers"]
    assert {"RateLimit", "RateLimit-Policy", "Retry-After", "Link", "ETag", "Date", "Content-Location"} <= set(
        exposed.split(", ")
    )


@pytest.mark.parametrize("header", ["authorization", "if-none-match", "accept"])
def test_browsers_may_send_a_key_and_an_etag(client: Client, header: str) -> None:
    preflight = client.options(
        QUOTES,
        HTTP_ORIGIN="https://example.org",
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS=header,
    )
    assert preflight.status_code == 200
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert header in preflight["Access-Control-Allow-Headers"].split(", ")
    assert "Access-Control-Allow-Credentials" not in preflight
