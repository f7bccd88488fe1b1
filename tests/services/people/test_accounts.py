"""Ranks: nobody manages an account that may do more, or gives a group that may."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from claims.services.errors import RefusedError
from claims.services.people import accounts
from claims.services.verification.workflow import publish_verification
from tests import factories as make
from tests import verifications

pytestmark = pytest.mark.django_db
GROUPS = ["Reporter", "Editor", "Approver", "Chief"]


def make_member(group: str, **more: object) -> User:
    user: User = make.UserFactory(**more)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("other", GROUPS)
@pytest.mark.parametrize("group", GROUPS)
def test_each_manages_those_who_may_do_no_more(group: str, other: str) -> None:
    allowed = GROUPS.index(other) <= GROUPS.index(group)
    assert accounts.can_manage_account(editor=make_member(group), account=make_member(other)) == allowed
    assert (
        accounts.can_manage_account(editor=make_member(group), account=make_member(other, is_active=False)) == allowed
    )


def test_nobody_but_a_superuser_manages_a_superuser() -> None:
    root, other = make.UserFactory(is_superuser=True), make.UserFactory(is_superuser=True)
    assert accounts.can_manage_account(editor=root, account=other)
    assert not accounts.can_manage_account(editor=make_member("Chief"), account=other)


def test_a_permission_of_ones_own_counts_as_a_groups() -> None:
    account = make_member("Reporter")
    account.user_permissions.add(Permission.objects.get(codename="delete_group"))
    assert not accounts.can_manage_account(editor=make_member("Chief"), account=account)


@pytest.mark.parametrize("group", GROUPS)
def test_each_gives_the_groups_that_may_do_no_more(group: str) -> None:
    more = Group.objects.create(name="More")
    more.permissions.add(Permission.objects.get(codename="delete_group"))
    Group.objects.create(name="Nothing")
    given = set(accounts.assignable_groups(editor=make_member(group)).values_list("name", flat=True))
    assert given == {*GROUPS[: GROUPS.index(group) + 1], "Nothing"}
    everything = accounts.assignable_groups(editor=make.UserFactory(is_superuser=True))
    assert set(everything) == set(Group.objects.all())


@pytest.mark.parametrize("other", GROUPS)
def test_of_those_who_approve_only_superusers_set_passwords(other: str) -> None:
    account, root = make_member(other), make.UserFactory(is_superuser=True)
    allowed = other in {"Reporter", "Editor"}
    assert accounts.can_set_password(editor=make_member("Chief"), account=account) == allowed
    assert accounts.can_set_password(editor=root, account=account)
    assert not accounts.can_set_password(editor=make_member("Chief"), account=root)
    assert accounts.can_set_password(editor=account, account=account), "one's own"


def test_a_password_that_another_set_is_known_until_its_holder_chooses_one() -> None:
    chief, eva = make_member("Chief"), make_member("Editor")
    accounts.log_password_change(account=eva, by=eva)
    assert accounts.password_setter_ids([eva]) == set()
    for password in ("brook-linden-7", "brook-linden-8"):
        eva.set_password(password)
        accounts.log_password_change(account=eva, by=chief)
        assert accounts.password_setter_ids([chief, eva]) == {chief.pk}
    eva.set_password("her-own-9-words")
    assert accounts.password_setter_ids([chief, eva]) == set()


@pytest.mark.parametrize("set_by", ["writer", "approver"])
def test_who_knows_both_passwords_is_one_person(set_by: str) -> None:
    row = verifications.make_submitted()
    approver = make_member("Approver")
    known, knows = (approver, row.author) if set_by == "writer" else (row.author, approver)
    known.set_password("brook-linden-7")
    known.save()
    accounts.log_password_change(account=known, by=knows)
    with pytest.raises(
        RefusedError, match="set by somebody who wrote" if set_by == "writer" else "You set the password"
    ):
        publish_verification(verification=row, approver=approver)
    known.set_password("chosen-by-the-holder")
    known.save()
    assert publish_verification(verification=row, approver=approver).approver == approver
