"""The replica is used while it is one of this writer, has its schema, and lags by less than the limit."""

import pytest
from django.conf import LazySettings

from claims.http import replica_monitor
from claims.http.replica_monitor import ReplicaMonitor
from claims.reading import WRITER

MAX_LAG = 5


class Servers:
    """A writer and a replica, as the monitor sees them; None does not answer. Time passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self.writer: dict[str, object] | None = {"is_replica": False, "position": 100, "system": 1, "schema": "a"}
        self.replica: dict[str, object] | None = {"is_replica": True, "position": 100, "system": 1, "schema": "a"}

    def read_state(self, alias: str, _: str) -> replica_monitor._State | None:
        state = self.writer if alias == WRITER else self.replica
        return state and replica_monitor._State(**state)  # type: ignore[arg-type]


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Servers:
    servers = Servers()
    monkeypatch.setattr(replica_monitor, "_read_state", servers.read_state)
    settings.FACTBASE_READ_MAX_LAG = MAX_LAG
    return servers


@pytest.fixture
def monitor(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> ReplicaMonitor:
    monkeypatch.setattr(ReplicaMonitor, "_start", lambda _: None)
    return ReplicaMonitor(clock=lambda: servers.now)


def test_is_used_from_the_first_check_that_finds_it_current(servers: Servers, monitor: ReplicaMonitor) -> None:
    assert not monitor.is_usable()
    monitor.check()
    assert monitor.is_usable()


def test_is_not_used_when_it_lags_for_too_long_and_again_when_it_has_caught_up(
    servers: Servers, monitor: ReplicaMonitor
) -> None:
    monitor.check()
    for second in range(1, MAX_LAG):
        servers.now, servers.writer["position"] = second, 100 + second  # type: ignore[index]
        monitor.check()
        assert monitor.is_usable(), f"it lacks what was written {second} s ago at most"
    servers.now = MAX_LAG + 1
    monitor.check()
    assert not monitor.is_usable()
    servers.replica["position"] = 104  # type: ignore[index]
    monitor.check()
    assert monitor.is_usable()


def test_an_idle_writer_makes_no_lag(servers: Servers, monitor: ReplicaMonitor) -> None:
    for second in range(20):
        servers.now = second
        monitor.check()
        assert monitor.is_usable()


def test_is_not_used_when_no_check_ends(servers: Servers, monitor: ReplicaMonitor) -> None:
    """A replica that hangs holds up the check of it."""
    monitor.check()
    servers.now = MAX_LAG
    assert not monitor.is_usable()


def test_is_used_while_the_writer_is_away(servers: Servers, monitor: ReplicaMonitor) -> None:
    monitor.check()
    servers.writer = None
    for second in range(1, 20):
        servers.now = second
        monitor.check()
        assert monitor.is_usable()
    servers.replica = None
    monitor.check()
    assert not monitor.is_usable()


def test_what_is_noted_of_the_writer_does_not_grow_while_the_replica_is_away(
    servers: Servers, monitor: ReplicaMonitor
) -> None:
    servers.replica = None
    for second in range(100):
        servers.now = second
        monitor.check()
    assert len(monitor._positions) == MAX_LAG + 1


def test_is_not_used_before_the_writer_was_seen(servers: Servers, monitor: ReplicaMonitor) -> None:
    servers.writer = None
    monitor.check()
    assert not monitor.is_usable()


@pytest.mark.parametrize(
    "difference",
    [{"is_replica": False}, {"system": 2}, {"schema": "b"}, {"position": 99}],
    ids=lambda value: next(iter(value)),
)
def test_another_database_is_not_used(
    servers: Servers, monitor: ReplicaMonitor, difference: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    monitor.check()
    servers.replica |= difference  # type: ignore[operator]
    if "position" in difference:
        servers.now = MAX_LAG + 1
    monitor.check()
    monitor.check()
    assert not monitor.is_usable()
    messages = [record.getMessage() for record in caplog.records]
    assert messages[0] == "read replica is used"
    assert len(messages) == 2, "each change of its state is logged once"


def test_is_not_used_after_a_request_failed_until_the_next_check(servers: Servers, monitor: ReplicaMonitor) -> None:
    monitor.check()
    monitor.suspend("a request failed")
    assert not monitor.is_usable()
    monitor.check()
    assert monitor.is_usable()
