"""`password_link`: prints a link for a new password, the way back in without a mail server."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from claims.models import TieReason
from claims.services.history.audit_chain import record_entry
from claims.services.people.account_ties import record_tie


class Command(BaseCommand):
    help = (
        "Print a link by which the holder of an account chooses a new password and is signed in, within an hour, "
        "even during a lockout."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--by", metavar="USERNAME", help="your account, which counts as one person with this one then"
        )
        parser.add_argument("--operator", action="store_true", help="instead: you have no account here")
        parser.add_argument(
            "--remove-second-factor",
            action="store_true",
            help="remove the account's second factors and recovery codes, for a holder who has lost them all",
        )

    @transaction.atomic
    def handle(
        self,
        *args: object,
        username: str,
        by: str | None,
        operator: bool,
        remove_second_factor: bool,
        **options: object,
    ) -> None:
        if bool(by) == operator:
            raise CommandError("Say who makes the link: --by USERNAME, or --operator if you have no account here.")
        account, maker = self._get_account(username), self._get_account(by) if by else None
        if remove_second_factor:
            Authenticator.objects.filter(user=account).delete()
        if maker:
            record_tie(account=account, person=maker, reason=TieReason.LINK)
        details = {"second_factor_removed": remove_second_factor}
        record_entry(actor=maker, action="made a password link", kind="user", object_id=account.pk, details=details)
        arguments = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
        path = reverse("account_reset_password_from_key", kwargs=arguments)
        self.stdout.write(f"{settings.FACTBASE_BASE_URL}{path}")

    def _get_account(self, username: str) -> User:
        account: User | None = User.objects.filter(username=username, is_active=True, is_staff=True).first()
        if account is None:
            raise CommandError(f"No active account named '{username}' may use the admin.")
        return account
