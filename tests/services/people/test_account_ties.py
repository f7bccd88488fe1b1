"""Which accounts count as one person, and who may end that."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import AccountTie, TieReason
from claims.services.errors import RefusedError
from claims.services.people import account_ties
from claims.services.people.account_ties import STILL, confirm_by_second_factor, confirm_holder, find_aliases
from claims.services.people.passwords import record_password_set
from tests import factories as make

pytestmark = pytest.mark.django_db


def make_chief(name: str) -> User:
    user: User = make.UserFactory(username=name)
    user.groups.add(Group.objects.get(name="Chief"))
    return user


def tie(account: User, person: User, reason: TieReason = TieReason.CREATED) -> None:
    account_ties.record_tie(account=account, person=person, reason=reason)


def names(user: User) -> set[str]:
    return {User.objects.get(pk=pk).username for pk in account_ties.current_aliases(user)}


def test_ties_chain_in_both_directions() -> None:
    ann, ben, cleo, dan, eva = (make.UserFactory(username=name) for name in ("ann", "ben", "cleo", "dan", "eva"))
    tie(ben, ann)
    tie(cleo, ben)
    tie(cleo, dan)
    assert names(ann) == {"ben", "cleo", "dan"}
    assert names(dan) == {"ann", "ben", "cleo"}
    assert names(eva) == set()
    assert [str(each) for each in find_aliases(ann)[dan.pk].ties] == [
        "ann made the account ben",
        "ben made the account cleo",
        "dan made the account cleo",
    ]


def test_a_chain_holds_until_the_first_of_its_ties_ends_and_the_longest_counts() -> None:
    ann, ben, cleo = (make.UserFactory(username=name) for name in ("ann", "ben", "cleo"))
    tie(ben, ann)
    tie(cleo, ben)
    account_ties.confirm_by_operator(account=cleo)
    ended = AccountTie.objects.get(account=cleo).confirmed_at
    assert find_aliases(ann)[cleo.pk].until == ended
    assert find_aliases(ann)[ben.pk].until == STILL
    tie(cleo, ann, TieReason.EMAIL)
    assert find_aliases(ann)[cleo.pk].until == STILL


def test_own_accounts_have_no_tie() -> None:
    ann = make.UserFactory()
    tie(ann, ann)
    assert not AccountTie.objects.exists()


@pytest.mark.parametrize(
    "case", ["holder", "maker", "maker's other account", "maker of the maker", "not an administrator"]
)
def test_who_is_tied_confirms_nobody(case: str) -> None:
    ann, maker, other, root = (make_chief(name) for name in ("ann", "maker", "other", "root"))
    tie(ann, maker)
    tie(other, maker)
    tie(maker, root)
    by = {"holder": ann, "maker": maker, "maker's other account": other, "maker of the maker": root}
    with pytest.raises(RefusedError):
        confirm_holder(account=ann, by=by.get(case, make.UserFactory()))
    assert names(ann) == {"maker", "other", "root"}
    confirm_holder(account=ann, by=make_chief("third"))
    assert names(ann) == set()


def test_a_chief_does_not_confirm_a_superuser() -> None:
    root = make.UserFactory(is_superuser=True)
    tie(root, make.UserFactory())
    with pytest.raises(RefusedError, match="may not manage"):
        confirm_holder(account=root, by=make_chief("third"))


def test_the_holder_chooses_a_password_first() -> None:
    ann, maker, third = make.UserFactory(), make_chief("maker"), make_chief("third")
    ann.set_password("brook-linden-7")
    ann.save()
    record_password_set(account=ann, by=maker)
    with pytest.raises(RefusedError, match="has to choose another first"):
        confirm_holder(account=ann, by=third)
    confirm_by_second_factor(account=ann)
    assert names(ann) == {"maker"}
    ann.set_password("her-own-9-words")
    ann.save()
    confirm_by_second_factor(account=ann)
    assert names(ann) == set()
    record_password_set(account=ann, by=maker)
    assert names(ann) == {"maker"}, "set again, tied again"


def test_a_second_factor_does_not_make_up_for_an_address_that_somebody_else_chose_later() -> None:
    ann, maker = make.UserFactory(), make_chief("maker")
    tie(ann, maker)
    tie(ann, maker, TieReason.EMAIL)
    confirm_by_second_factor(account=ann)
    assert names(ann) == {"maker"}
    confirm_holder(account=ann, by=make_chief("third"))
    assert names(ann) == set()


def test_the_operator_confirms_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    ann, ben, maker = (make.UserFactory(username=name) for name in ("ann", "ben", "maker"))
    tie(ann, maker)
    tie(ben, maker)
    with pytest.raises(CommandError, match="No account named nobody"):
        call_command("confirm_holder", "ann", "nobody")
    assert names(ann) == {"ben", "maker"}
    call_command("confirm_holder", "ann", "maker")
    assert capsys.readouterr().out == (
        "The holder of ann is confirmed.\nmaker counts as a person of its own already.\n"
    )
    assert names(ann) == set()
    assert AccountTie.objects.get(account=ann).confirmation == "operator"


def test_the_admin_log_says_who_made_the_accounts_of_earlier_versions() -> None:
    migration = import_module("claims.migrations.0086_ties_of_stored_accounts")
    maker, ann, ben = (make.UserFactory(username=name) for name in ("maker", "ann", "ben"))
    LogEntry.objects.log_actions(maker.pk, [ann], ADDITION, single_object=True)
    LogEntry.objects.log_actions(maker.pk, [ben], CHANGE, single_object=True)
    LogEntry.objects.filter(object_id=str(ann.pk)).update(object_repr="another name")

    class History:
        """The models as the migration knows them."""

        @staticmethod
        def get_model(app: str, name: str) -> object:
            return no_passwords if name == "PasswordKnowledge" else apps.get_model(app, name)

    class no_passwords:  # noqa: N801  # stands for a model
        class objects:  # noqa: N801
            using = staticmethod(lambda alias: [])

    migration.tie_accounts(History, connection.schema_editor())
    assert [str(each) for each in AccountTie.objects.all()] == ["maker made the account ann"]
