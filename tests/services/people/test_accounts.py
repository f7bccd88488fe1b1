"""Which accounts, groups and passwords a user may manage."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from claims.services.people import accounts
from tests import factories as make

pytestmark = pytest.mark.django_db
GROUPS = ["Reporter", "Editor", "Approver", "Chief"]


def make_member(group: str, **fields: object) -> User:
    user: User = make.UserFactory(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("other", GROUPS)
@pytest.mark.parametrize("group", GROUPS)
def test_accounts_with_no_more_permissions_can_be_managed(group: str, other: str) -> None:
    allowed = GROUPS.index(other) <= GROUPS.index(group)
    assert accounts.can_manage_account(editor=make_member(group), account=make_member(other)) == allowed
    assert (
        accounts.can_manage_account(editor=make_member(group), account=make_member(other, is_active=False)) == allowed
    )


def test_only_superusers_manage_superusers() -> None:
    root, other = make.UserFactory(is_superuser=True), make.UserFactory(is_superuser=True)
    assert accounts.can_manage_account(editor=root, account=other)
    assert not accounts.can_manage_account(editor=make_member("Chief"), account=other)


def test_permissions_of_the_account_itself_count() -> None:
    account = make_member("Reporter")
    account.user_permissions.add(Permission.objects.get(codename="delete_group"))
    assert not accounts.can_manage_account(editor=make_member("Chief"), account=account)


@pytest.mark.parametrize("group", GROUPS)
def test_groups_with_no_more_permissions_can_be_assigned(group: str) -> None:
    superior = Group.objects.create(name="More")
    superior.permissions.add(Permission.objects.get(codename="delete_group"))
    Group.objects.create(name="Nothing")
    assignable = set(accounts.assignable_groups(editor=make_member(group)).values_list("name", flat=True))
    assert assignable == {*GROUPS[: GROUPS.index(group) + 1], "Nothing"}
    all_groups = accounts.assignable_groups(editor=make.UserFactory(is_superuser=True))
    assert set(all_groups) == set(Group.objects.all())


@pytest.mark.parametrize("other", GROUPS)
def test_only_superusers_set_passwords_of_approvers(other: str) -> None:
    account, root = make_member(other), make.UserFactory(is_superuser=True)
    allowed = other in {"Reporter", "Editor"}
    assert accounts.can_set_password(editor=make_member("Chief"), account=account) == allowed
    assert accounts.can_set_password(editor=root, account=account)
    assert not accounts.can_set_password(editor=make_member("Chief"), account=root)
    assert accounts.can_set_password(editor=account, account=account)
