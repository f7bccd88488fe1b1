"""Whether a process of the site may use the database."""

from django.core.management.base import CommandError
from django.db import connection

from claims.database.database_check import find_database_errors


def check_database_is_current() -> None:
    """Raises CommandError if the database is not as this version needs it."""
    if errors := find_database_errors(connection):
        more = f" (and {len(errors) - 1} more faults, see `check --database default`)" if errors[1:] else ""
        raise CommandError(f"{errors[0].msg}{more}: {errors[0].hint}.")
