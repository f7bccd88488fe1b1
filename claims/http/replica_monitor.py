"""Whether the read replica may be read: it answers, is a replica of this writer, has its schema, and does not lag.

Each server process compares the positions of both in the write-ahead log about once a second, in a thread of its own: a
replica that hangs holds up this thread and no request. No clock of another machine takes part.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from django import db
from django.conf import settings
from django.db import connections

from claims.reading import REPLICA, WRITER

CHECK_SECONDS = 1.0

_STATE_SQL = (
    "SELECT pg_is_in_recovery(), {position}::text, (SELECT system_identifier FROM pg_control_system()),"
    " (SELECT md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) FROM django_migrations)"
)
_WRITER_SQL = _STATE_SQL.format(position="pg_current_wal_flush_lsn()")  # what is not flushed is not sent either
_REPLICA_SQL = _STATE_SQL.format(position="pg_last_wal_replay_lsn()")

logger = logging.getLogger("claims.replica")


class _State(NamedTuple):
    is_replica: bool
    position: int
    system: int
    schema: str


class ReplicaMonitor:
    """The state of the replica, as one process sees it. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._writer: _State | None = None  # as it was last seen
        self._positions: deque[tuple[float, int]] = deque()  # of the writer, with the time before each was asked for
        self._usable_until = 0.0
        self._problem: str | None = ""  # None while the replica is used
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def is_usable(self) -> bool:
        if self._thread is None:
            self._start()
        return self._clock() < self._usable_until

    def suspend(self, reason: str) -> None:
        """Leaves the replica unused until a check finds that it may be used."""
        self._usable_until = 0.0
        self._report(reason)

    def check(self) -> None:
        """Compares the replica with the writer."""
        now = self._clock()
        while self._positions and self._positions[0][0] < now - settings.FACTBASE_READ_MAX_LAG:
            self._positions.popleft()
        if writer := _read_state(WRITER, _WRITER_SQL):
            self._writer = writer
            self._positions.append((now, writer.position))
        replica = _read_state(REPLICA, _REPLICA_SQL)
        if replica is None:
            self.suspend("it does not answer")
            return
        if problem := self._find_problem(replica):
            self.suspend(problem)
            return
        if writer is None and now < self._usable_until:  # nothing is written either, as far as can be seen from here
            self._usable_until = self._clock() + settings.FACTBASE_READ_MAX_LAG
            return
        caught_up = [moment for moment, position in self._positions if position <= replica.position]
        usable_until = caught_up[-1] + settings.FACTBASE_READ_MAX_LAG if caught_up else 0.0
        if usable_until <= now:
            self.suspend("it lags behind the writer")
            return
        self._usable_until = usable_until
        self._report(None)

    def _find_problem(self, replica: _State) -> str:
        if not replica.is_replica:
            return "it is no replica"
        if self._writer is None:
            return "the writer does not answer"
        if replica.system != self._writer.system:
            return "it is a replica of another server"
        return "" if replica.schema == self._writer.schema else "its migrations are not those of the writer"

    def _report(self, problem: str | None) -> None:
        """Logs the change from one state to another."""
        with self._lock:
            has_changed, self._problem = problem != self._problem, problem
        if has_changed and problem:
            logger.warning("read replica is not used: %s", problem)
        elif has_changed:
            logger.warning("read replica is used")

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="replica monitor", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self.check()
            time.sleep(CHECK_SECONDS)


def _read_state(alias: str, sql: str) -> _State | None:
    """Asks a database; None if it does not answer."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            is_replica, position, system, schema = cursor.fetchone()
    except db.Error:
        connection.close()
        return None
    high, _, low = (position or "0/0").partition("/")
    return _State(is_replica, (int(high, 16) << 32) + int(low, 16), system, schema)


REPLICA_MONITOR = ReplicaMonitor()
