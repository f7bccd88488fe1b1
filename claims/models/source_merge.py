"""SourceMerge: what the upgrade to one source for each page moved from one source to another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.source import Source


class SourceMerge(models.Model):
    """Two sources of one page that a migration united, with the rows that it moved, so that it can be reversed.

    `moved` maps a column to the ids of rows and the values that they had, `{"snapshot.source": [[3, 7], …], …}`, and
    `anchor` to the ids of the anchors that were created.
    """

    kept = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="merge")
    moved = models.JSONField(editable=False)
    merged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="source_merge_is_of_two_sources"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
