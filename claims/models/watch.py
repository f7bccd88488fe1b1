"""Watch: when the page of a source is read again, and whether it is still there."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.models.source import Source

MAX_WATCH_REASON = 500


class WatchQuerySet(models.QuerySet["Watch"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_check_at__lte=now)

    def gone(self) -> Self:
        """Watches of pages that were no longer there at the last check."""
        return self.filter(gone_at__isnull=False)


class Watch(models.Model):
    """The checks of a source's page after its quotes were accepted.

    `checks` counts those that are done. `next_check_at` is empty when no more will follow; while a check runs, it is
    when another worker may take over. `failures` counts failed attempts at the next check, `reason` says why the last
    one failed. `gone_at` is when the site first said that the page is gone, until it is there again.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="watch")
    checks = models.PositiveSmallIntegerField(default=0)
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=MAX_WATCH_REASON, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        ordering: ClassVar = ["next_check_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gone_at=None) | ~Q(reason=""), name="watch_says_why_a_page_is_gone"),
            models.CheckConstraint(condition=Q(failures=0) | ~Q(reason=""), name="watch_says_why_it_failed"),
        ]

    def __str__(self) -> str:
        return f"Watch of {self.source}"
