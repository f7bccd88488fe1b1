"""How many files a process makes at once: the other threads stay free for short answers and for the admin."""

import weakref
from collections import Counter
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
        self._lock = Lock()

    def respond(self, client: str, make_response: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Returns a response that holds a slot until it is closed. Raises BusyProblem if none is free."""
        with self._lock:
            if self._taken.total() >= MAX_FILES or self._taken[client] >= MAX_FILES_PER_CLIENT:
                raise BusyProblem
            self._taken[client] += 1
        try:
            response = make_response()
        except BaseException:
            self._give_back(client)
            raise
        # Also when nobody closes it.
        response._resource_closers.append(weakref.finalize(response, self._give_back, client))  # type: ignore[attr-defined]  # noqa: SLF001  # Django's, for such things
        return response

    def _give_back(self, client: str) -> None:
        with self._lock:
            self._taken[client] -= 1
            self._taken += Counter()  # forgets clients without a slot


FILE_SLOTS = FileSlots()
