"""Whether this process can serve: each check with what is wrong. Cheap enough to be asked every second."""

import shutil
import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from django import db
from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims.database.database_check import find_database_errors
from claims.services.monitoring.heartbeats import living_workers

RESULT_SECONDS = 1.0
PATIENCE = 10.0  # seconds
STRUCTURE_SECONDS = 60.0  # migrations and triggers: reading the catalogue takes about 0.1 s
NO_DATABASE = "not checked: the database does not answer"
DERIVED_OBJECT_ERROR = "claims.E003"

Value = TypeVar("Value")
Problems = dict[str, str]  # by check; an empty text if all is well


class Renewed(Generic[Value]):
    """A value that is read again when it is too old, by one thread. The others get the old one meanwhile."""

    def __init__(self, read: Callable[[], Value], *, max_age: Callable[[Value], float]) -> None:
        self._read, self._max_age = read, max_age
        self._lock = Lock()
        self._value: Value | None = None
        self._read_at = 0.0

    def get(self) -> Value | None:
        """Returns None if another thread has been reading it for more than PATIENCE seconds."""
        value, age = self._value, time.monotonic() - self._read_at
        if value is not None and age < self._max_age(value):
            return value
        if not self._lock.acquire(blocking=False):
            return value if age < PATIENCE else None
        try:
            self._value = self._read()
            self._read_at = time.monotonic()
            return self._value
        finally:
            self._lock.release()

    def clear(self) -> None:
        self._value = None


def _check() -> Problems:
    problems = {"database": "", "migrations": "", "triggers": "", "worker": "", "disk": _check_disk()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        problems |= STRUCTURE.get() or {}
        problems["worker"] = _check_workers()
    except db.Error as error:
        problems |= dict.fromkeys(("migrations", "triggers", "worker"), NO_DATABASE)
        problems["database"] = str(error).partition("\n")[0]
    return problems


def _check_structure() -> Problems:
    """Compares the database with what this version needs."""
    errors = find_database_errors(connection)
    of_triggers = [error for error in errors if error.id == DERIVED_OBJECT_ERROR]
    of_migrations = [error for error in errors if error.id != DERIVED_OBJECT_ERROR]
    return {
        "migrations": "; ".join(str(error.msg) for error in of_migrations),
        "triggers": "; ".join(str(error.msg) for error in of_triggers[:3]),
    }


def _check_workers() -> str:
    expected = settings.FACTBASE_MIN_WORKERS
    count = living_workers(timezone.now()) if expected else 0
    return "" if count >= expected else f"{count} of {expected} workers have given a sign of life"


def _check_disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
    least = settings.FACTBASE_MIN_FREE_MB
    return "" if free >= least else f"{free} MB are free in the data directory, less than {least}"


STRUCTURE = Renewed(
    _check_structure, max_age=lambda problems: RESULT_SECONDS if any(problems.values()) else STRUCTURE_SECONDS
)
READINESS = Renewed(_check, max_age=lambda _: RESULT_SECONDS)
