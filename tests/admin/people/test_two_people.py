"""One person with two accounts can't approve their own verdict, whatever they do to the accounts in the admin."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client

from claims.models import AccountTie, Operation, Rating, ReaderKeyScope, Verification, VerificationState
from claims.services.history.undo import undo_operation
from claims.services.people.reader_keys import create_key
from claims.services.verification.drafts import save_verification_draft
from claims.services.verification.workflow import submit_verification
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, client_in_group, displayed_messages, run_object_action

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIRST, SECOND = "brook-linden-7", "heather-and-9-gorse"


def sign_in(name: str, password: str) -> Client:
    client = Client()
    assert client.login(request=HttpRequest(), username=name, password=password)
    return client


def group_id(name: str) -> int:
    return Group.objects.get(name=name).pk


def make_account(client: Client, name: str, group: str, password: str = FIRST) -> User:
    data = {"username": name, "usable_password": "true", "password1": password, "password2": password}
    response = client.post(admin_url("add", User), data | {"groups": [group_id(group)]})
    assert response.status_code == 302, response.context["adminform"].form.errors
    return User.objects.get(username=name)


def change_account(client: Client, user: User, **changed: object) -> None:
    groups = [group.pk for group in user.groups.all()]
    data = {"username": user.username, "email": user.email, "is_active": "on", "is_staff": "on", "groups": groups}
    response = client.post(admin_url("change", user), data | changed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    user.refresh_from_db()


def choose_password(name: str, old: str, new: str) -> Client:
    client = sign_in(name, old)
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", form).status_code == 302
    return sign_in(name, new)


@pytest.fixture
def chief_client() -> Client:
    return client_in_group("Chief", "chief")


@pytest.fixture
def verdict(chief_client: Client) -> Verification:
    row = verifications.make_submitted()
    Verification.objects.filter(pk=row.pk).update(author=User.objects.get(username="chief"))
    row.refresh_from_db()
    return row


# --- What a chief may try. Each returns a client that is signed in as an approver. ------------------------------------


def by_another_password(chief_client: Client) -> Client:
    make_account(chief_client, "ann", "Approver")
    return choose_password("ann", FIRST, SECOND)


def by_cleaning_the_log(chief_client: Client) -> Client:
    client = by_another_password(chief_client)
    LogEntry.objects.all().delete()
    return client


def by_a_change_of_group(chief_client: Client) -> Client:
    make_account(chief_client, "ann", "Reporter")
    client = choose_password("ann", FIRST, SECOND)
    change_account(chief_client, User.objects.get(username="ann"), groups=[group_id("Approver")])
    return client


def by_another_name(chief_client: Client) -> Client:
    ann = make_account(chief_client, "ann", "Approver")
    choose_password("ann", FIRST, SECOND)
    change_account(chief_client, ann, username="renamed")
    return sign_in("renamed", SECOND)


def by_deactivating_and_making_another(chief_client: Client) -> Client:
    change_account(chief_client, make_account(chief_client, "ann", "Approver"), is_active="")
    make_account(chief_client, "ann2", "Approver")
    return choose_password("ann2", FIRST, SECOND)


def over_two_accounts(chief_client: Client) -> Client:
    make_account(chief_client, "second", "Chief")
    make_account(choose_password("second", FIRST, SECOND), "third", "Approver")
    return choose_password("third", FIRST, SECOND)


def by_the_password_of_a_colleague(chief_client: Client) -> Client:
    """Sets it while the colleague is no approver yet, as a chief may."""
    colleague = make.UserFactory(username="ben")
    data = {"usable_password": "true", "password1": FIRST, "password2": FIRST}
    assert chief_client.post(f"/admin/auth/user/{colleague.pk}/password/", data).status_code == 302
    client = choose_password("ben", FIRST, SECOND)
    change_account(chief_client, colleague, groups=[group_id("Approver")])
    return client


def by_the_mail_address_of_a_colleague(chief_client: Client) -> Client:
    """Has the password reset by mail, which an own address gets now."""
    colleague = make.UserFactory(username="ben", email="ben@example.org")
    colleague.groups.add(group_id("Approver"))
    change_account(chief_client, colleague, email="chief@example.org")
    change_account(chief_client, colleague, email="ben@example.org")
    client = Client()
    client.force_login(colleague)
    return client


def by_leaving_and_joining_the_group(chief_client: Client) -> Client:
    ann = make_account(chief_client, "ann", "Approver")
    choose_password("ann", FIRST, SECOND)
    change_account(chief_client, ann, groups=[])
    change_account(chief_client, ann, groups=[group_id("Approver")])
    return sign_in("ann", SECOND)


def by_a_permission_that_a_superuser_gives(chief_client: Client) -> Client:
    """To an account of which they don't know whose it is."""
    ann = make_account(chief_client, "ann", "Reporter")
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    permissions = Permission.objects.filter(codename__in=["publish_verification", "change_verification"])
    change_account(root, ann, user_permissions=[permission.pk for permission in permissions])
    return choose_password("ann", FIRST, SECOND)


