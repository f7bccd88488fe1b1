"""Which accounts, groups and passwords a user may manage.

Nobody manages an account that has more permissions than they have.
"""

from functools import reduce
from operator import or_

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from claims.database.triggers.people import columns_of_deeds


def account_permissions(account: User) -> QuerySet[Permission]:
    """The permissions of the account and its groups, even while it is inactive."""
    if account.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def can_manage_account(*, editor: User, account: User) -> bool:
    """Whether the editor has all permissions of the account, and so may change it."""
    if editor.is_superuser:
        return True
    lacking = account_permissions(account).exclude(pk__in=account_permissions(editor).values("pk"))
    return not account.is_superuser and not lacking.exists()


def can_set_password(*, editor: User, account: User) -> bool:
    """Whether the editor may set the account's password; that of an approver is set by superusers or its holder only.

    Otherwise the manager of accounts could approve their own verifications under another name.
    """
    if editor.is_superuser or editor.pk == account.pk:
        return can_manage_account(editor=editor, account=account)
    is_approver = account_permissions(account).filter(codename="publish_verification").exists()
    return can_manage_account(editor=editor, account=account) and not is_approver


def describe_rights(account: User) -> dict[str, bool | list[str]]:
    """What the account may do, as it is kept in the audit log."""
    return {
        "is_active": account.is_active,
        "is_staff": account.is_staff,
        "is_superuser": account.is_superuser,
        "groups": sorted(account.groups.values_list("name", flat=True)),
        "user_permissions": sorted(account.user_permissions.values_list("codename", flat=True)),
    }


def has_done_something(account: User) -> bool:
    """Whether something that was done names this account, in the present or in a history: it keeps its name then."""
    deeds = (
        Exists(field.model._base_manager.filter(**{field.attname: OuterRef("pk")})) for field in columns_of_deeds()
    )
    return User.objects.filter(reduce(or_, deeds), pk=account.pk).exists()


def assignable_groups(*, editor: User) -> QuerySet[Group]:
    """The groups of which the editor has all permissions."""
    permissions = Group.permissions.through.objects
    lacking = permissions.exclude(permission__in=account_permissions(editor).values("pk"))
    return Group.objects.exclude(pk__in=lacking.values("group_id"))


def users_with_permission(*permissions: str) -> QuerySet[User]:
    """Active staff with one of these permissions (`app.codename`), by username."""
    allowed = User.objects.none()
    for permission in permissions:
        # Of several backends, the one that knows permissions is named.
        allowed |= User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return allowed.filter(is_staff=True).order_by("username")


def users_who_may_see(model: type[Model]) -> QuerySet[User]:
    """Active staff who may see objects of this model, by username."""
    return users_with_permission(*(f"claims.{verb}_{model._meta.model_name}" for verb in ("view", "change")))
