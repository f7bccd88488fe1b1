"""Errors that readers report: received, answered (publicly or not) or dismissed, and later erased.

None of this is an operation: a decision is changed by another one.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import ErrorReport, ErrorReportState, HistoryCause, ResourceKind
from claims.models.error_report import MAX_REPORT_LENGTH, MAX_REPORT_SUBJECT
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.locks import lock_answers
from claims.services.transitions import change_state

MAX_NEW_REPORTS = 5000  # that nobody has decided: more come from no newsroom's readers
ERASED_AFTER = timedelta(days=90)  # from the decision


def report_error(
    *, text: str, contact: str = "", kind: ResourceKind | None = None, pk: int | None = None, subject: str = ""
) -> ErrorReport:
    """Store a reader's report on a public row, or on the site. Raises RefusedError for an empty or a long text."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text or len(text) > MAX_REPORT_LENGTH:
        raise RefusedError(f"A report has 1 to {MAX_REPORT_LENGTH:,} characters; this one has {len(text):,}.")
    if len(ErrorReport.objects.new().order_by().values_list("pk", flat=True)[: MAX_NEW_REPORTS + 1]) >= MAX_NEW_REPORTS:
        raise RefusedError("Too many reports are waiting for an answer.")
    report = ErrorReport(
        kind=kind or "", object_id=pk, subject=subject[:MAX_REPORT_SUBJECT], text=text, contact=contact
    )
    return ErrorReport.objects.bulk_create([report])[0]  # its history begins with the decision


@transaction.atomic
def answer_report(*, report: ErrorReport, answer: str, is_public: bool, editor: User) -> ErrorReport:
    """Store the answer, or another one in its place; readers see it on the page of the row if it `is_public`."""
    answer = answer.replace("\r\n", "\n").strip()
    if not answer:
        raise RefusedError("The answer is empty.")
    if len(answer) > MAX_REPORT_LENGTH:
        raise RefusedError(
            f"An answer can have at most {MAX_REPORT_LENGTH:,} characters; this one has {len(answer):,}."
        )
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if (report.state, report.answer, report.is_public) == (ErrorReportState.ANSWERED, answer, is_public):
        return report
    if report.state != ErrorReportState.ANSWERED:
        change_state(report, ErrorReportState.ANSWERED)
    report.answer, report.is_public = answer, is_public
    return _store_decision(report, ["state", "answer", "is_public"], editor=editor)


@transaction.atomic
def dismiss_report(*, report: ErrorReport, editor: User) -> ErrorReport:
    """Decide that there is nothing to answer. Doing it again changes nothing."""
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if report.state == ErrorReportState.DISMISSED:
        return report
    change_state(report, ErrorReportState.DISMISSED)
    return _store_decision(report, ["state"], editor=editor)


def erase_decided_reports(*, now: datetime) -> int:
    """Erase what readers wrote, and their addresses, ERASED_AFTER the decision; returns how many reports it was."""
    due = ErrorReport.objects.filter(decided_at__lte=now - ERASED_AFTER, erased_at=None)
    return due.update(text="", contact="", erased_at=now)


def _store_decision(report: ErrorReport, fields: list[str], *, editor: User) -> ErrorReport:
    lock_answers()
    report.decided_by, report.decided_at = editor, timezone.now()
    audit.update([report], [*fields, "decided_by", "decided_at"], user=editor, cause=HistoryCause.DECIDED)
    return report
