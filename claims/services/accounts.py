"""Who may give which rank: nobody hands out what they do not have, and nobody changes their own."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def permissions_of(account: User) -> QuerySet[Permission]:
    """What the account may do by itself and by its groups, also while it is shut."""
    if account.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def may_manage(*, editor: User, account: User) -> bool:
    """Whether the account may do nothing that the editor may not: only then the editor changes it, or its password."""
    if editor.is_superuser:
        return True
    beyond = permissions_of(account).exclude(pk__in=permissions_of(editor).values("pk"))
    return not account.is_superuser and not beyond.exists()


def groups_to_give(*, editor: User) -> QuerySet[Group]:
    """The groups that may do nothing that the editor may not."""
    given = Group.permissions.through.objects.exclude(permission__in=permissions_of(editor).values("pk"))
    return Group.objects.exclude(pk__in=given.values("group_id"))
