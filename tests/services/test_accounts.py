"""Ranks: nobody manages an account that may do more, or gives a group that may."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from claims.services import accounts
from tests import factories as make

pytestmark = pytest.mark.django_db
GROUPS = ["Reporter", "Editor", "Approver", "Chief"]


def member(group: str, **more: object) -> User:
    user: User = make.UserFactory(**more)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("other", GROUPS)
@pytest.mark.parametrize("group", GROUPS)
def test_each_manages_those_who_may_do_no_more(group: str, other: str) -> None:
    allowed = GROUPS.index(other) <= GROUPS.index(group)
    assert accounts.may_manage(editor=member(group), account=member(other)) == allowed
    assert accounts.may_manage(editor=member(group), account=member(other, is_active=False)) == allowed


def test_nobody_but_a_superuser_manages_a_superuser() -> None:
    root, other = make.UserFactory(is_superuser=True), make.UserFactory(is_superuser=True)
    assert accounts.may_manage(editor=root, account=other)
    assert not accounts.may_manage(editor=member("Chief"), account=other)


def test_a_permission_of_ones_own_counts_as_a_groups() -> None:
    account = member("Reporter")
    account.user_permissions.add(Permission.objects.get(codename="delete_group"))
    assert not accounts.may_manage(editor=member("Chief"), account=account)


@pytest.mark.parametrize("group", GROUPS)
def test_each_gives_the_groups_that_may_do_no_more(group: str) -> None:
    more = Group.objects.create(name="More")
    more.permissions.add(Permission.objects.get(codename="delete_group"))
    Group.objects.create(name="Nothing")
    given = set(accounts.groups_to_give(editor=member(group)).values_list("name", flat=True))
    assert given == {*GROUPS[: GROUPS.index(group) + 1], "Nothing"}
    everything = accounts.groups_to_give(editor=make.UserFactory(is_superuser=True))
    assert set(everything) == set(Group.objects.all())
