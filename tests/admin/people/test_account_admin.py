"""Accounts: a Chief manages them, and nobody can extend their own permissions."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from claims.models import AccountTie
from claims.services.people import passwords
from tests import factories as make
from tests.admin.admin_client import admin_url, run_list_action


def create_group_member(group: str, name: str = "") -> User:
    user: User = make.UserFactory(username=name or f"the-{group.lower()}")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def chief(db: None) -> User:
    return create_group_member("Chief")


@pytest.fixture
def client(chief: User) -> Client:
    client = Client()
    client.force_login(chief)
    return client


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def account_form(user: User, **changed: Any) -> dict[str, Any]:
    data = {"username": user.username, "email": "a@example.org", "is_active": "on", "is_staff": "on", **changed}
    return {name: value for name, value in data.items() if value is not None}


def test_chief_creates_an_editor_who_can_sign_in(client: Client) -> None:
    data = {"username": "eva", "usable_password": "true", "password1": "brook-linden-7", "password2": "brook-linden-7"}
    client.post(admin_url("add", User), data | {"first_name": "Eva", "groups": [group("Editor").pk]})
    eva = User.objects.get(username="eva")
    assert (eva.is_staff, eva.is_superuser, eva.first_name) == (True, False, "Eva")
    assert [each.name for each in eva.groups.all()] == ["Editor"]
    client.post(admin_url("change", eva), account_form(eva, is_staff=None))
    eva.refresh_from_db()
    assert not eva.is_staff, "the right to sign in can be taken back"


def test_chief_cannot_create_an_account_with_more_permissions(client: Client) -> None:
    more = Group.objects.create(name="More")
    more.permissions.add(Permission.objects.get(codename="delete_group"))
    data = {"username": "eva", "usable_password": "true", "password1": "brook-linden-7", "password2": "brook-linden-7"}
    response = client.post(admin_url("add", User), data | {"groups": [more.pk]})
    assert response.context["adminform"].form.errors["groups"]
    assert not User.objects.filter(username="eva").exists()


def test_chief_cannot_create_superusers_or_assign_permissions(client: Client) -> None:
    eva = create_group_member("Editor")
    page = client.get(admin_url("change", eva)).content.decode()
    assert 'name="groups"' in page
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    permission = Permission.objects.get(codename="delete_group")
    client.post(admin_url("change", eva), account_form(eva, is_superuser="on", user_permissions=[permission.pk]))
    eva.refresh_from_db()
    assert not eva.is_superuser
    assert not eva.user_permissions.exists()


def test_chief_cannot_assign_groups_with_more_permissions(client: Client) -> None:
    eva, more = create_group_member("Editor"), Group.objects.create(name="More")
    more.permissions.add(Permission.objects.get(codename="delete_group"))
    response = client.post(admin_url("change", eva), account_form(eva, groups=[more.pk]))
    assert response.status_code == 200
    assert [each.name for each in eva.groups.all()] == ["Editor"]


def test_account_with_more_permissions_cannot_be_changed(client: Client) -> None:
    root, other = make.UserFactory(is_superuser=True), create_group_member("Editor")
    other.user_permissions.add(Permission.objects.get(codename="delete_group"))
    for user in (root, other):
        before = User.objects.values().get(pk=user.pk)
        assert client.get(admin_url("change", user)).status_code == 200, "may be looked at"
        assert client.post(admin_url("change", user), account_form(user, is_active=None)).status_code == 403
        password = {"usable_password": "true", "password1": "brook-linden-7", "password2": "brook-linden-7"}
        assert client.get(f"/admin/auth/user/{user.pk}/password/").status_code == 403
        assert client.post(f"/admin/auth/user/{user.pk}/password/", password).status_code == 403
        assert User.objects.values().get(pk=user.pk) == before


@pytest.mark.parametrize("superuser", [False, True], ids=["chief", "superuser"])
def test_own_permissions_cannot_be_changed(client: Client, chief: User, superuser: bool) -> None:
    chief.is_superuser = superuser
    chief.save()
    reporter = group("Reporter")
    changed = account_form(
        chief, groups=[reporter.pk], is_active=None, is_staff=None, is_superuser=None, first_name="Kim"
    )
    assert client.post(admin_url("change", chief), changed).status_code == 302
    chief.refresh_from_db()
    assert (chief.is_active, chief.is_staff, chief.is_superuser) == (True, True, superuser)
    assert [each.name for each in chief.groups.all()] == ["Chief"]
    assert chief.first_name == "Kim", "the rest is one's own"


def test_with_single_sign_on_somebody_else_changes_ones_address(
    client: Client, chief: User, settings: Settings
) -> None:
    """Whoever gave up the address that the provider knows would get a second account at the next sign-in."""
    chief.email = "chief@example.org"
    chief.save()
    for issuer, changes in (("https://login.example.org", False), ("", True)):
        settings.FACTBASE_OIDC_ISSUER = issuer
        assert client.post(admin_url("change", chief), account_form(chief)).status_code == 302
        assert User.objects.filter(email="a@example.org").exists() == changes
    settings.FACTBASE_OIDC_ISSUER = "https://login.example.org"
    eva = create_group_member("Editor", "eva")
    client.post(admin_url("change", eva), account_form(eva, email="eva@example.org"))
    assert AccountTie.objects.get(account=eva).reason == "email"


def test_account_is_deactivated_and_never_deleted(client: Client) -> None:
    eva = create_group_member("Editor")
    root = Client()
    root.force_login(make.UserFactory(is_superuser=True))
    for person in (client, root):
        assert person.post(admin_url("delete", eva), {"post": "yes"}).status_code == 403
        run_list_action(person, "delete_selected", eva, post="yes")
    assert User.objects.filter(pk=eva.pk).exists()
    hers = Client()
    hers.force_login(eva)
    assert hers.get("/admin/").status_code == 200
    client.post(admin_url("change", eva), account_form(eva, is_active=None, groups=[group("Editor").pk]))
    assert hers.get("/admin/").status_code == 302, "she is signed out at once"


def test_only_superusers_change_groups(client: Client) -> None:
    editors = group("Editor")
    chief = User.objects.get(username="the-chief")
    chief.user_permissions.add(*Permission.objects.filter(codename__in=["add_group", "change_group", "delete_group"]))
    assert client.get(admin_url("change", editors)).status_code == 200
    assert client.post(admin_url("change", editors), {"name": "Editor"}).status_code == 403
    assert client.post(admin_url("add", Group), {"name": "More"}).status_code == 403
    assert client.post(admin_url("delete", editors), {"post": "yes"}).status_code == 403


def test_password_is_not_shown_with_view_permission(db: None) -> None:
    eva = create_group_member("Editor")
    eva.set_password("brook-linden-7")
    eva.save()
    looker: User = make.UserFactory()
    looker.user_permissions.add(Permission.objects.get(codename="view_user"))
    client = Client()
    client.force_login(looker)
    page = client.get(admin_url("change", eva)).content.decode()
    assert eva.password not in page
    assert eva.password.split("$")[-1] not in page
    assert client.get(f"{admin_url('changelist', User)}?password__startswith=pbkdf2").status_code in {302, 400}


def password_setter_ids(account: User) -> set[int]:
    return set(AccountTie.objects.with_known_password().filter(account=account).values_list("person", flat=True))


NEW_PASSWORD = {"usable_password": "true", "password1": "brook-linden-7", "password2": "brook-linden-7"}


def test_chief_cannot_set_the_password_of_an_approver(client: Client) -> None:
    ann = create_group_member("Approver", "ann")
    before = User.objects.get(pk=ann.pk).password
    assert client.get(f"/admin/auth/user/{ann.pk}/password/").status_code == 403
    assert client.post(f"/admin/auth/user/{ann.pk}/password/", NEW_PASSWORD).status_code == 403
    assert User.objects.get(pk=ann.pk).password == before
    assert "../password/" not in client.get(admin_url("change", ann)).content.decode(), "nor is it offered"
    assert client.post(admin_url("change", ann), account_form(ann, first_name="Ann")).status_code == 302, (
        "the rest is changed"
    )


def test_a_password_is_not_set_without_the_record_of_it(
    client: Client, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    eva = create_group_member("Editor", "eva")
    before = User.objects.get(pk=eva.pk).password
    monkeypatch.setattr(passwords, "record_password_set", Mock(side_effect=DatabaseError))
    with pytest.raises(DatabaseError):
        client.post(f"/admin/auth/user/{eva.pk}/password/", NEW_PASSWORD)
    assert User.objects.get(pk=eva.pk).password == before


def test_password_setter_is_recorded_until_the_owner_changes_it(client: Client, chief: User) -> None:
    client.post(admin_url("add", User), {"username": "eva"} | NEW_PASSWORD)
    eva = User.objects.get(username="eva")
    assert password_setter_ids(eva) == {chief.pk}
    other = {"usable_password": "true", "password1": "brook-linden-8", "password2": "brook-linden-8"}
    client.post(f"/admin/auth/user/{eva.pk}/password/", other)
    eva.refresh_from_db()
    assert password_setter_ids(eva) == {chief.pk}
    client.post(admin_url("change", eva), account_form(eva, groups=[group("Editor").pk]))
    hers = Client()
    assert hers.login(request=HttpRequest(), username="eva", password=other["password1"])
    for chosen, status in ((other["password1"], 200), ("her-own-9-words", 302)):
        assert password_setter_ids(eva) == {chief.pk}
        form = {"old_password": other["password1"], "new_password1": chosen, "new_password2": chosen}
        assert hers.post("/admin/password_change/", form).status_code == status
    eva.refresh_from_db()
    assert password_setter_ids(eva) == set()
    assert client.get("/admin/auth/user/999999/password/").status_code == 404
    assert client.get("/admin/auth/user/x/password/").status_code == 404
