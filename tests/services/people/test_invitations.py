"""Invitations: a link that works once, and what it says about who holds the account."""

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from claims.models import Invitation
from claims.services.errors import RefusedError
from claims.services.people import account_ties, accounts, invitations
from tests import factories as make

pytestmark = pytest.mark.django_db

PASSWORD = "one quite long sentence"


@pytest.fixture
def inviter() -> User:
    user: User = make.UserFactory()
    user.groups.add(Group.objects.get(name="Chief"))
    return user


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "facts@example.org"


def find_token(text: str) -> str:
    return re.search(r"/invitation/([\w-]{43})/", text)[1]


def invite(by: User | None, *names: str, email: str = "ann@example.org") -> str:
    """The token of an invitation that was shown."""
    groups = list(Group.objects.filter(name__in=names))
    return find_token(invitations.invite_by_link(email=email, groups=groups, by=by)[1])


def accept(token: str, username: str = "ann", password: str = PASSWORD) -> User:
    return invitations.accept(token=token, username=username, password=password)


def test_link_is_in_the_mail_alone(inviter: User, mailoutbox: list[EmailMessage]) -> None:
    invitation = invitations.invite_by_mail(email="ann@example.org", groups=[], by=inviter)
    assert mailoutbox[0].to == ["ann@example.org"]
    token = find_token(str(mailoutbox[0].body))
    invitation.refresh_from_db()
    assert token not in str(invitation.__dict__)
    assert invitations.find_open_invitation(token) == invitation


def test_account_has_the_groups_and_the_address(inviter: User) -> None:
    account = accept(invite(inviter, "Editor"))
    assert account.is_staff
    assert account.email == "ann@example.org"
    assert [group.name for group in account.groups.all()] == ["Editor"]
    assert account.check_password(PASSWORD)


def test_accepting_leaves_the_name_free_and_inviting_does_not(inviter: User) -> None:
    account = accept(invite(inviter))
    assert not accounts.has_done_something(account)
    assert accounts.has_done_something(inviter)
    User.objects.filter(pk=account.pk).update(username="anna")
    with pytest.raises(IntegrityError, match="account_name_stays"), transaction.atomic():
        User.objects.filter(pk=inviter.pk).update(username="another")


def test_link_works_once(inviter: User) -> None:
    token = invite(inviter)
    accept(token)
    with pytest.raises(RefusedError, match="used already"):
        accept(token, "bob")
    assert not User.objects.filter(username="bob").exists()


def test_link_expires(inviter: User) -> None:
    token = invite(inviter)
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(RefusedError, match="too old"):
        accept(token)


def test_link_is_withdrawn(inviter: User) -> None:
    token = invite(inviter)
    invitations.withdraw(invitation=Invitation.objects.get())
    with pytest.raises(RefusedError, match="withdrawn"):
        accept(token)


def test_second_invitation_replaces_the_first(inviter: User) -> None:
    first, second = invite(inviter), invite(inviter, email="Ann@example.org")
    assert invitations.find_open_invitation(first) is None
    accept(second)


@pytest.mark.parametrize("email", ["", "nobody", "a b@example.org", "ann@example.org\nBcc: eve@example.org"])
def test_bad_address_is_refused(inviter: User, email: str) -> None:
    with pytest.raises(RefusedError, match="not an e-mail address"):
        invite(inviter, email=email)


def test_address_of_an_account_is_refused(inviter: User) -> None:
    User.objects.create_user("eva", email="Ann@example.org")
    with pytest.raises(RefusedError, match="already an account"):
        invite(inviter)


def test_nobody_invites_to_more_rights_than_their_own() -> None:
    editor = make.UserFactory()
    editor.groups.add(Group.objects.get(name="Editor"))
    with pytest.raises(RefusedError, match="fewer rights"):
        invite(editor, "Chief")


def test_inviter_who_lost_rights_gives_them_to_nobody(inviter: User) -> None:
    token = invite(inviter, "Approver")
    inviter.groups.clear()
    assert not accept(token).groups.exists()


def test_bad_password_and_taken_name_leave_the_link_open(inviter: User) -> None:
    token = invite(inviter)
    with pytest.raises(ValidationError, match="12 characters"):
        accept(token, password="short")
    with pytest.raises(RefusedError, match="taken"):
        accept(token, username=inviter.username)
    accept(token)


def test_name_that_only_looks_different_is_taken(inviter: User) -> None:
    token = invite(inviter)
    User.objects.create_user("ann")
    with pytest.raises(RefusedError, match="taken"):
        accept(token, username="\uff41\uff4e\uff4e")  # full-width letters


def test_mail_that_is_refused_leaves_no_invitation(inviter: User) -> None:
    error = SMTPRecipientsRefused({"ann@example.org": (550, b"no such user")})
    with patch.object(EmailMessage, "send", side_effect=error), pytest.raises(RefusedError, match="could not be sent"):
        invitations.invite_by_mail(email="ann@example.org", groups=[], by=inviter)
    assert not Invitation.objects.exists()


def test_only_a_mailed_link_proves_the_holder(inviter: User, mailoutbox: list[EmailMessage]) -> None:
    shown = accept(invite(inviter))
    invitations.invite_by_mail(email="bob@example.org", groups=[], by=inviter)
    mailed = accept(find_token(str(mailoutbox[0].body)), "bob")
    assert not Invitation.objects.proving_holder().exists()
    assert account_ties.current_aliases(inviter) == {shown.pk, mailed.pk}, (
        "who made them counts as one person with them"
    )
    for account in (shown, mailed):
        invitations.record_second_factor(invitation_id=account.invitation.pk, account=account)
    assert [invitation.account for invitation in Invitation.objects.proving_holder()] == [mailed]
    assert account_ties.current_aliases(inviter) == {shown.pk}


def test_second_factor_of_another_account_proves_nothing(inviter: User) -> None:
    account = accept(invite(inviter))
    invitations.record_second_factor(invitation_id=account.invitation.pk, account=inviter)
    assert not Invitation.objects.exclude(second_factor_at=None).exists()
