"""Assignments: sources, claims and verifications that one editor is to work on.

The verdict on a verification or a claim ends its assignment. That of a source is marked as done by hand.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q
from django.utils import timezone

from claims.models import Assignment, Claim, NoticeKind, OperationVerb, Source, Verification, VerificationState
from claims.models.assignment import MAX_ASSIGNMENT_NOTE
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.people.accounts import users_who_may_see
from claims.services.people.notices import notify

AssignedModel = type[Source] | type[Claim] | type[Verification]
_UNFINISHED_STATES = (VerificationState.DRAFT, VerificationState.SUBMITTED)


def assign(
    *,
    rows: Sequence[Source] | Sequence[Claim] | Sequence[Verification],
    assignee: User,
    editor: User,
    due_on: date | None = None,
    note: str = "",
) -> list[Assignment]:
    """Assign objects of one model to a user, in place of earlier assignments; returns those that changed.

    Raises RefusedError for a user who may not see the objects, a note that is too long, and for what is finished: a
    claim that was retracted or merged, a verification that is neither draft nor submitted.
    """
    if not rows:
        return []
    model, note = type(rows[0]), " ".join(note.replace("\0", "").split())
    if len(note) > MAX_ASSIGNMENT_NOTE:
        raise RefusedError(f"The note can have at most {MAX_ASSIGNMENT_NOTE} characters; this one has {len(note)}.")
    if not users_who_may_see(model).filter(pk=assignee.pk).exists():
        raise RefusedError(f"{assignee} may not see {model._meta.verbose_name_plural}. Choose somebody else.")
    with audit.operation(verb=OperationVerb.ASSIGN, editor=editor) as journal:
        assignments = _lock_assignments(model, [row.pk for row in rows])
        wanted = {"assignee_id": assignee.pk, "due_on": due_on, "note": note, "done_at": None}
        changed = [
            assignment
            for assignment in assignments
            if assignment.pk is None or any(getattr(assignment, name) != value for name, value in wanted.items())
        ]
        newly = [row for row in changed if row.pk is None or row.done_at or row.assignee_id != assignee.pk]
        for assignment in changed:
            assignment.assignee, assignment.assigned_by = assignee, editor
            assignment.due_on, assignment.note, assignment.done_at = due_on, note, None
        journal.summary = f"Assigned {_describe(changed, model)} to {assignee}"
        reason = f"assigned to {assignee}"
        new, stored = ([row for row in changed if (row.pk is None) == is_new] for is_new in (True, False))
        audit.create(new, user=editor, reason=reason)
        audit.update(stored, ["assignee", "assigned_by", "due_on", "note", "done_at"], user=editor, reason=reason)
        notify(kind=NoticeKind.ASSIGNED, about=[row.subject for row in newly], to=[assignee], by=editor, text=note)
    return changed


def unassign(*, rows: Sequence[Source] | Sequence[Claim] | Sequence[Verification], editor: User) -> list[Assignment]:
    """Take the objects away from whoever they are assigned to; returns the assignments that were removed."""
    if not rows:
        return []
    model = type(rows[0])
    name = str(model._meta.model_name)
    with audit.operation(verb=OperationVerb.ASSIGN, editor=editor) as journal:
        found = Assignment.objects.select_for_update().filter(done_at=None, **{f"{name}__in": [row.pk for row in rows]})
        removed = list(found.order_by("pk"))
        journal.summary = f"Assigned {_describe(removed, model)} to nobody"
        for assignment in removed:
            audit.delete(assignment, user=editor, reason="assigned to nobody")
    return removed


def finish_assignment(*, assignment: Assignment, editor: User) -> Assignment:
    """Mark an assignment as done. Doing it again changes nothing."""
    with audit.operation(
        verb=OperationVerb.ASSIGNMENT_DONE, summary=f"Done: “{str(assignment.subject)[:150]}”", editor=editor
    ):
        locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
        _finish([locked] if locked.done_at is None else [], editor=editor, reason="done")
    return locked


def finish_with_verdict(*, verification: Verification, editor: User) -> None:
    """End what a verdict ends, in the caller's transaction: the verification's assignment.

    If it was published, also that of its claim.
    """
    ended = Q(verification=verification)
    if verification.state == VerificationState.PUBLISHED:
        ended |= Q(claim=verification.claim_id)
    found = Assignment.objects.select_for_update().filter(ended, done_at=None).order_by("pk")
    _finish(list(found), editor=editor, reason=f"verification {verification.get_state_display().lower()}")


def _finish(assignments: list[Assignment], *, editor: User, reason: str) -> None:
    for assignment in assignments:
        assignment.done_at = timezone.now()
    audit.update(assignments, ["done_at"], user=editor, reason=reason)


def _lock_assignments(model: AssignedModel, ids: Collection[int]) -> list[Assignment]:
    """The assignment of each object, in the order of their ids; a new one for those that have none."""
    # The objects are locked as well: an object without an assignment must not get two.
    rows: list[Any] = list(model._base_manager.select_for_update().filter(pk__in=ids).order_by("pk"))
    for row in rows:
        _refuse_finished(row)
    name = str(model._meta.model_name)
    stored = Assignment.objects.select_for_update().filter(**{f"{name}__in": rows}).order_by("pk")
    by_row = {getattr(assignment, f"{name}_id"): assignment for assignment in stored}
    return [by_row.get(row.pk) or Assignment(**{name: row}) for row in rows]


def _refuse_finished(row: Source | Claim | Verification) -> None:
    if isinstance(row, Claim) and (row.retracted_at or row.merged_into_id):
        raise RefusedError(f"“{row}” was {'retracted' if row.retracted_at else 'merged'} and cannot be assigned.")
    if isinstance(row, Verification) and row.state not in _UNFINISHED_STATES:
        raise RefusedError(f"The verification “{row}” is finished and cannot be assigned.")


def _describe(assignments: Sequence[Assignment], model: type[Model]) -> str:
    if len(assignments) == 1:
        return f"“{str(assignments[0].subject)[:150]}”"
    return f"{len(assignments)} {model._meta.verbose_name_plural}"
