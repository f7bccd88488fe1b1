"""AccountTie: who could sign in as the holder of another account, and what ended it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key


class TieReason(models.TextChoices):
    """What one did to the account of another. The labels continue a sentence that begins with who did it."""

    CREATED = "created", "made the account"
    PASSWORD = "password", "set the password of"
    EMAIL = "email", "changed the mail address of"
    LINK = "link", "made a password link for"


class Confirmation(models.TextChoices):
    """How it was confirmed that an account belongs to a person of its own."""

    ADMINISTRATOR = "administrator", "by another administrator"
    SECOND_FACTOR = "second factor", "by a second factor"
    OPERATOR = "operator", "by the operator of the server"


class AccountTieQuerySet(models.QuerySet["AccountTie"]):
    def open(self) -> Self:
        """Ties that nothing has ended."""
        return self.filter(confirmed_at=None)

    def with_known_password(self) -> Self:
        """Open ties of accounts whose password is the one that somebody else set."""
        return self.open().filter(reason=TieReason.PASSWORD, password_replaced_at=None)


class AccountTie(models.Model):
    """`person` made `account`, or got hold of it, so that both count as one person for a verdict.

    That ends when the holder of the account is confirmed, and not before: whoever knows a password can replace it by
    another. `password_replaced_at` is when the holder chose another password than the one that was set. No row is ever
    deleted or reopened, as two triggers see to (`account_tie_is_kept`, `account_tie_ends_for_good`); another tie of the
    same two accounts is another row.
    """

    account = user_foreign_key("ties")
    person = user_foreign_key("ties_to_others")
    reason = models.CharField(max_length=10, choices=TieReason)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    password_replaced_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmation = models.CharField(max_length=13, choices=Confirmation, blank=True, editable=False)
    confirmed_by = user_foreign_key("holders_confirmed", null=True)

    objects: ClassVar = AccountTieQuerySet.as_manager()

    class Meta:
        default_permissions: ClassVar = ()
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            choices_constraint("account_tie_reason_is_known", "reason", TieReason),
            models.CheckConstraint(condition=~Q(account=F("person")), name="account_tie_is_to_another"),
            models.UniqueConstraint(
                fields=["account", "person", "reason"],
                condition=Q(confirmed_at=None),
                name="account_tie_is_open_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmation="", confirmed_by=None)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by=None,
                    confirmation__in=[Confirmation.SECOND_FACTOR, Confirmation.OPERATOR],
                )
                | (
                    Q(
                        confirmed_at__isnull=False,
                        confirmed_by__isnull=False,
                        confirmation=Confirmation.ADMINISTRATOR,
                    )
                    & ~Q(confirmed_by=F("account"))
                    & ~Q(confirmed_by=F("person"))
                ),
                name="account_tie_is_confirmed_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_reason_display()} {self.account}"
