"""Anchor: where a decided quote stands in a later snapshot of its source."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from claims.models.quote import Quote
from claims.models.snapshot import Snapshot


class AnchorState(models.TextChoices):
    """How the words are found again."""

    EXACT = "exact", "Exact: at the same place"
    MOVED = "moved", "Moved: once, at another place"
    AMBIGUOUS = "ambiguous", "Ambiguous: at several places"
    ORPHANED = "orphaned", "Orphaned: no longer there"


class Anchor(models.Model):
    """What became of a quote in a later snapshot. The quote itself stays pinned to the snapshot it was found in.

    `spans` are the quote's spans in that snapshot (as in Quote; the trigger `anchor_is_slice` holds them to the
    quote's exact words) where the state is exact or moved, and None where it is ambiguous or orphaned.
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="anchors")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="anchors")
    state = models.CharField(max_length=10, choices=AnchorState, db_index=True)
    spans = models.JSONField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["snapshot_id", "quote_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "snapshot"], name="anchor_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["exact", "moved"], spans__isnull=False)
                | Q(state__in=["ambiguous", "orphaned"], spans__isnull=True),
                name="anchor_has_spans_where_it_is_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote} ({self.get_state_display()})"
