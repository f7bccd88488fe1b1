"""Who knows whose password: whoever set that of another account, until its holder chooses one.

Meanwhile the two count as one person for a verdict.
"""

from collections.abc import Iterable

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from claims.models import PasswordKnowledge


class KnownPasswordValidator:
    """A password validator that ends knowledge of a password with the password.

    Django tells validators of each password that was changed and saved, by forms and commands, but not of one that is
    merely hashed anew at a login.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError for the password that somebody else set: typing it again does not change it."""
        if user is None or user.pk is None or not PasswordKnowledge.objects.filter(holder=user).exists():
            return
        if check_password(password, user.password):
            raise ValidationError("This is the password that somebody else set. Choose another one.", code="known")

    def get_help_text(self) -> str:
        return "Your password can’t be one that somebody else set for you."

    @transaction.atomic
    def password_changed(self, _password: str, user: User | None = None) -> None:
        # Nobody else may have set another password since this one was saved.
        if user and User.objects.select_for_update().filter(pk=user.pk, password=user.password).exists():
            PasswordKnowledge.objects.filter(holder=user).delete()


@transaction.atomic
def record_password_set(*, account: User, by: User) -> None:
    """Note that `by` set the account's current password. Nobody knows one set by its holder, or an unusable one."""
    PasswordKnowledge.objects.filter(holder=account).delete()
    if by.pk != account.pk and account.has_usable_password():
        PasswordKnowledge.objects.create(holder=account, known_by=by)


def password_setter_ids(accounts: Iterable[User]) -> set[int]:
    """The ids of all users who set the current password of one of these accounts for its holder."""
    return set(PasswordKnowledge.objects.filter(holder__in=accounts).values_list("known_by", flat=True))


def ids_sharing_password(user: User) -> set[int]:
    """The ids of the other users with whom this one counts as one person: either set the other's password."""
    pairs = PasswordKnowledge.objects.filter(Q(holder=user) | Q(known_by=user)).values_list("holder", "known_by")
    return {pk for pair in pairs for pk in pair} - {user.pk}
