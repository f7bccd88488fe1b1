"""Change: when a public object last changed for readers, so that a mirror can follow and no id silently disappears."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.models.base import choices_constraint


class ResourceKind(models.TextChoices):
    """The public lists of the API."""

    QUOTES = "quotes", "Quotes"
    CLAIMS = "claims", "Claims"
    SPEAKERS = "speakers", "Speakers"
    SOURCES = "sources", "Sources"
    VERIFICATIONS = "verifications", "Verifications"
    CORRECTIONS = "corrections", "Corrections"
    TOPICS = "topics", "Topics"
    RATINGS = "ratings", "Ratings"
    RELATIONS = "relations", "Relations"


class RemovalCause(models.TextChoices):
    """Why an object is no longer public."""

    RETRACTED = "retracted", "Retracted"
    REJECTED = "rejected", "Rejected by an editor"
    MERGED = "merged", "Merged into another"
    SUPERSEDED = "superseded", "Superseded by a newer verdict"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNUSED = "unused", "No longer referenced by anything public"
    DELETED = "deleted", "Deleted"


class ChangeQuerySet(models.QuerySet["Change"]):
    def seen(self) -> Self:
        """Changes of objects that are public, or once were."""
        return self.filter(changed_at__isnull=False)

    def live(self) -> Self:
        """Changes of objects that are public."""
        return self.seen().filter(gone_at=None)

    def gone(self) -> Self:
        """Tombstones: changes of objects that are no longer public."""
        return self.filter(gone_at__isnull=False)


class Change(models.Model):
    """When an object last changed for readers; one row per public object, written by `claims.services.changefeed`.

    `changed_at` increases in commit order, and no two transactions share a value. An object that is no longer public
    has `gone_at`, a `cause` and, if it was merged, the id of the object that replaced it. An object under embargo has
    `due_at`, and has `changed_at` only if it was public before. An object that was never public, and is not scheduled
    to be, has no row.
    """

    kind = models.CharField(max_length=13, choices=ResourceKind)
    object_id = models.BigIntegerField()
    changed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=10, choices=RemovalCause, blank=True)
    merged_into = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)

    objects: ClassVar = ChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "changed_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "changed_at", "id"], name="change_in_order"),
            models.Index(fields=["changed_at"], name="change_last"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="change_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="change_is_one_a_thing"),
            choices_constraint("change_kind_is_known", "kind", ResourceKind),
            models.CheckConstraint(
                condition=Q(gone_at=None, cause="", merged_into=None)
                | (Q(gone_at__isnull=False, changed_at__isnull=False) & Q(cause__in=RemovalCause.values)),
                name="change_says_why_it_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=False) | Q(due_at__isnull=False), name="change_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.cause or 'changed'} at {self.changed_at or self.due_at}"
