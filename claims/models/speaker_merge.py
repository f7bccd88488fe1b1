"""SpeakerMerge: a reversible merge of two speakers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import user_foreign_key
from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker


class SpeakerMerge(models.Model):
    """A merge of one speaker into another, with the rows that it moved, so that it can be undone exactly.

    `moved` maps kinds of rows to the ids that changed hands, `{"quote": [3, 5], "claim": [2], …}`, and keeps the
    Wikidata id and the state of the pair's suggestion as they were.
    """

    kept = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_merged")
    moved = models.JSONField(editable=False)
    merged_by = user_foreign_key("speaker_merges")
    merged_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_by = user_foreign_key("speaker_merges_undone", null=True)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["-merged_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="speaker_is_merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_is_of_two_speakers"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
