"""Keeps the processes of a site alive until the site is stopped."""

import multiprocessing
import select
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

SIGNALS = {signal.SIGCHLD, signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
CHECK_SECONDS = 1.0
KILL_SECONDS = 15.0  # after which a process that was asked to stop is killed
MAX_PAUSE = 60.0  # seconds before a process is started again that keeps ending soon after its start


@dataclass(eq=False)
class KeptProcess:
    """A process that is started again when it ends. Spawned, not forked: it shares no connection and no lock."""

    name: str
    work: Callable[[], None]
    process: BaseProcess | None = None
    started_at: float = 0.0
    pause: float = CHECK_SECONDS

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = multiprocessing.get_context("spawn").Process(target=self.work, name=self.name, daemon=True)
        self.process.start()

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.exitcode is not None

    def restart_if_ended(self) -> None:
        """Starts it again when its pause is over, which doubles each time it ends too soon."""
        age = time.monotonic() - self.started_at
        if self.has_ended and age >= self.pause:
            self.pause = min(2 * self.pause, MAX_PAUSE) if age < MAX_PAUSE else CHECK_SECONDS
            self.start()


class ProcessGroup:
    """The processes beside this one. SIGINT and SIGTERM stop them; SIGHUP starts new ones, then stops the old ones."""

    def __init__(self, kept: Sequence[KeptProcess]) -> None:
        self.kept = kept
        self._received: deque[int] = deque()
        # Python writes the number of each signal there, whichever thread the signal reaches.
        self._reader, self._writer = socket.socketpair()
        self._writer.settimeout(0)  # as Python asks for

    def start(self) -> None:
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._writer.fileno())
        for kept in self.kept:
            kept.start()

    def stop_requested(self, seconds: float) -> bool:
        """Whether SIGINT or SIGTERM was received. Waits so long for a signal."""
        self._receive(seconds)
        return not {signal.SIGINT, signal.SIGTERM}.isdisjoint(self._received)

    def run(self) -> None:
        """Returns when the processes have been stopped."""
        while True:
            if not self._received:
                self._receive(CHECK_SECONDS)
            match self._received.popleft() if self._received else None:
                case None | signal.SIGCHLD:
                    for kept in self.kept:
                        kept.restart_if_ended()
                case signal.SIGHUP if not is_on_terminal():
                    self._replace()
                case _:  # a terminal that is closed sends SIGHUP
                    self.stop()
                    return

    def stop(self) -> None:
        stop_processes([kept.process for kept in self.kept if kept.process])
        signal.set_wakeup_fd(-1)  # what ends now would be told to a socket that is closed

    def _receive(self, seconds: float) -> None:
        if select.select([self._reader], [], [], seconds)[0]:
            self._received.extend(self._reader.recv(4096))

    def _replace(self) -> None:
        old = [kept.process for kept in self.kept if kept.process]
        for kept in self.kept:
            kept.start()
        stop_processes(old)


def stop_processes(processes: Sequence[BaseProcess]) -> None:
    deadline = time.monotonic() + KILL_SECONDS
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()


def is_on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