def by_a_password_that_nobody_knows(chief_client: Client) -> Client:
    """Makes the password unusable after signing in with it: the session goes on, or a passkey does."""
    ann = make_account(chief_client, "ann", "Reporter")
    data = {"usable_password": "false", "password1": "", "password2": ""}
    assert chief_client.post(f"/admin/auth/user/{ann.pk}/password/", data).status_code == 302
    change_account(chief_client, ann, groups=[group_id("Approver")])
    client = Client()
    client.force_login(ann)
    return client


def by_confirming_it_oneself(chief_client: Client) -> Client:
    ann = make_account(chief_client, "ann", "Approver")
    client = choose_password("ann", FIRST, SECOND)
    make_account(chief_client, "second", "Chief")
    second = choose_password("second", FIRST, SECOND)
    for administrator in (chief_client, second, client):
        run_object_action(administrator, "confirm-holder", ann, in_person="on")
    return client


ATTACKS = [
    by_another_password,
    by_cleaning_the_log,
    by_a_change_of_group,
    by_another_name,
    by_deactivating_and_making_another,
    over_two_accounts,
    by_the_password_of_a_colleague,
    by_the_mail_address_of_a_colleague,
    by_leaving_and_joining_the_group,
    by_a_permission_that_a_superuser_gives,
    by_a_password_that_nobody_knows,
    by_confirming_it_oneself,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_chief_does_not_approve_as_another(
    chief_client: Client, verdict: Verification, attack: Callable[[Client], Client]
) -> None:
    client = attack(chief_client)
    page = client.get(admin_url("change", verdict)).content.decode()
    assert "These accounts count as one person because" in page
    assert "<bdi>chief</bdi>" in page
    assert "Approve and publish" not in page
    response = run_object_action(client, "publish", verdict)
    [refusal] = displayed_messages(response)
    assert "another person than those who worked on it" in refusal
    verdict.refresh_from_db()
    assert verdict.state == VerificationState.SUBMITTED
    approver = User.objects.get(pk=client.session["_auth_user_id"])
    with pytest.raises(IntegrityError, match="another_person"), transaction.atomic():
        Verification.objects.filter(pk=verdict.pk).update(approver=approver)


def test_an_account_that_another_administrator_confirmed_may_approve_what_is_begun_then(
    chief_client: Client, verdict: Verification
) -> None:
    ann = make_account(chief_client, "ann", "Approver")
    page = chief_client.get(admin_url("change", ann)).content.decode()
    assert "<bdi>chief</bdi> made the account <bdi>ann</bdi>" in page
    assert "Somebody else has to confirm the holder" in page
    other = client_in_group("Chief", "other")
    assert "Confirm the holder" not in other.get(admin_url("change", ann)).content.decode().split("<form")[0]
    run_object_action(other, "confirm-holder", ann, in_person="on")
    assert AccountTie.objects.open().exists(), "the password is not hers yet"
    client = choose_password("ann", FIRST, SECOND)
    assert "confirm-holder" in other.get(admin_url("change", ann)).content.decode()
    run_object_action(other, "confirm-holder", ann)
    assert AccountTie.objects.open().exists(), "the box is not ticked"
    run_object_action(other, "confirm-holder", ann, in_person="on")
    assert not AccountTie.objects.open().exists()
    run_object_action(client, "publish", verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerificationState.SUBMITTED, "the chief may have written it as both"
    Verification.objects.filter(pk=verdict.pk).update(created_at=AccountTie.objects.latest("pk").confirmed_at)
    run_object_action(client, "publish", verdict)
    verdict.refresh_from_db()
    assert verdict.state == VerificationState.PUBLISHED


def test_confirmation_leaves_the_maker_no_way_in(chief_client: Client) -> None:
    """They could have added a passkey or their own identity, neither of which a new password removes."""
    ann = make_account(chief_client, "ann", "Approver")
    choose_password("ann", FIRST, SECOND)
    former = Client()
    former.post("/admin/login/", {"username": "ann", "password": SECOND})
    assert former.get("/admin/").status_code == 200
    TOTP.activate(ann, "JCLOUQMYQYL4KURIO7VRADOKZKP7UDDP")
    RecoveryCodes.activate(ann)
    Authenticator.objects.create(user=ann, type="webauthn", data={"name": "the chief's key"})
    SocialAccount.objects.create(user=ann, provider="sso", uid="chief-1")
    confirmed = run_object_action(client_in_group("Chief", "other"), "confirm-holder", ann, in_person="on")
    assert "is confirmed" in displayed_messages(confirmed)[0]
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert former.get("/admin/").status_code == 302
    assert sign_in("ann", SECOND).get("/admin/").status_code == 200


def test_whose_a_draft_is_cannot_be_posted(chief_client: Client) -> None:
    claim = verifications.make_draft().claim
    other = make.UserFactory()
    rating = Rating.objects.get(slug="false")
    data = {"claim": claim.pk, "rating": rating.pk, "explanation": "It did not.", "author": other.pk, "approver": 1}
    evidence = {"evidence-TOTAL_FORMS": 0, "evidence-INITIAL_FORMS": 0}
    assert chief_client.post(admin_url("add", Verification), data | evidence).status_code == 302
    row = Verification.objects.latest("pk")
    assert (row.author.username, row.approver) == ("chief", None)


def test_undoing_a_change_does_not_hide_who_made_it(chief_client: Client) -> None:
    chief, row = User.objects.get(username="chief"), verifications.make_draft()
    row.explanation = "Four gauges show it."
    save_verification_draft(verification=row, fields=["explanation"], evidence=[], deleted_evidence=[], editor=chief)
    undo_operation(operation=Operation.objects.latest("pk"), editor=chief)
    row.refresh_from_db()
    submit_verification(verification=row, editor=row.author)
    run_object_action(chief_client, "publish", row)
    row.refresh_from_db()
    assert row.state == VerificationState.SUBMITTED


def test_the_key_of_a_reader_opens_nothing_in_the_admin(verdict: Verification) -> None:
    root = User.objects.create_superuser("root")
    _, key = create_key(name="intake", editor=root, scope=ReaderKeyScope.INTAKE)
    client = Client(headers={"Authorization": f"Bearer {key}"})
    assert client.get("/admin/").status_code == 302
    assert run_object_action(client, "publish", verdict).url.startswith("/admin/login/")


@pytest.mark.parametrize("superuser", [False, True])
def test_own_password_takes_the_old_one(superuser: bool) -> None:
    ann = User.objects.create_user("ann", password=FIRST, is_staff=True, is_superuser=superuser)
    ann.groups.add(group_id("Chief"))
    client = sign_in("ann", FIRST)
    data = {"usable_password": "true", "password1": SECOND, "password2": SECOND}
    response = client.post(f"/admin/auth/user/{ann.pk}/password/", data)
    assert response.headers["Location"] == "/admin/password_change/"
    form = {"old_password": "guess", "new_password1": SECOND, "new_password2": SECOND}
    assert client.post("/admin/password_change/", form).status_code == 200
    sign_in("ann", FIRST)


def test_who_decided_something_keeps_their_name(chief_client: Client) -> None:
    ann = make.QuoteFactory(accepted=True).decided_by
    name = ann.username
    change_account(chief_client, ann, username="another", first_name="Ann")
    assert (ann.username, ann.first_name) == (name, "Ann")
    fresh = make.UserFactory()
    change_account(chief_client, fresh, username="another")
    assert fresh.username == "another"
