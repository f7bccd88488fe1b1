"""Readers' reports: what is kept of them, who sees an answer, and when they are erased."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import ErrorReport, ErrorReportState, ResourceKind
from claims.services.errors import RefusedError
from claims.services.site.error_reports import (
    answer_report,
    dismiss_report,
    erase_decided_reports,
    report_error,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def answering_editor() -> User:
    editor: User = make.UserFactory()
    return editor


def report(pk: int = 7, text: str = "Wrong.") -> ErrorReport:
    return report_error(text=text, contact="ann@example.org", kind=ResourceKind.CLAIMS, pk=pk, subject="Rivers rise.")


def public_answers(kind: ResourceKind, pk: int) -> list[str]:
    return list(ErrorReport.objects.public_answers(kind, pk).values_list("answer", flat=True))


@pytest.mark.parametrize("text", ["", " \n", "\0", "x" * 5001])
def test_a_report_says_something(text: str) -> None:
    with pytest.raises(RefusedError, match="has 1 to 5,000 characters"):
        report_error(text=text)


def test_public_answers_are_shown_on_their_row_newest_first(answering_editor: User) -> None:
    for answer, is_public, pk in (("First.", True, 7), ("Private.", False, 7), ("Other.", True, 8), ("Last.", True, 7)):
        answer_report(report=report(pk), answer=f" {answer}\r\n", is_public=is_public, editor=answering_editor)
    assert public_answers(ResourceKind.CLAIMS, 7) == ["Last.", "First."]
    assert not public_answers(ResourceKind.QUOTES, 7)


def test_an_answer_can_be_replaced_and_taken_back(answering_editor: User) -> None:
    row = answer_report(report=report(), answer="No.", is_public=True, editor=answering_editor)
    entries = row.history.count()
    answer_report(report=row, answer="No.", is_public=True, editor=answering_editor)
    assert row.history.count() == entries
    answer_report(report=row, answer="Yes.", is_public=False, editor=answering_editor)
    assert not public_answers(ResourceKind.CLAIMS, 7)
    assert [entry.answer for entry in row.history.order_by("history_id")] == ["No.", "Yes."]


def test_empty_answers_are_refused(answering_editor: User) -> None:
    for answer in ("", " \n", "x" * 5001):
        with pytest.raises(RefusedError):
            answer_report(report=report(), answer=answer, is_public=True, editor=answering_editor)


def test_history_keeps_nothing_of_the_reader(answering_editor: User) -> None:
    row = answer_report(report=report(), answer="No.", is_public=False, editor=answering_editor)
    columns = {field.name for field in type(row.history.get())._meta.get_fields()}
    assert not columns & {"text", "contact"}


def test_reports_are_erased_ninety_days_after_the_decision(answering_editor: User) -> None:
    new, dismissed, answered = report(), report(), report()
    dismiss_report(report=dismissed, editor=answering_editor)
    answer_report(report=answered, answer="No.", is_public=True, editor=answering_editor)
    now = timezone.now()
    assert erase_decided_reports(now=now + dt.timedelta(days=89)) == 0
    assert erase_decided_reports(now=now + dt.timedelta(days=91)) == 2
    assert erase_decided_reports(now=now + dt.timedelta(days=92)) == 0
    kept = {row.pk: (row.text, row.contact) for row in ErrorReport.objects.all()}
    assert kept == {new.pk: ("Wrong.", "ann@example.org"), dismissed.pk: ("", ""), answered.pk: ("", "")}
    assert public_answers(ResourceKind.CLAIMS, 7) == ["No."]


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("error_report_is_on_one_row_or_none", {"kind": "claims", "object_id": None}),
        ("error_report_is_on_one_row_or_none", {"kind": "", "object_id": 3}),
        ("error_report_kind_is_known", {"kind": "pages", "object_id": 3}),
        ("error_report_says_something_until_erased", {"text": ""}),
        ("error_report_state_is_known", {"state": "lost"}),
        ("error_report_is_decided_by_a_person", {"state": ErrorReportState.DISMISSED}),
        ("error_report_public_answer_says_something", {"is_public": True}),
    ],
)
def test_the_database_refuses(constraint: str, columns: dict[str, object]) -> None:
    row = report()
    if constraint == "error_report_state_is_known":
        columns = columns | {"decided_by": make.UserFactory(), "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ErrorReport.objects.filter(pk=row.pk).update(**columns)
