"""Anchor: the position of a quote in a later snapshot of its source."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.models.base import user_foreign_key
from claims.models.history_cause import CausedHistory
from claims.models.quote import Quote
from claims.models.snapshot import Snapshot


class AnchorState(models.TextChoices):
    """How the quote was found in the later snapshot."""

    EXACT = "exact", "Exact"
    MOVED = "moved", "Moved"
    AMBIGUOUS = "ambiguous", "Several matches"
    ORPHANED = "orphaned", "Missing"


class AnchorQuerySet(models.QuerySet["Anchor"]):
    def missing(self) -> Self:
        """Anchors without a position: the quote's words stand at several places of the snapshot, or at none.

        Not by their state: SQLite would not see that the index `anchor_missing` has them.
        """
        return self.filter(spans__isnull=True)

    def unresolved(self) -> Self:
        """Missing anchors that an editor has to resolve."""
        return self.missing().filter(settled_at=None)

    def in_newest_snapshot(self) -> Self:
        """Anchors in the newest snapshot of their source."""
        newer = Snapshot.objects.filter(source=OuterRef("snapshot__source"), pk__gt=OuterRef("snapshot"))
        return self.filter(~Exists(newer))


class Anchor(models.Model):
    """A quote's position in a later snapshot. The quote itself stays pinned to the snapshot it was found in.

    If the state is exact or moved, `spans` are the quote's spans in that snapshot (as in Quote; the trigger
    `anchor_is_slice` compares them with the quote's words). If it is ambiguous or orphaned, `spans` is None until an
    editor resolves the anchor: they choose one of the places, or confirm that the quote is gone (orphaned and settled).
    `passage_start` and `passage_end` (exclusive) are where an orphaned quote stands in other words, if it does.
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="anchors")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="anchors")
    state = models.CharField(max_length=10, choices=AnchorState, db_index=True)
    spans = models.JSONField(null=True, blank=True)
    passage_start = models.PositiveIntegerField(null=True, blank=True)
    passage_end = models.PositiveIntegerField(null=True, blank=True)
    settled_by = user_foreign_key("anchors_settled", null=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    history = CausedHistory()
    objects: ClassVar = AnchorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["snapshot_id", "quote_id"]
        indexes: ClassVar = [
            models.Index(fields=["snapshot"], condition=Q(spans__isnull=True), name="anchor_missing"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "snapshot"], name="anchor_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["exact", "moved"], spans__isnull=False)
                | Q(state__in=["ambiguous", "orphaned"], spans__isnull=True),
                name="anchor_has_spans_where_it_is_found",
            ),
            models.CheckConstraint(
                condition=Q(passage_start=None, passage_end=None)
                | Q(passage_start__isnull=False, passage_end__isnull=False, passage_end__gt=models.F("passage_start")),
                name="anchor_passage_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(state="ambiguous")),
                name="anchor_is_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote} ({self.get_state_display()})"
