"""Which invited accounts count as one person with whoever invited them, over HTTP."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from claims.services.people.account_ties import current_aliases
from tests.admin.admin_client import client_in_group
from tests.admin.people.test_signing_in import ADD_URL, accept_invitation, enrol, find_path

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def inviter(settings: Settings) -> User:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "facts@example.org"
    client_in_group("Chief", "chief")
    return User.objects.get(username="chief")


def accept_with_second_factor(path: str, inviter: User, on_commit: DjangoCaptureOnCommitCallbacks) -> None:
    ann = accept_invitation(path)
    assert current_aliases(inviter) == {User.objects.get(username="ann").pk}
    with on_commit(execute=True):
        enrol(ann)


def test_mailed_invitation_and_second_factor_make_another_person(
    inviter: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """So does a second mailbox of the inviter's own: whose it is, the software does not know (docs/operating.md)."""
    client = Client()
    client.force_login(inviter)
    client.post(ADD_URL, {"email": "ann@example.org"})
    accept_with_second_factor(find_path(mailoutbox[0]), inviter, django_capture_on_commit_callbacks)
    assert not current_aliases(inviter)


def test_link_that_the_inviter_saw_does_not(
    inviter: User,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    call_command("invite", "ann@example.org", "--by", "chief")
    path = re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[1]
    accept_with_second_factor(path, inviter, django_capture_on_commit_callbacks)
    assert current_aliases(inviter) == {User.objects.get(username="ann").pk}
