"""`approvable_verifications` agrees with `contributor_ids`."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User

from claims.models import Evidence, Rating, TieReason, Verification
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.people.account_ties import confirm_by_operator, record_tie
from claims.services.verification import workflow
from claims.services.verification.approvers import approvable_verifications
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    user: User = make.UserFactory(username="ann")
    user.user_permissions.add(Permission.objects.get(codename="publish_verification"))
    return user


def written_by(by: User) -> Verification:
    row = verifications.make_draft()
    Verification.objects.filter(pk=row.pk).update(author=by)
    row.refresh_from_db()
    return workflow.submit_verification(verification=row, editor=by)


def reworded_by(by: User, **changes: object) -> Verification:
    row = verifications.make_draft()
    audit.create([Verification(claim=row.claim, author=row.author)], user=row.author, reason="another")
    audit.update([row], [], user=row.author, reason="as it was")
    for name, value in changes.items():
        setattr(row, name, value)
    audit.update([row], list(changes), user=by, reason="reworded")
    return workflow.submit_verification(verification=row, editor=row.author)


def evidence_added_by(by: User) -> Verification:
    row = verifications.make_draft()
    audit.create([Evidence(verification=row, url="https://example.org/x", stance="context")], user=by, reason="added")
    return workflow.submit_verification(verification=row, editor=row.author)


def reopen(row: Verification, times: int = 1) -> Verification:
    claim = row.claim
    for n in range(times):
        row = workflow.publish_verification(verification=row, approver=make.UserFactory())
        claim.refresh_from_db()
        claim.text = f"{claim.text} {n}"
        claim.save()
        workflow.reopen_outdated(claims=[claim], editor=make.UserFactory())
        row = Verification.objects.get(claim=claim, state="submitted")
    return row


CASES: dict[str, Callable[[User], Verification]] = {
    "another's": lambda ann: verifications.make_submitted(),
    "own": written_by,
    "explanation reworded": lambda ann: reworded_by(ann, explanation="Three gauges show it."),
    "rating changed": lambda ann: reworded_by(ann, rating=Rating.objects.get(slug="false")),
    "touched, not changed": reworded_by,
    "evidence added": evidence_added_by,
    "another's, reopened": lambda ann: reopen(verifications.make_submitted()),
    "own, reopened": lambda ann: reopen(written_by(ann)),
    "own, reopened twice": lambda ann: reopen(written_by(ann), times=2),
    "own, reopened five times": lambda ann: reopen(written_by(ann), times=5),
    "evidence added, then reopened": lambda ann: reopen(evidence_added_by(ann)),
    "reworded, then reopened": lambda ann: reopen(reworded_by(ann, explanation="Three gauges show it.")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_agrees_with_the_contributors(ann: User, case: Callable[[User], Verification]) -> None:
    row = case(ann)
    may_approve = ann.pk not in workflow.contributor_ids(row)
    assert list(approvable_verifications(by=ann).filter(pk=row.pk)) == ([row] if may_approve else [])


def test_the_cases_cover_both_answers(ann: User) -> None:
    contributed = [ann.pk in workflow.contributor_ids(case(ann)) for case in CASES.values()]
    assert contributed.count(True) == 9
    assert contributed.count(False) == 3


def test_only_submitted_verifications_are_listed(ann: User) -> None:
    for state in verifications.VERIFICATION_STATES:
        verifications.make_in_state(state)
    assert {row.state for row in approvable_verifications(by=ann)} == {"submitted"}


def test_none_are_listed_without_the_permission() -> None:
    verifications.make_submitted()
    assert not approvable_verifications(by=make.UserFactory()).exists()


def tie(account: User, person: User) -> None:
    record_tie(account=account, person=person, reason=TieReason.CREATED)


def tie_author(row: Verification, ann: User) -> None:
    tie(row.author, ann)


def tie_over_a_third(row: Verification, ann: User) -> None:
    third = make.UserFactory()
    tie(ann, third)
    tie(row.author, third)


def tie_helper(row: Verification, ann: User) -> None:
    helper = make.UserFactory()
    evidence = Evidence(verification=row, url="https://example.org/y", stance="context")
    audit.create([evidence], user=helper, reason="added")
    tie(ann, helper)


def confirm_after_it_was_begun(row: Verification, ann: User) -> None:
    tie_author(row, ann)
    confirm_by_operator(account=row.author)


def tie_author_of_reopened(row: Verification, ann: User) -> None:
    Verification.objects.filter(pk=reopen(row).pk).update(author=make.UserFactory())
    tie(row.author, ann)
    confirm_by_operator(account=row.author)


TIES = [tie_author, tie_over_a_third, tie_helper, confirm_after_it_was_begun, tie_author_of_reopened]


@pytest.mark.parametrize("tie_them", TIES)
def test_accounts_of_one_person_do_not_approve(ann: User, tie_them: Callable[[Verification, User], None]) -> None:
    row, other = verifications.make_submitted(), verifications.make_submitted()
    tie_them(row, ann)
    row = Verification.objects.get(claim=row.claim, state="submitted")
    assert list(approvable_verifications(by=ann)) == [other]
    with pytest.raises(RefusedError, match="count as one person because"):
        workflow.publish_verification(verification=row, approver=ann)
    assert workflow.publish_verification(verification=other, approver=ann).approver == ann


def test_a_verdict_begun_after_the_confirmation_may_be_approved(ann: User) -> None:
    author = make.UserFactory()
    tie(author, ann)
    confirm_by_operator(account=author)
    row = written_by(author)
    assert list(approvable_verifications(by=ann)) == [row]
    assert workflow.publish_verification(verification=row, approver=ann).approver == ann
