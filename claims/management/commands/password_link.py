"""`password_link`: prints a link for a new password, the way back in without a mail server."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse


class Command(BaseCommand):
    help = (
        "Print a link by which the holder of an account chooses a new password and is signed in, within an hour, "
        "even during a lockout."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--remove-second-factor",
            action="store_true",
            help="remove the account's second factors and recovery codes, for a holder who has lost them all",
        )

    @transaction.atomic
    def handle(self, *args: object, username: str, remove_second_factor: bool, **options: object) -> None:
        account = User.objects.filter(username=username, is_active=True, is_staff=True).first()
        if account is None:
            raise CommandError(f"No active account named '{username}' may use the admin.")
        if remove_second_factor:
            Authenticator.objects.filter(user=account).delete()
        arguments = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
        path = reverse("account_reset_password_from_key", kwargs=arguments)
        self.stdout.write(f"{settings.FACTBASE_BASE_URL}{path}")
