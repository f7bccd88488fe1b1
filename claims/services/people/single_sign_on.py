"""Groups that an OpenID Connect provider gives at each sign-in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from claims.services.errors import RefusedError


def mapped_groups(claims: Mapping[str, Any]) -> list[Group] | None:
    """The groups that the provider's claims stand for; None if the site maps no groups.

    Raises RefusedError if they stand for none: whoever has lost the last group has lost access.
    """
    mapping = settings.FACTBASE_OIDC_GROUPS
    if not mapping:
        return None
    value = claims.get(settings.FACTBASE_OIDC_GROUPS_CLAIM)
    values: Iterable[Any] = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    names = {mapping[item] for item in values if isinstance(item, str) and item in mapping}
    groups = list(Group.objects.filter(name__in=names).order_by("pk"))
    if not groups:
        raise RefusedError("You have no group here. Ask for one where your account is managed.")
    return groups


@transaction.atomic
def follow_groups(*, account: User, groups: Iterable[Group]) -> None:
    """Give the account exactly these groups."""
    account.groups.set(groups)


def find_account(*, email: str) -> User | None:
    """The one active account with this address, which the provider has verified. Several are nobody's."""
    accounts = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)[:2]
    return accounts[0] if len(accounts) == 1 else None
