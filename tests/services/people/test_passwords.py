"""Whose password somebody else set, what ends that, and that it does not end the tie."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.test import override_settings

from claims.models import AccountTie
from claims.services.errors import RefusedError
from claims.services.people import passwords
from claims.services.verification.workflow import publish_verification
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db
FIRST, OWN = "brook-linden-7", "her-own-9-words"
UPGRADED_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def chief() -> User:
    user: User = make.UserFactory(username="chief")
    return user


@pytest.fixture
def eva(chief: User) -> User:
    """An editor whose password the chief set."""
    user: User = make.UserFactory(username="eva", is_staff=True)
    set_password(user, FIRST, by=chief)
    return user


def set_password(account: User, password: str, *, by: User) -> None:
    account.set_password(password)
    account.save()
    passwords.record_password_set(account=account, by=by)


def password_setter_ids(*accounts: User) -> set[int]:
    ties = AccountTie.objects.with_known_password().filter(account__in=accounts)
    return set(ties.values_list("person", flat=True))


def log_in(username: str, password: str) -> User:
    user = authenticate(HttpRequest(), username=username, password=password)
    assert isinstance(user, User)
    return user


def test_whoever_set_it_last_knows_it(eva: User, chief: User) -> None:
    assert password_setter_ids(chief, eva) == {chief.pk}
    set_password(eva, FIRST, by=chief)
    assert password_setter_ids(eva) == {chief.pk}
    root = make.UserFactory()
    set_password(eva, "brook-linden-8", by=root)
    assert password_setter_ids(eva) == {root.pk}
    assert password_setter_ids(chief) == set()
    passwords.record_password_set(account=eva, by=eva)
    assert password_setter_ids(eva) == set()


def test_nobody_knows_an_unusable_password(eva: User, chief: User) -> None:
    eva.set_unusable_password()
    eva.save()
    passwords.record_password_set(account=eva, by=chief)
    assert password_setter_ids(eva) == set()


def test_saving_a_new_password_ends_it(eva: User, chief: User) -> None:
    eva.set_password(OWN)
    assert password_setter_ids(eva) == {chief.pk}, "it is not saved yet"
    eva.save(update_fields=["first_name"])
    assert password_setter_ids(eva) == {chief.pk}, "nor is it now"
    eva.set_password(OWN)
    eva.save()
    assert password_setter_ids(eva) == set()


def test_a_login_that_hashes_the_password_anew_does_not_end_it(eva: User, chief: User) -> None:
    with override_settings(PASSWORD_HASHERS=UPGRADED_HASHERS):
        log_in("eva", FIRST)
        upgraded = User.objects.get(pk=eva.pk)
        assert upgraded.password.startswith("scrypt$")
        assert upgraded.password != eva.password
    assert password_setter_ids(upgraded) == {chief.pk}


def test_deleting_the_admin_log_does_not_end_it(eva: User, chief: User) -> None:
    LogEntry.objects.all().delete()
    assert password_setter_ids(eva) == {chief.pk}


def test_the_accounts_cannot_be_deleted_meanwhile(eva: User, chief: User) -> None:
    for account in (eva, chief):
        with pytest.raises(ProtectedError):
            account.delete()


def test_typing_the_known_password_again_is_refused(eva: User, chief: User) -> None:
    with pytest.raises(ValidationError, match="somebody else set"):
        validate_password(FIRST, eva)
    validate_password(OWN, eva)
    validate_password(FIRST, chief)
    validate_password(FIRST, User(username="new"))
    validate_password(FIRST)
    set_password(eva, FIRST, by=eva)
    validate_password(FIRST, eva)


def test_commands_end_or_do_not_begin_it(eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: OWN)
    call_command("changepassword", "eva")
    assert log_in("eva", OWN) == eva
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", FIRST)
    call_command("createsuperuser", interactive=False, username="root", email="root@example.org")
    call_command("create_editor", username="ann", group="Editor")
    assert User.objects.filter(username__in=["root", "ann"]).count() == 2
    assert not AccountTie.objects.with_known_password().exists()
    assert AccountTie.objects.get().account == eva, "the operator has no account that could approve"


@pytest.mark.parametrize("set_by", ["author", "approver"])
def test_whoever_set_a_password_counts_as_its_holder_whatever_it_is_now(set_by: str) -> None:
    row, approver = verifications.make_submitted(), make.UserFactory()
    holder, setter = (approver, row.author) if set_by == "author" else (row.author, approver)
    set_password(holder, FIRST, by=setter)
    LogEntry.objects.all().delete()
    with override_settings(PASSWORD_HASHERS=UPGRADED_HASHERS):
        holder = log_in(holder.username, FIRST)
    holder.set_password(OWN)
    holder.save()
    with pytest.raises(RefusedError, match=f"{setter} set the password of {holder} on"):
        publish_verification(verification=row, approver=approver)
