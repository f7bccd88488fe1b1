"""Slots for files: a response that nobody closed gives its slot back whenever the garbage collector finds it."""

import threading

import pytest
from django.http import HttpResponse

from claims.api.http import file_slots
from claims.api.http.file_slots import FileSlots
from claims.api.http.problems import BusyProblem


def test_a_forgotten_response_is_collected_while_another_takes_a_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = FileSlots()
    forgotten = [slots.respond("ann", HttpResponse)]

    class Limit(int):
        def __le__(self, other: int) -> bool:
            """Stands for a collection of garbage in the middle of the comparison, when the slots are locked."""
            forgotten.clear()
            return int(self) <= other

    monkeypatch.setattr(file_slots, "MAX_FILES", Limit(4))
    taking = threading.Thread(target=slots.respond, args=("ben", HttpResponse), daemon=True)
    taking.start()
    taking.join(10)
    assert not forgotten
    assert not taking.is_alive()


def test_slots_are_limited_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_slots, "MAX_FILES_PER_CLIENT", 2)
    slots = FileSlots()
    responses = [slots.respond("ann", HttpResponse) for _ in range(2)]
    with pytest.raises(BusyProblem):
        slots.respond("ann", HttpResponse)
    responses.pop()
    with pytest.raises(ZeroDivisionError):
        slots.respond("ann", lambda: HttpResponse(1 / 0))
    slots.respond("ann", HttpResponse)
