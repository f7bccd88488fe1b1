"""Who must have a second factor, and has none."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes only stand in for these


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def needs_second_factor(user: User) -> bool:
    """Whether a group of the user must have one. Superusers may do what every group may."""
    groups = settings.FACTBASE_SECOND_FACTOR_GROUPS
    return bool(groups) and (user.is_superuser or user.groups.filter(name__in=groups).exists())


def must_enrol(user: User) -> bool:
    return needs_second_factor(user) and not has_second_factor(user)


def find_unknown_groups() -> set[str]:
    """The groups in the settings of sign-in that the site does not have."""
    names = {*settings.FACTBASE_SECOND_FACTOR_GROUPS, *settings.FACTBASE_OIDC_GROUPS.values()}
    return names - set(Group.objects.filter(name__in=names).values_list("name", flat=True)) if names else set()
