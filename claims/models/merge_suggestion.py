"""Two speakers that may be, or were made, one."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.speaker import Speaker


class MergeSuggestionState(models.TextChoices):
    """What became of it."""

    OPEN = "open", "Open"
    MERGED = "merged", "Merged"
    DISMISSED = "dismissed", "Not the same"


class MergeSuggestionQuerySet(models.QuerySet["MergeSuggestion"]):
    """Suggestions, by what can be done about them."""

    def waiting(self) -> Self:
        """Those to decide: open, of two that still speak for themselves and have no Wikidata id each."""
        two_ids = ~Q(first__wikidata_id="") & ~Q(second__wikidata_id="")
        apart = Q(first__merged_into=None, second__merged_into=None)
        return self.filter(apart, state=MergeSuggestionState.OPEN).exclude(two_ids)


class MergeSuggestion(models.Model):
    """Two speakers that look like one. Only an editor's decision makes them one.

    `score` is how much speaks for it, from 0 to 1; `reason` says what, in an editor's words.
    """

    first = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="suggestions_as_first")
    second = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="suggestions_as_second")
    reason = models.CharField(max_length=200)
    score = models.FloatField()
    state = models.CharField(
        max_length=20, choices=MergeSuggestionState, default=MergeSuggestionState.OPEN, db_index=True
    )
    decided_by = user_foreign_key("merge_decisions", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar = MergeSuggestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="merge_suggestion_is_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="merge_suggestion_is_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="merge_suggestion_score_is_a_share"),
            choices_constraint("merge_suggestion_state_is_known", "state", MergeSuggestionState),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class SpeakerMerge(models.Model):
    """That one speaker was merged into another: what moved, so that it can be moved back exactly.

    `moved` maps what moved to the ids of the rows that changed hands, `{"quote": [3, 5], "claim": [2], …}`, and keeps
    the Wikidata id and the state of the pair's suggestion as they were.
    """

    kept = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="merges_merged")
    moved = models.JSONField(editable=False)
    merged_by = user_foreign_key("speaker_merges")
    merged_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_by = user_foreign_key("speaker_merges_undone", null=True)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

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
