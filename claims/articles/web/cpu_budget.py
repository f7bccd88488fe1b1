"""Stops work that takes too much CPU time, in any thread and without signals."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

# A look at the clock for each call would cost more than the calls.
_CALLS_BETWEEN_LOOKS: Final = 256


class BudgetExceededError(BaseException):
    """Not an Exception: libraries that go on after any error must not go on after this one."""


@contextmanager
def cpu_budget(seconds: float) -> Iterator[None]:
    """Raise BudgetExceededError in a block that has taken `seconds` of its thread's CPU time.

    It looks when functions are called, which makes calls slower (by about half, for parsing pages), and cannot stop one
    long call of a C function. Under a profiler, which uses the same hook, there is no budget.
    """
    if sys.getprofile() is not None:
        yield
        return
    deadline = time.thread_time() + seconds
    calls = 0

    def look(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1
        if calls % _CALLS_BETWEEN_LOOKS == 0 and time.thread_time() > deadline:
            sys.setprofile(None)
            raise BudgetExceededError

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)
