"""PageCheck: when a page is read again, and whether it is still there."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

MAX_CHECK_REASON = 500


class PageCheckQuerySet(models.QuerySet["PageCheck"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "pk")

    def gone(self) -> Self:
        """Checks of pages that were no longer there the last time."""
        return self.filter(gone_at__isnull=False)


class PageCheck(models.Model):
    """The checks of a page, each some time after the one before.

    `checks` counts those that are done. `next_check_at` is empty when no more will follow; while a check runs, it is
    when another worker may take over. `failures` counts failed attempts at the next check, `reason` says why the last
    one failed. `gone_at` is when the site first said that the page is gone, until it is there again.
    """

    checks = models.PositiveSmallIntegerField(default=0, editable=False)
    next_check_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    last_checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=300, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    reason = models.CharField(max_length=MAX_CHECK_REASON, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = PageCheckQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions: ClassVar = ()
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gone_at=None) | ~Q(reason=""), name="%(class)s_says_why_a_page_is_gone"),
            models.CheckConstraint(condition=Q(failures=0) | ~Q(reason=""), name="%(class)s_says_why_it_failed"),
        ]
