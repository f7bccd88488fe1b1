"""`confirm_holder`: confirms that accounts belong to persons of their own, on the operator's word."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from claims.services.people.account_ties import confirm_by_operator


class Command(BaseCommand):
    help = (
        "Confirm that each of these accounts is used by its own holder alone, so that it no longer counts as one "
        "person with whoever made it, set its password or changed its mail address. Ends its sessions and removes "
        "its second factors and single sign-on, which somebody else could have added."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("usernames", nargs="+", metavar="USERNAME", help="the account's name")

    @transaction.atomic
    def handle(self, *args: object, usernames: list[str], **options: object) -> None:
        accounts = User.objects.in_bulk(usernames, field_name="username")
        if unknown := [name for name in usernames if name not in accounts]:
            raise CommandError(f"No account named {', '.join(unknown)}. No holder was confirmed.")
        for name in usernames:
            if confirm_by_operator(account=accounts[name]):
                self.stdout.write(f"The holder of {name} is confirmed.")
            else:
                self.stdout.write(f"{name} counts as a person of its own already.")
