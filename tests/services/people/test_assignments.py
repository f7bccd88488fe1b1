"""Assignments of sources, claims and verifications."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from claims.models import Assignment, Operation
from claims.models.assignment import MAX_ASSIGNMENT_NOTE
from claims.services.claims.corrections import retract_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError
from claims.services.people.accounts import users_who_may_see
from claims.services.people.assignments import assign, finish_assignment, unassign
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.concurrency import run_concurrently
from tests.services.history.undo_last import undo_last
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
DAY = dt.timedelta(days=1)


def create_member(group: str = "Editor", **fields: Any) -> User:
    user: User = make.UserFactory(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("factory", [make.SourceFactory, make.ClaimFactory, make.VerificationFactory])
def test_each_kind_of_object_is_assigned_and_the_assignment_undone(editor: User, factory: Callable[[], Model]) -> None:
    row, ben = factory(), create_member(username="ben")
    before = dump_models("assignment")
    [assignment] = assign(rows=[row], assignee=ben, editor=editor, due_on=TODAY + DAY, note="  Before\nnoon ")
    stored = Assignment.objects.get()
    assert stored == assignment
    assert (stored.subject, stored.assignee, stored.assigned_by) == (row, ben, editor)
    assert (stored.due_on, stored.note, stored.done_at) == (TODAY + DAY, "Before noon", None)
    assert stored.history.get().history_user == editor
    assert Operation.objects.get().summary == f"Assigned “{row}” to ben"
    undo_last(editor)
    assert dump_models("assignment") == before


def test_assigning_twice_changes_nothing(editor: User) -> None:
    claim, ben = make.ClaimFactory(), create_member()
    assign(rows=[claim], assignee=ben, editor=editor, due_on=TODAY)
    before = dump_models("assignment", "historicalassignment", "operation")
    assert assign(rows=[claim], assignee=ben, editor=editor, due_on=TODAY) == []
    assert dump_models("assignment", "historicalassignment", "operation") == before


def test_an_object_has_one_assignment_which_is_passed_on(editor: User) -> None:
    claim, ben, eva = make.ClaimFactory(), create_member(username="ben"), create_member(username="eva")
    assign(rows=[claim], assignee=ben, editor=editor, due_on=TODAY, note="Look.")
    assign(rows=[claim], assignee=eva, editor=ben)
    stored = Assignment.objects.get()
    assert (stored.assignee, stored.assigned_by, stored.due_on, stored.note) == (eva, ben, None, "")
    assert [entry.assignee for entry in stored.history.order_by("history_id")] == [ben, eva]
    undo_last(ben)
    stored.refresh_from_db()
    assert (stored.assignee, stored.assigned_by, stored.due_on, stored.note) == (ben, editor, TODAY, "Look.")


def test_many_objects_are_assigned_at_once(editor: User) -> None:
    claims, ben = [make.ClaimFactory() for _ in range(3)], create_member(username="ben")
    assign(rows=claims[:1], assignee=ben, editor=editor)
    assert len(assign(rows=claims, assignee=ben, editor=editor)) == 2
    assert Operation.objects.first().summary == "Assigned 2 claims to ben"
    assert {assignment.claim for assignment in Assignment.objects.open()} == set(claims)
    undo_last(editor)
    assert Assignment.objects.get().claim == claims[0]


def test_an_assignment_is_removed_and_the_removal_undone(editor: User) -> None:
    claim, ben = make.ClaimFactory(), create_member()
    assign(rows=[claim], assignee=ben, editor=editor)
    before = dump_models("assignment")
    assert len(unassign(rows=[claim], editor=editor)) == 1
    assert not Assignment.objects.exists()
    assert unassign(rows=[claim], editor=editor) == []
    undo_last(editor)
    assert dump_models("assignment") == before


def test_done_and_undone(editor: User) -> None:
    source, ben = make.SourceFactory(), create_member()
    [assignment] = assign(rows=[source], assignee=ben, editor=editor, due_on=TODAY - DAY)
    assert list(Assignment.objects.overdue()) == [assignment]
    first_time = finish_assignment(assignment=assignment, editor=ben).done_at
    assert finish_assignment(assignment=assignment, editor=ben).done_at == first_time is not None
    assert not Assignment.objects.open().exists()
    undo_last(ben)
    assert list(Assignment.objects.overdue()) == [assignment]


def test_an_undo_does_not_take_an_object_away_from_whoever_has_it_now(editor: User) -> None:
    claim, ben, eva = make.ClaimFactory(), create_member(), create_member()
    [assignment] = assign(rows=[claim], assignee=ben, editor=editor)
    finish_assignment(assignment=assignment, editor=ben)
    assign(rows=[claim], assignee=eva, editor=editor)
    assert Assignment.objects.open().get().assignee == eva
    with pytest.raises(ChangedError):
        undo_last(ben)


def test_what_is_assigned_again_is_open_again(editor: User) -> None:
    claim, ben = make.ClaimFactory(), create_member()
    [assignment] = assign(rows=[claim], assignee=ben, editor=editor)
    finish_assignment(assignment=assignment, editor=ben)
    assign(rows=[claim], assignee=ben, editor=editor)
    assert list(Assignment.objects.open()) == [assignment]


def test_only_those_who_may_see_an_object_can_have_it(editor: User) -> None:
    members = [create_member(group) for group in ("Reporter", "Editor", "Approver", "Chief")]
    chief = User.objects.create_superuser("root")
    source_reader = make.UserFactory()
    source_reader.user_permissions.add(Permission.objects.get(codename="view_source"))
    gone, reader, nobody = create_member(is_active=False), create_member(is_staff=False), make.UserFactory()
    claim, source = make.ClaimFactory(), make.SourceFactory()
    assert set(users_who_may_see(type(claim))) == {*members, chief}
    assert set(users_who_may_see(type(source))) == {*members, chief, source_reader}
    for user in (gone, reader, nobody, source_reader):
        with pytest.raises(RefusedError, match=f"{user} may not see claims"):
            assign(rows=[claim], assignee=user, editor=editor)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("state", ["published", "superseded", "withdrawn"])
def test_finished_verifications_cannot_be_assigned(editor: User, state: Any) -> None:
    row = verifications.make_in_state(state)
    with pytest.raises(RefusedError, match="is finished"):
        assign(rows=[verifications.make_draft(), row], assignee=create_member(), editor=editor)
    assert not Assignment.objects.exists(), "all or nothing"


@pytest.mark.parametrize("fields", [{"retracted_at": timezone.now()}, {"merged_into": 0}], ids=["retracted", "merged"])
def test_finished_claims_cannot_be_assigned(editor: User, fields: dict[str, Any]) -> None:
    if "merged_into" in fields:
        fields = {"merged_into": make.ClaimFactory()}
    claim = make.ClaimFactory(released=True, **fields)
    with pytest.raises(RefusedError, match="cannot be assigned"):
        assign(rows=[claim], assignee=create_member(), editor=editor)


def test_a_note_has_a_greatest_length(editor: User) -> None:
    claim, ben = make.ClaimFactory(), create_member()
    with pytest.raises(RefusedError, match=f"at most {MAX_ASSIGNMENT_NOTE} characters"):
        assign(rows=[claim], assignee=ben, editor=editor, note="x" * (MAX_ASSIGNMENT_NOTE + 1))
    assert assign(rows=[claim], assignee=ben, editor=editor, note="x" * MAX_ASSIGNMENT_NOTE)


def test_a_published_verdict_ends_the_assignments_of_verification_and_claim(editor: User) -> None:
    row, ben = verifications.make_submitted(), create_member()
    other = verifications.make_submitted()
    for subject in (row, row.claim, other, other.claim):
        assign(rows=[subject], assignee=ben, editor=editor)
    workflow.publish_verification(verification=row, approver=editor)
    assert {assignment.subject for assignment in Assignment.objects.open()} == {other, other.claim}
    assert Assignment.history.filter(history_change_reason="verification published").count() == 2
    workflow.withdraw_verification(verification=other, editor=editor, reason="A gauge broke.")
    assert {assignment.subject for assignment in Assignment.objects.open()} == {other.claim}


def test_the_assignment_of_a_retracted_claim_is_no_task(editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    assign(rows=[claim], assignee=create_member(), editor=editor, due_on=TODAY - DAY)
    retract_claim(claim=claim, editor=editor, reason="Wrong.")
    assert not Assignment.objects.open().exists()
    assert not Assignment.objects.overdue().exists()


def test_due_dates_come_first_and_today_is_not_overdue(editor: User) -> None:
    ben, today = create_member(), timezone.now().date()  # which may be the day after the run began
    claims = {due: make.ClaimFactory() for due in (None, today + DAY, today, today - DAY)}
    for due, claim in claims.items():
        assign(rows=[claim], assignee=ben, editor=editor, due_on=due)
    ordered = list(Assignment.objects.open().most_urgent_first())
    assert [row.due_on for row in ordered] == [today - DAY, today, today + DAY, None]
    assert [row.is_overdue for row in ordered] == [True, False, False, False]


def test_the_database_allows_one_assignment_of_an_object(editor: User) -> None:
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=create_member(), editor=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(claim=claim, assignee=editor, assigned_by=editor)


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_leave_one_assignment(editor: User, ann: User) -> None:
    claim, ben, eva = make.ClaimFactory(), create_member(), create_member()
    run_concurrently(
        lambda: assign(rows=[claim], assignee=ben, editor=editor),
        lambda: assign(rows=[claim], assignee=eva, editor=ann),
    )
    assert Assignment.objects.get().assignee in {ben, eva}
