"""Assignment: who is to work on a source, a claim or a verification, and until when."""

from datetime import date
from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import Timestamped, user_foreign_key
from claims.models.claim import Claim
from claims.models.history_cause import CausedHistory
from claims.models.source import Source
from claims.models.verification import Verification

MAX_ASSIGNMENT_NOTE = 300


def today() -> date:
    """The date that due dates are compared with, in UTC."""
    return timezone.now().date()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> Self:
        """Assignments that are not done, without those of claims that were retracted or merged."""
        return self.filter(done_at=None, claim__retracted_at=None, claim__merged_into=None)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=today())

    def most_urgent_first(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class Assignment(Timestamped):
    """The task of one editor on exactly one object. An object is assigned to one editor at a time.

    A new assignment of the same object changes this row: its history tells who had the object before.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, null=True, blank=True)
    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, null=True, blank=True)
    verification = models.OneToOneField(Verification, on_delete=models.CASCADE, null=True, blank=True)
    assignee = user_foreign_key("assignments")
    assigned_by = user_foreign_key("assignments_made")
    due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=MAX_ASSIGNMENT_NOTE, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = CausedHistory()
    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        default_permissions: ClassVar = ("add", "change", "view")
        indexes: ClassVar = [
            models.Index(fields=["assignee", "due_on"], condition=Q(done_at=None), name="assignment_open"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, claim=None, verification=None)
                | Q(source=None, claim__isnull=False, verification=None)
                | Q(source=None, claim=None, verification__isnull=False),
                name="assignment_is_of_one_object",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignee}: {self.subject}"

    @property
    def subject(self) -> Source | Claim | Verification:
        """The object that is assigned."""
        # The constraint assignment_is_of_one_object guarantees that exactly one is set.
        return cast("Source | Claim | Verification", self.source or self.claim or self.verification)

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today()
