"""Invitation: the only way to a new account for somebody who is not given one by hand."""

import datetime as dt
import hashlib
import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key

INVITATION_LIFETIME = dt.timedelta(days=7)


def generate_invitation_token() -> str:
    """Returns the secret part of the link: 43 random characters."""
    return secrets.token_urlsafe(32)


def hash_invitation_token(token: str) -> str:
    """Returns the SHA-256 that is stored in place of the token, which has 256 random bits and cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def default_expiry() -> dt.datetime:
    return timezone.now() + INVITATION_LIFETIME


class InvitationDelivery(models.TextChoices):
    """How the link reached the person. Whoever was shown it could have followed it."""

    MAILED = "mailed", "By mail"
    SHOWN = "shown", "Shown to whoever invited"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Invitations that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def proving_holder(self) -> Self:
        """Invitations whose holder enrolled a second factor, and whose link nobody else was shown.

        From then on, `invited_by` has never had what it takes to sign in as `account`.
        """
        return self.filter(delivery=InvitationDelivery.MAILED, second_factor_at__isnull=False)


class Invitation(models.Model):
    """An invitation to one address, with the groups of the account to be. The link works once, and only its SHA-256
    is stored.

    `invited_by` is empty where a command was run by nobody in particular.
    """

    email = models.EmailField("e-mail address")
    groups = models.ManyToManyField(Group, related_name="+", blank=True)
    delivery = models.CharField(max_length=6, choices=InvitationDelivery, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = user_foreign_key("invitations_sent", null=True)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=default_expiry, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="invitation",
    )
    second_factor_at = models.DateTimeField("second factor enrolled at", null=True, blank=True, editable=False)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-invited_at", "-id"]
        default_permissions: ClassVar = ("add", "change", "view")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(email=""), name="invitation_has_an_address"),
            choices_constraint("invitation_delivery_is_known", "delivery", InvitationDelivery),
            models.CheckConstraint(
                condition=Q(accepted_at=None, account=None) | Q(accepted_at__isnull=False, account__isnull=False),
                name="invitation_is_accepted_by_an_account",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_is_accepted_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(second_factor_at=None)
                | Q(accepted_at__isnull=False, second_factor_at__gte=F("accepted_at")),
                name="invitation_second_factor_follows_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(account=None) | Q(invited_by=None) | ~Q(account=F("invited_by")),
                name="invitation_is_of_another",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
