"""What the user has to do, in the order in which it is done: each task with its number and its first items."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse

from claims.admin.common.capped_count import format_capped_count
from claims.admin.common.formatting import truncate_line
from claims.admin.dashboard.tasks import my_drafts, sent_back_to
from claims.admin.review.queue import READING_ORDER, ReviewQueue
from claims.models import (
    Assignment,
    Comment,
    ErrorReport,
    ErrorReportState,
    Quote,
    QuoteDecision,
    Speaker,
    Verification,
)
from claims.services.quotes.skips import skipped_quotes
from claims.services.speakers.common_nouns import named_by_common_noun
from claims.services.verification.approvers import approvable_verifications

MAX_TASKS_COUNTED = 999  # more are shown as "999+"
MAX_ITEMS_SHOWN = 3  # of each task; the list that it links to has the others
MAX_BUTTON_TEXT = 70


@dataclass(frozen=True, slots=True)
class TaskItem:
    """One thing to do. `note` is what a colleague wrote about it; `warning` is why it is urgent."""

    url: str
    text: str
    about: str
    note: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of task of one user. `verb` says on the button what is done with its first item."""

    name: str
    title: str
    verb: str
    url: str
    rows: QuerySet[Any]
    item: Callable[[Any], TaskItem]


@dataclass(frozen=True, slots=True)
class TaskSection:
    """A task as it is shown. It has at least one item."""

    task: Task
    count: str
    items: list[TaskItem]

    @property
    def button(self) -> str:
        """The label of the button that starts with the first item."""
        return f"{self.task.verb.capitalize()}: {truncate_line(self.items[0].text, MAX_BUTTON_TEXT)}"


def filtered_list_url(model: str, **filters: str) -> str:
    page = reverse(f"admin:claims_{model}_changelist")
    return f"{page}?{urlencode(filters)}" if filters else page


def list_tasks(user: User) -> list[Task]:
    """The tasks that the user has the rights for, in their order."""
    tasks = []
    if user.has_perm("claims.decide_quote"):
        tasks += _quote_tasks(user)
    if user.has_perm("claims.view_assignment"):
        tasks.append(_assignments(user))
    if user.has_perm("claims.view_verification"):
        tasks += _verification_tasks(user)
    if user.has_perm("claims.decide_quote"):
        tasks.append(_changed_sources(user))
    if user.has_perm("claims.decide_quote") and user.has_perm("claims.change_speaker"):
        tasks.append(_speakers_named_by_common_noun())
    if user.has_perm("claims.view_comment"):
        tasks.append(_mentions(user))
    if user.has_perm("claims.change_errorreport"):
        tasks.append(_error_reports())
    return tasks


def build_sections(tasks: Iterable[Task], counts: dict[str, int]) -> list[TaskSection]:
    """The tasks of which there is something to do, by the counts under their names."""
    return [
        TaskSection(
            task,
            format_capped_count(counts[task.name], MAX_TASKS_COUNTED),
            [task.item(row) for row in task.rows[:MAX_ITEMS_SHOWN]],
        )
        for task in tasks
        if counts[task.name]
    ]


def _quote_tasks(user: User) -> list[Task]:
    skipped = skipped_quotes(editor=user)
    queue = ReviewQueue(editor=user, skipped=skipped)
    without_speaker = ReviewQueue(editor=user, speaker="none", skipped=skipped)
    return [
        Task("review", "Quotes to review", "review", queue.url(), _in_reading_order(queue), _quote_item(queue)),
        Task(
            "no-speaker",
            "Quotes without a speaker",
            "find the speaker of",
            without_speaker.url(),
            _in_reading_order(without_speaker),
            _quote_item(without_speaker),
        ),
    ]


def _changed_sources(user: User) -> Task:
    """Quotes that the newest text of their source lacks, public ones first; rejected ones do not matter."""
    queue = ReviewQueue(editor=user, decision="all", changed=True)
    rows = Quote.objects.missing_from_newest_snapshot(unresolved=True).exclude(decision=QuoteDecision.REJECTED)
    accepted_first = Case(When(decision=QuoteDecision.ACCEPTED, then=Value(0)), default=Value(1))
    rows = rows.select_related("speaker").order_by(accepted_first, *READING_ORDER)
    return Task("changed", "Quotes of changed sources", "check", queue.url(), rows, _quote_item(queue))


def _speakers_named_by_common_noun() -> Task:
    """Speakers such as "The company", which earlier versions of extraction added: their quotes are of several."""
    return Task(
        "common-nouns",
        "Speakers named by a common noun",
        "find whose quotes are under",
        filtered_list_url("speaker", named="common-noun"),
        named_by_common_noun().order_by("name", "pk"),
        _speaker_item,
    )


