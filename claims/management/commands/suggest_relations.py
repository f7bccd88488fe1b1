"""`suggest_relations`: suggests again how claims relate to each other."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from claims.matching import EncoderError
from claims.services.claims.relation_renewal import Renewal, count_due, renew_due_relations, request_renewal


class Command(BaseCommand):
    help = (
        "Compare all claims again, for instance after an upgrade that compares them better: suggest relations, "
        "withdraw suggestions that are no longer made, and list decided ones whose claims differ. What editors "
        "decided stays. A run that was broken off is continued."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="start anew, even if a run was broken off")

    def handle(self, *, again: bool, **options: object) -> None:
        if again or not count_due():
            request_renewal()
        total, all_due = Renewal(), count_due()
        try:
            for renewal in renew_due_relations():
                total += renewal
                if self.stdout.isatty():
                    self.stdout.write(f"{total.claims} of {all_due}: {total}", ending="\r")
        except EncoderError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{total}.")
