"""MergeSuggestion: two speakers that may be the same."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker


class MergeSuggestionState(models.TextChoices):
    OPEN = "open", "Open"
    MERGED = "merged", "Merged"
    DISMISSED = "dismissed", "Not the same"


MERGE_SUGGESTION_TRANSITIONS: dict[MergeSuggestionState, set[MergeSuggestionState]] = {
    MergeSuggestionState.OPEN: {MergeSuggestionState.MERGED, MergeSuggestionState.DISMISSED},
    MergeSuggestionState.DISMISSED: {MergeSuggestionState.MERGED},
    MergeSuggestionState.MERGED: set(),
}


class MergeSuggestionQuerySet(models.QuerySet["MergeSuggestion"]):
    def pending(self) -> Self:
        """Suggestions to decide: open, neither speaker merged, and not both with a Wikidata id."""
        two_ids = ~Q(first__wikidata_id="") & ~Q(second__wikidata_id="")
        apart = Q(first__merged_into=None, second__merged_into=None)
        return self.filter(apart, state=MergeSuggestionState.OPEN).exclude(two_ids)


class MergeSuggestion(models.Model):
    """Two speakers that look like one. Only an editor merges them.

    `score` is the strength of the evidence, from 0 to 1; `reason` names the evidence in words for editors.
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

    history = CausedHistory()
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
