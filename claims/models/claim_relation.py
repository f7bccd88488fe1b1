"""ClaimRelation: how two claims relate to each other."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.claim import Claim
from claims.models.history_cause import CausedHistory


class RelationKind(models.TextChoices):
    """How the first claim relates to the second."""

    SAME = "same", "says the same as"
    REPEATS = "repeats", "repeats"
    CONTRADICTS = "contradicts", "contradicts"
    UPDATES = "updates", "updates"


# Relations that hold in both directions: the claim with the lower id is stored as the first.
SYMMETRIC_RELATIONS = (RelationKind.SAME, RelationKind.CONTRADICTS)


class RelationState(models.TextChoices):
    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    DISMISSED = "dismissed", "Dismissed"


RELATION_TRANSITIONS = {
    RelationState.SUGGESTED: {RelationState.CONFIRMED, RelationState.DISMISSED},
    RelationState.CONFIRMED: {RelationState.DISMISSED},
    RelationState.DISMISSED: {RelationState.CONFIRMED},
}


class ClaimRelationQuerySet(models.QuerySet["ClaimRelation"]):
    def released(self) -> Self:
        """Relations that an editor confirmed, between two public claims."""
        claims = (Exists(Claim.objects.released().filter(pk=OuterRef(side))) for side in ("first", "second"))
        return self.filter(*claims, state=RelationState.CONFIRMED)


class ClaimRelation(models.Model):
    """The first claim repeats, updates, contradicts or says the same as the second; at most one relation per pair.

    A suggested relation has a `score`, the similarity of the two texts from 0 to 1, and a `reason`. It takes effect
    only when an editor confirms it; a dismissed pair is not suggested again. `doubt` says in what the claims of a
    relation that an editor confirmed as the same were found to differ since; it goes with the editor's next decision.
    """

    first = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_as_first")
    second = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_as_second")
    kind = models.CharField(max_length=12, choices=RelationKind)
    state = models.CharField(max_length=10, choices=RelationState, default=RelationState.SUGGESTED, db_index=True)
    score = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    doubt = models.CharField(max_length=200, blank=True, editable=False)
    decided_by = user_foreign_key("relation_decisions", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = CausedHistory()
    objects: ClassVar = ClaimRelationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        verbose_name = "relation"
        constraints: ClassVar = [
            models.UniqueConstraint(Least("first", "second"), Greatest("first", "second"), name="relation_is_unique"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="relation_is_not_to_itself"),
            models.CheckConstraint(
                condition=~Q(kind__in=SYMMETRIC_RELATIONS) | Q(first__lt=F("second")), name="relation_is_in_order"
            ),
            choices_constraint("relation_kind_is_known", "kind", RelationKind),
            choices_constraint("relation_state_is_known", "state", RelationState),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="relation_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(state=RelationState.SUGGESTED, decided_by=None)
                | (~Q(state=RelationState.SUGGESTED) & Q(decided_by__isnull=False)),
                name="relation_is_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} — {self.get_kind_display()} — {self.second}"
