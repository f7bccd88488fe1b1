"""Work that workers repeat: on all rows at first, then on those that have changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

LONGEST_TRANSACTION = timedelta(minutes=10)  # a row says when it was changed, not when that was committed


class RepeatedUpdate:
    """Updates what is derived from all rows at first, then from those changed since the last complete run."""

    def __init__(self) -> None:
        self._complete_at: datetime | None = None

    def run(self) -> Iterator[int]:
        """Yields how many rows at a time. A run that is broken off, or fails, does not count as complete.

        Not to be called in a transaction.
        """
        started = timezone.now()
        if self._complete_at and self._complete_at > started:  # the clock was set back
            self._complete_at = None
        yield from self.update(self._complete_at and self._complete_at - LONGEST_TRANSACTION)
        self._complete_at = started

    def update(self, changed_since: datetime | None) -> Iterator[int]:
        raise NotImplementedError
