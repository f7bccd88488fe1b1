"""`invite`: prints the link of an invitation, for sites without a mail server."""

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services.errors import RefusedError
from claims.services.people import invitations


class Command(BaseCommand):
    help = "Invite somebody, and print the link by which they make their account. It works once, for seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the mail address of the account to be")
        parser.add_argument(
            "--group", action="append", default=[], metavar="NAME", help="a group of it; may be repeated"
        )
        parser.add_argument("--by", metavar="USERNAME", help="the account that invites, which counts as having made it")

    def handle(self, *args: object, email: str, group: list[str], by: str | None, **options: object) -> None:
        groups = list(Group.objects.filter(name__in=group))
        if missing := set(group) - {found.name for found in groups}:
            names = ", ".join(Group.objects.order_by("pk").values_list("name", flat=True)) or "none"
            raise CommandError(f"No group named '{min(missing)}'. Groups: {names}.")
        inviter = User.objects.filter(username=by, is_active=True).first() if by else None
        if by and inviter is None:
            raise CommandError(f"No active account named '{by}'.")
        try:
            invitation, url = invitations.invite_by_link(email=email, groups=groups, by=inviter)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{url}\nWhoever has this link makes the account, once, until {invitation.expires_at:%Y-%m-%d}."
        )
