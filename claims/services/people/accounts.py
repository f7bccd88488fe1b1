"""Who may give which rank: nobody hands out what they do not have, and nobody changes their own.

And whose password somebody else knows: as long as that is so, the two are one person where two are needed.
"""

import hashlib
from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def account_permissions(account: User) -> QuerySet[Permission]:
    """What the account may do by itself and by its groups, also while it is shut."""
    if account.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def can_manage_account(*, editor: User, account: User) -> bool:
    """Whether the account may do nothing that the editor may not: only then the editor changes it, or its password."""
    if editor.is_superuser:
        return True
    beyond = account_permissions(account).exclude(pk__in=account_permissions(editor).values("pk"))
    return not account.is_superuser and not beyond.exists()


def can_set_password(*, editor: User, account: User) -> bool:
    """Whether the editor may set the account's password: of one that approves verdicts only superusers do, and itself.

    Otherwise who manages accounts could approve under another's name what they wrote themselves.
    """
    if editor.is_superuser or editor.pk == account.pk:
        return can_manage_account(editor=editor, account=account)
    approves = account_permissions(account).filter(codename="publish_verification").exists()
    return can_manage_account(editor=editor, account=account) and not approves


def log_password_change(*, account: User, by: User) -> None:
    """Keep in the admin's log who set the password that the account has now; of the password it keeps nothing."""
    if by.pk == account.pk or not account.has_usable_password():
        return
    LogEntry.objects.log_actions(
        by.pk, [account], CHANGE, change_message=_password_log_message(account), single_object=True
    )


def password_setter_ids(accounts: Iterable[User]) -> set[int]:
    """The ids of those who set the password that one of these accounts still has: until its holder chooses another."""
    found: set[int] = set()
    for account in accounts:
        set_by_others = LogEntry.objects.filter(
            content_type__app_label="auth",
            content_type__model="user",
            object_id=str(account.pk),
            change_message=_password_log_message(account),
        )
        found |= set(set_by_others.values_list("user_id", flat=True))
    return found


def _password_log_message(account: User) -> str:
    """What the log says of the password: by its mark one sees whether it is still the same one, and no more."""
    mark = hashlib.sha256(account.password.encode()).hexdigest()[:16]
    return f"Set the password for its holder (mark {mark})."


def assignable_groups(*, editor: User) -> QuerySet[Group]:
    """The groups that may do nothing that the editor may not."""
    given = Group.permissions.through.objects.exclude(permission__in=account_permissions(editor).values("pk"))
    return Group.objects.exclude(pk__in=given.values("group_id"))
