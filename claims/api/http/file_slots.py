"""How many files a process makes at once: the other threads stay free for short answers and for the admin."""

import weakref
from collections import Counter, deque
from collections.abc import Callable
from threading import Lock

from django.http.response import HttpResponseBase

from claims.api.http.problems import BusyProblem

MAX_FILES = 4  # half of the threads of a process
MAX_FILES_PER_CLIENT = 2


class FileSlots:
    """Thread-safe."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        # Given back, but still counted: the garbage collector gives back in the middle of anything, so it may not lock.
        self._returned: deque[str] = deque()
        self._lock = Lock()

    def respond(self, client: str, make_response: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Returns a response that holds a slot until it is closed. Raises BusyProblem if none is free."""
        with self._lock:
            self._forget_returned()
            if self._taken.total() >= MAX_FILES or self._taken[client] >= MAX_FILES_PER_CLIENT:
                raise BusyProblem
            self._taken[client] += 1
        try:
            response = make_response()
        except BaseException:
            self._returned.append(client)
            raise
        # Also when nobody closes it.
        response._resource_closers.append(weakref.finalize(response, self._returned.append, client))  # type: ignore[attr-defined]  # noqa: SLF001  # Django's, for such things
        return response

    def _forget_returned(self) -> None:
        while self._returned:
            client = self._returned.popleft()
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


FILE_SLOTS = FileSlots()