def _speaker_item(speaker: Speaker) -> TaskItem:
    return TaskItem(
        url=reverse("admin:claims_speaker_change", args=[speaker.pk]),
        text=truncate_line(speaker.name, 160),
        about=speaker.get_kind_display(),
    )


def _in_reading_order(queue: ReviewQueue) -> QuerySet[Quote]:
    """The quotes as the queue shows them: those that the user skipped today come last."""
    rows = queue.rows().select_related("speaker")
    if queue.skipped:
        return rows.order_by(Case(When(pk__in=queue.skipped, then=Value(1)), default=Value(0)), *READING_ORDER)
    return rows.order_by(*READING_ORDER)


def _quote_item(queue: ReviewQueue) -> Callable[[Quote], TaskItem]:
    return lambda quote: TaskItem(
        url=queue.url(quote.pk),
        text=quote.in_marks(160),
        about=quote.speaker_label,
        warning="public" if quote.decision == QuoteDecision.ACCEPTED else "",
    )


def _assignments(user: User) -> Task:
    rows = Assignment.objects.open().filter(assignee=user).most_urgent_first()
    subjects = ("source", "claim", "verification__claim", "verification__rating")
    return Task(
        "assigned",
        "Assigned to you",
        "work on",
        filtered_list_url("assignment", assigned="me"),
        rows.select_related("assigned_by", *subjects),
        _assignment_item,
    )


def _assignment_item(assignment: Assignment) -> TaskItem:
    subject = assignment.subject
    due = f", due {assignment.due_on:%Y-%m-%d}" if assignment.due_on and not assignment.is_overdue else ""
    return TaskItem(
        url=reverse(f"admin:claims_{subject._meta.model_name}_change", args=[subject.pk]),
        text=truncate_line(str(subject), 160),
        about=f"{str(subject._meta.verbose_name).capitalize()}, by {assignment.assigned_by}{due}",
        note=assignment.note,
        warning=f"overdue since {assignment.due_on:%Y-%m-%d}" if assignment.is_overdue else "",
    )


def _verification_tasks(user: User) -> list[Task]:
    """Their names are the values of `VerificationTaskFilter`."""
    tasks = (
        ("sent-back", "Sent back to you", "revise the verdict on", sent_back_to(user)),
        ("approval", "Waiting for your approval", "approve the verdict on", approvable_verifications(by=user)),
        ("draft", "Your drafts", "finish the verdict on", my_drafts(user)),
    )
    return [
        Task(
            name,
            title,
            verb,
            filtered_list_url("verification", waiting=name),
            rows.select_related("claim", "rating", "author").order_by("submitted_at", "created_at", "pk"),
            _verification_item,
        )
        for name, title, verb, rows in tasks
    ]


def _verification_item(verification: Verification) -> TaskItem:
    return TaskItem(
        url=reverse("admin:claims_verification_change", args=[verification.pk]),
        text=truncate_line(verification.claim.text, 160),
        about=f"{verification.rating or 'No rating'}, by {verification.author}",
        note=truncate_line(verification.comment, 160),
    )


def _mentions(user: User) -> Task:
    rows = Comment.objects.with_open_mention_of(user.pk).select_related("author").order_by("created_at", "pk")
    url = filtered_list_url("comment", waiting="me")
    return Task("mentions", "Comments that mention you", "answer", url, rows, _comment_item)


def _comment_item(comment: Comment) -> TaskItem:
    return TaskItem(
        url=comment_url(comment), text=truncate_line(comment.text, 160), about=comment.author.get_username()
    )


def _error_reports() -> Task:
    rows = ErrorReport.objects.new().order_by("created_at", "pk")
    url = filtered_list_url("errorreport", state__exact=ErrorReportState.NEW)
    return Task("reports", "Error reports from readers", "answer the report", url, rows, _error_report_item)


def _error_report_item(report: ErrorReport) -> TaskItem:
    return TaskItem(
        url=reverse("admin:claims_errorreport_change", args=[report.pk]),
        text=truncate_line(report.text, 160),
        about=truncate_line(report.subject or "The site", 160),
    )


def comment_url(comment: Comment) -> str:
    """The comment on the page of its subject, without reading the subject."""
    kind, pk = next((kind, pk) for kind in ("quote", "claim", "verification") if (pk := getattr(comment, f"{kind}_id")))
    return f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comment-{comment.pk}"
