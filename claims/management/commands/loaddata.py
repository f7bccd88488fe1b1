"""`loaddata`, as Django's, for moving everything from one database to another."""

from typing import Any

from django.core.management.commands import loaddata
from django.test.utils import override_settings


class Command(loaddata.Command):
    """Load rows as they were written out: their history is among them, and loading adds none to it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them with the keeping of history turned off: it would note every topic of a claim as a change."""
        with override_settings(SIMPLE_HISTORY_ENABLED=False):
            super().handle(*args, **options)
