"""Who knows whose password, and what ends it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.test import override_settings
from django.utils import timezone

from claims.models import PasswordKnowledge
from claims.services.errors import RefusedError
from claims.services.people import passwords
from claims.services.verification.workflow import publish_verification
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db
FIRST, OWN = "brook-linden-7", "her-own-9-words"
UPGRADED_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]
admin_log = import_module("claims.migrations.0019_known_passwords_of_the_admin_log")


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


def log_in(username: str, password: str) -> User:
    user = authenticate(HttpRequest(), username=username, password=password)
    assert isinstance(user, User)
    return user


def test_whoever_set_it_last_knows_it(eva: User, chief: User) -> None:
    assert passwords.password_setter_ids([chief, eva]) == {chief.pk}
    set_password(eva, FIRST, by=chief)
    assert passwords.password_setter_ids([eva]) == {chief.pk}
    root = make.UserFactory()
    set_password(eva, "brook-linden-8", by=root)
    assert passwords.password_setter_ids([eva]) == {root.pk}
    assert passwords.password_setter_ids([chief]) == set()
    passwords.record_password_set(account=eva, by=eva)
    assert passwords.password_setter_ids([eva]) == set()


def test_nobody_knows_an_unusable_password(eva: User, chief: User) -> None:
    eva.set_unusable_password()
    eva.save()
    passwords.record_password_set(account=eva, by=chief)
    assert passwords.password_setter_ids([eva]) == set()


def test_saving_a_new_password_ends_it(eva: User, chief: User) -> None:
    eva.set_password(OWN)
    assert passwords.password_setter_ids([eva]) == {chief.pk}, "it is not saved yet"
    eva.save(update_fields=["first_name"])
    assert passwords.password_setter_ids([eva]) == {chief.pk}, "nor is it now"
    eva.set_password(OWN)
    eva.save()
    assert passwords.password_setter_ids([eva]) == set()


def test_a_login_that_hashes_the_password_anew_does_not_end_it(eva: User, chief: User) -> None:
    with override_settings(PASSWORD_HASHERS=UPGRADED_HASHERS):
        log_in("eva", FIRST)
        upgraded = User.objects.get(pk=eva.pk)
        assert upgraded.password.startswith("scrypt$")
        assert upgraded.password != eva.password
    assert passwords.password_setter_ids([upgraded]) == {chief.pk}


def test_deleting_the_admin_log_does_not_end_it(eva: User, chief: User) -> None:
    LogEntry.objects.all().delete()
    assert passwords.password_setter_ids([eva]) == {chief.pk}


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
    assert not PasswordKnowledge.objects.exists()


@pytest.mark.parametrize("set_by", ["author", "approver"])
def test_whoever_set_a_password_counts_as_its_holder(set_by: str) -> None:
    row, approver = verifications.make_submitted(), make.UserFactory()
    holder, setter = (approver, row.author) if set_by == "author" else (row.author, approver)
    set_password(holder, FIRST, by=setter)
    LogEntry.objects.all().delete()
    with override_settings(PASSWORD_HASHERS=UPGRADED_HASHERS):
        holder = log_in(holder.username, FIRST)
    with pytest.raises(
        RefusedError, match="set by someone who worked" if set_by == "author" else "You set the password"
    ):
        publish_verification(verification=row, approver=approver)
    holder.set_password(OWN)
    holder.save()
    assert publish_verification(verification=row, approver=approver).approver == approver


# --- From the admin log -----------------------------------------------------------------------------------------------


def log_as_before(account: User, by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [account], 2, change_message=admin_log.log_message(account), single_object=True)


def test_the_admin_log_of_earlier_versions_is_read(chief: User) -> None:
    eva, ann, own = (make.UserFactory(username=name, password="x") for name in ("eva", "ann", "own"))
    for user, password in ((eva, FIRST), (ann, FIRST), (own, OWN)):
        user.set_password(password)
        user.save()
        log_as_before(user, chief if user != own else own)
    ann.set_password(OWN)
    ann.save()
    LogEntry.objects.log_actions(chief.pk, [own], 2, change_message="Changed password.", single_object=True)
    admin_log.read_admin_log(apps, connection.schema_editor())
    [known] = PasswordKnowledge.objects.all()
    assert (known.holder, known.known_by, known.set_at.date()) == (eva, chief, timezone.now().date())


def test_backwards_the_admin_log_says_it(eva: User, chief: User) -> None:
    admin_log.write_admin_log(apps, connection.schema_editor())
    PasswordKnowledge.objects.all().delete()
    admin_log.read_admin_log(apps, connection.schema_editor())
    assert passwords.password_setter_ids([eva]) == {chief.pk}
