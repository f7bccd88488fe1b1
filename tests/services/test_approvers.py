"""What waits for one's approval, asked at once, is what `verify.writers` says row by row."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User

from claims.models import Evidence, Rating, Verification
from claims.services import record, verify
from claims.services.approvers import to_approve
from tests import factories as make
from tests.services import verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    user: User = make.UserFactory(username="ann")
    user.user_permissions.add(Permission.objects.get(codename="publish_verification"))
    return user


def written(by: User) -> Verification:
    row = verdicts.draft()
    Verification.objects.filter(pk=row.pk).update(author=by)
    row.refresh_from_db()
    return verify.submit_verification(verification=row, editor=by)


def reworded(by: User, **changed: object) -> Verification:
    row = verdicts.draft()
    record.create([Verification(claim=row.claim, author=row.author)], user=row.author, reason="another")
    record.update([row], [], user=row.author, reason="as it was")
    for name, value in changed.items():
        setattr(row, name, value)
    record.update([row], list(changed), user=by, reason="reworded")
    return verify.submit_verification(verification=row, editor=row.author)


def with_evidence(by: User) -> Verification:
    row = verdicts.draft()
    record.create([Evidence(verification=row, url="https://example.org/x", stance="context")], user=by, reason="added")
    return verify.submit_verification(verification=row, editor=row.author)


def reopened(row: Verification, times: int = 1) -> Verification:
    claim = row.claim
    for n in range(times):
        row = verify.publish_verification(verification=row, approver=make.UserFactory())
        claim.refresh_from_db()
        claim.text = f"{claim.text} {n}"
        claim.save()
        verify.reopen_changed(claims=[claim], editor=make.UserFactory())
        row = Verification.objects.get(claim=claim, state="submitted")
    return row


CASES: dict[str, Callable[[User], Verification]] = {
    "another's": lambda ann: verdicts.submitted(),
    "her own": written,
    "explanation reworded": lambda ann: reworded(ann, explanation="Three gauges show it."),
    "rating changed": lambda ann: reworded(ann, rating=Rating.objects.get(slug="false")),
    "touched, not changed": reworded,
    "evidence added": with_evidence,
    "another's reopened": lambda ann: reopened(verdicts.submitted()),
    "her own reopened": lambda ann: reopened(written(ann)),
    "her own reopened twice": lambda ann: reopened(written(ann), times=2),
    "evidence added, then reopened": lambda ann: reopened(with_evidence(ann)),
    "reworded, then reopened": lambda ann: reopened(reworded(ann, explanation="Three gauges show it.")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_as_row_by_row(ann: User, case: Callable[[User], Verification]) -> None:
    row = case(ann)
    may = ann.pk not in verify.writers(row)
    assert list(to_approve(by=ann).filter(pk=row.pk)) == ([row] if may else [])


def test_both_answers_are_among_the_cases(ann: User) -> None:
    found = [ann.pk in verify.writers(case(ann)) for case in CASES.values()]
    assert found.count(True) == 8
    assert found.count(False) == 3


def test_only_what_was_submitted(ann: User) -> None:
    for state in verdicts.STATES:
        verdicts.in_state(state)
    assert {row.state for row in to_approve(by=ann)} == {"submitted"}


def test_nothing_waits_for_who_approves_nothing() -> None:
    verdicts.submitted()
    assert not to_approve(by=make.UserFactory()).exists()
