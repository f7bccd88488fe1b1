"""Whose password somebody else set, and the end of that: its holder chooses another.

The tie between the two accounts does not end with it (`claims.services.people.account_ties`).
"""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from claims.models import AccountTie, TieReason
from claims.services.people.account_ties import record_tie


class KnownPasswordValidator:
    """A password validator that learns when a password that somebody else set is replaced.

    Django tells validators of each password that was changed and saved, by forms and commands, but not of one that is
    merely hashed anew at a login.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError for the password that somebody else set: typing it again does not change it."""
        if (
            user is None
            or user.pk is None
            or not AccountTie.objects.with_known_password().filter(account=user).exists()
        ):
            return
        if check_password(password, user.password):
            raise ValidationError("This is the password that somebody else set. Choose another one.", code="known")

    def get_help_text(self) -> str:
        return "Your password can’t be one that somebody else set for you."

    @transaction.atomic
    def password_changed(self, _password: str, user: User | None = None) -> None:
        # Nobody else may have set another password since this one was saved.
        if user and User.objects.select_for_update().filter(pk=user.pk, password=user.password).exists():
            known = AccountTie.objects.with_known_password().filter(account=user)
            known.update(password_replaced_at=timezone.now())


class PasswordLinkTokenGenerator(PasswordResetTokenGenerator):
    """Makes tokens that end when the holder of the account is confirmed: somebody else may have had one made.

    As Django's, they end with a new password, a sign-in and another mail address, too.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        confirmed_at = AccountTie.objects.filter(account=user.pk).aggregate(latest=Max("confirmed_at"))["latest"]
        return f"{super()._make_hash_value(user, timestamp)}{confirmed_at}"


@transaction.atomic
def record_password_set(*, account: User, by: User) -> None:
    """Note that `by` set the account's current password. Nobody knows an unusable one."""
    known = AccountTie.objects.with_known_password().filter(account=account)
    known.update(password_replaced_at=timezone.now())
    if account.has_usable_password():
        record_tie(account=account, person=by, reason=TieReason.PASSWORD)
