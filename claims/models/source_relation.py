"""SourceRelation: two sources whose texts have much in common. TextFingerprint and TextBand: how such are found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.claim_relation import RelationState
from claims.models.history_cause import CausedHistory
from claims.models.snapshot import Snapshot
from claims.models.source import Source


class SourceRelationKind(models.TextChoices):
    """What the second source, the later one, is to the first."""

    COPY = "copy", "Copy"
    SHORTENED = "shortened", "Shortened"
    UPDATED = "updated", "Updated version"
    RELEASE = "release", "Shares a release"
    TRANSLATION = "translation", "Translation"


class SourceRelation(models.Model):
    """The second source is a copy of the first, a shortened, updated or translated one, or both have one release.

    At most one relation per pair. `shared` is the share of the shorter text that the other has, from 0 to 1: for a
    translation, of its paragraphs. A
    relation is suggested until an editor confirms or dismisses it; a dismissed pair is not suggested again.
    """

    first = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="relations_as_first")
    second = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="relations_as_second")
    kind = models.CharField(max_length=12, choices=SourceRelationKind)
    state = models.CharField(max_length=10, choices=RelationState, default=RelationState.SUGGESTED)
    shared = models.FloatField()
    decided_by = user_foreign_key("source_relation_decisions", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["-shared", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Least("first", "second"), Greatest("first", "second"), name="source_relation_is_unique"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="source_relation_is_not_to_itself"),
            choices_constraint("source_relation_kind_is_known", "kind", SourceRelationKind),
            choices_constraint("source_relation_state_is_known", "state", RelationState),
            models.CheckConstraint(
                condition=Q(shared__gte=0, shared__lte=1), name="source_relation_shares_a_part_of_the_text"
            ),
            models.CheckConstraint(
                condition=Q(state=RelationState.SUGGESTED, decided_by=None)
                | (~Q(state=RelationState.SUGGESTED) & Q(decided_by__isnull=False)),
                name="source_relation_is_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.second} — {self.get_kind_display()} — {self.first}"


class TextFingerprint(models.Model):
    """The newest text of a source as it is compared with others.

    `group` is the oldest of the sources that are related to each other, directly or through others, and not dismissed;
    null for a source that is related to none.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Fingerprint of {self.source_id}"


class TextBand(models.Model):
    """A band of a fingerprint (see `claims.articles.near_duplicates`): texts that share one are compared."""

    fingerprint = models.ForeignKey(TextFingerprint, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.value:x}"
