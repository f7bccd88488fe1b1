"""What changed for readers, and when: so that a copy elsewhere can follow, and an id is never silently gone."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.models.base import choices_constraint


class ResourceKind(models.TextChoices):
    """What readers have lists of."""

    QUOTES = "quotes", "Quotes"
    CLAIMS = "claims", "Claims"
    SPEAKERS = "speakers", "Speakers"
    SOURCES = "sources", "Sources"
    VERIFICATIONS = "verifications", "Verifications"
    CORRECTIONS = "corrections", "Corrections"
    TOPICS = "topics", "Topics"
    RATINGS = "ratings", "Ratings"


class RemovalCause(models.TextChoices):
    """Why readers see a thing no more."""

    RETRACTED = "retracted", "Retracted"
    REJECTED = "rejected", "Rejected by an editor"
    MERGED = "merged", "Merged into another"
    SUPERSEDED = "superseded", "Superseded by a newer verdict"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNUSED = "unused", "Nothing that is public refers to it any more"
    DELETED = "deleted", "Deleted"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes, by what became of the thing."""

    def seen(self) -> Self:
        """Of things that readers see, or saw once."""
        return self.filter(changed_at__isnull=False)

    def live(self) -> Self:
        """Of things that readers see."""
        return self.seen().filter(gone_at=None)

    def gone(self) -> Self:
        """Of things that readers saw once: tombstones."""
        return self.filter(gone_at__isnull=False)


class Change(models.Model):
    """When a thing last changed for readers: one row for each that they see or saw; `services.changes` keeps them.

    `changed_at` rises in the order in which changes were committed, and is never given twice to two transactions. A
    thing that readers see no more has `gone_at`, its `cause` and, where it was merged, the id of the one that speaks
    for it. What is under embargo has `due_at`, and no `changed_at` before its moment unless it was public earlier. Of
    what never was public and is not to be, there is no row.
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


class Touched(models.Model):
    """That a transaction touched a thing: written by the database's own triggers, and used up by `services.changes`.

    There may be several of one thing: a unique constraint would make two transactions wait for each other. `wide` says
    that what others show of it changed, not only itself. `by` and `by_id` name the thing on whose account it is noted,
    where it was not touched itself: if that is nobody's business, so is this. `step` is 0 when written; the rest is the
    service's.
    """

    kind = models.CharField(max_length=13)
    object_id = models.BigIntegerField()
    wide = models.BooleanField()
    by = models.CharField(max_length=13, blank=True)
    by_id = models.BigIntegerField(null=True)
    step = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "touched"
        indexes: ClassVar = [models.Index(fields=["step", "kind", "object_id"], name="touched_by_step")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
