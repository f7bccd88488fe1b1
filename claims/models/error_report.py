"""ErrorReport: what a reader says is wrong, and what became of it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.change import ResourceKind
from claims.models.history_cause import CausedHistory

MAX_REPORT_LENGTH = 5000
MAX_REPORT_SUBJECT = 300


class ErrorReportState(models.TextChoices):
    NEW = "new", "New"
    ANSWERED = "answered", "Answered"
    DISMISSED = "dismissed", "Dismissed"


ERROR_REPORT_TRANSITIONS: dict[ErrorReportState, set[ErrorReportState]] = {
    ErrorReportState.NEW: {ErrorReportState.ANSWERED, ErrorReportState.DISMISSED},
    ErrorReportState.DISMISSED: {ErrorReportState.ANSWERED},
    ErrorReportState.ANSWERED: set(),
}


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def new(self) -> Self:
        return self.filter(state=ErrorReportState.NEW)

    def public_answers(self, kind: ResourceKind, pk: int | OuterRef) -> Self:
        """Reports on this row that were answered in public, the last answered first."""
        return self.filter(is_public=True, kind=kind, object_id=pk).order_by("-decided_at", "-id")


class ErrorReport(models.Model):
    """A reader's report on the public row `kind` and `object_id`, or on the site as a whole.

    `subject` is what the row was called when it was reported. `text` and `contact` are the reader's own: they are never
    public, have no history, and are erased some time after the decision. Readers see an `answer` that `is_public`.
    """

    kind = models.CharField(max_length=20, blank=True, choices=ResourceKind, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    subject = models.CharField(max_length=MAX_REPORT_SUBJECT, blank=True, editable=False)
    text = models.TextField("what is wrong", editable=False)
    contact = models.EmailField("reader's e-mail", blank=True, editable=False)
    created_at = models.DateTimeField("received", default=timezone.now, editable=False)
    state = models.CharField(
        max_length=10, choices=ErrorReportState, default=ErrorReportState.NEW, db_index=True, editable=False
    )
    answer = models.TextField(blank=True, editable=False)
    is_public = models.BooleanField("answer is public", default=False, editable=False)
    decided_by = user_foreign_key("error_reports_decided", null=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = CausedHistory(excluded_fields=["text", "contact", "erased_at"])
    objects: ClassVar = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        default_permissions: ClassVar = ("change", "view")
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "object_id", "decided_at"], condition=Q(is_public=True), name="error_report_public"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="", object_id=None) | (~Q(kind="") & Q(object_id__isnull=False)),
                name="error_report_is_on_one_row_or_none",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=ResourceKind.values), name="error_report_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(~Q(text="") & Q(erased_at=None)) | Q(text="", contact="", erased_at__isnull=False),
                name="error_report_says_something_until_erased",
            ),
            choices_constraint("error_report_state_is_known", "state", ErrorReportState),
            models.CheckConstraint(
                condition=Q(state=ErrorReportState.NEW, decided_by=None, decided_at=None, erased_at=None)
                | (~Q(state=ErrorReportState.NEW) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="error_report_is_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | (Q(state=ErrorReportState.ANSWERED) & ~Q(answer="")),
                name="error_report_public_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "The site"
