"""`create_editor`: the first account, with a password that is shown once."""

import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

PASSWORD_BYTES = 12  # 96 random bits: 16 characters


class Command(BaseCommand):
    """Creates an account for the admin, once."""

    help = (
        "Create an account that may do everything in the admin, or what one group may, with a random password that is "
        "printed once and kept nowhere. If the account is there, nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The arguments."""
        parser.add_argument("--username", default="editor", help="the account's name (default: %(default)s)")
        parser.add_argument(
            "--group", metavar="NAME", help="make it one of this group (Reporter, Editor, Approver, Chief), and no more"
        )

    def handle(self, *args: Any, username: str, group: str | None = None, **options: Any) -> None:
        """Create the account and print its password, or say that it is there."""
        member_of = self._group(group) if group is not None else None
        # One transaction, so that an account whose password could not be shown is not kept.
        with transaction.atomic():
            created = False
            if not User.objects.filter(username=username).exists():
                password = secrets.token_urlsafe(PASSWORD_BYTES)
                rights = {"is_staff": True, "is_superuser": member_of is None, "password": make_password(password)}
                # Two first starts at once: one of them creates, the other finds.
                account, created = User.objects.get_or_create(username=username, defaults=rights)
                if created and member_of:
                    account.groups.add(member_of)
            if created:
                self.stdout.write(f"The account '{username}' has the password {password} (shown this once only).")
                self.stdout.flush()
            else:
                self.stdout.write(
                    f"The account '{username}' exists; for a new password: "
                    f".venv/bin/python manage.py changepassword {username}"
                )

    def _group(self, name: str) -> Group:
        """The group of this name. Raises CommandError if there is none, and says which there are."""
        if group := Group.objects.filter(name=name).first():
            return group
        there = ", ".join(Group.objects.order_by("pk").values_list("name", flat=True)) or "there are none"
        raise CommandError(f"No group is called '{name}'. Groups: {there}.")
