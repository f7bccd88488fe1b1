"""`create_editor`: creates an account with a random password that is shown once."""

import secrets

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

PASSWORD_BYTES = 12  # 96 random bits: 16 characters


class Command(BaseCommand):
    help = (
        "Create an administrator's account, or one with the permissions of a group, and print its random password, "
        "which is not stored anywhere. An existing account is not changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="editor", help="the account's name (default: %(default)s)")
        parser.add_argument(
            "--group",
            metavar="NAME",
            help="give the account the permissions of this group only (Reporter, Editor, Approver, Chief)",
        )

    def handle(self, *args: object, username: str, group: str | None = None, **options: object) -> None:
        account_group = self._get_group(group) if group is not None else None
        created = False
        with transaction.atomic():
            if not User.objects.filter(username=username).exists():
                password = secrets.token_urlsafe(PASSWORD_BYTES)
                fields = {"is_staff": True, "is_superuser": account_group is None, "password": make_password(password)}
                # If two processes start at once, one creates the account and the other finds it.
                account, created = User.objects.get_or_create(username=username, defaults=fields)
                if created and account_group:
                    account.groups.add(account_group)
        if not created:
            self.stdout.write(
                f"Account '{username}' already exists. To set a new password: "
                f".venv/bin/python manage.py changepassword {username}"
            )
            return
        try:
            self.stdout.write(f"Created account '{username}' with the password {password} (shown only once).")
            self.stdout.flush()
        except (OSError, ValueError):  # nobody has seen the password
            account.delete()
            raise

    def _get_group(self, name: str) -> Group:
        """Returns the group of this name. Raises CommandError, with the names of all groups, if there is none."""
        if group := Group.objects.filter(name=name).first():
            return group
        names = ", ".join(Group.objects.order_by("pk").values_list("name", flat=True)) or "none"
        raise CommandError(f"No group named '{name}'. Groups: {names}.")
