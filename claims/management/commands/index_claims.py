"""`index_claims`: makes claims findable by meaning."""

from django.core.management.base import BaseCommand, CommandError

from claims.matching import EncoderError
from claims.search.matches.claim_index import open_claim_index
from claims.services.claims.claim_vectors import update_vectors


class Command(BaseCommand):
    help = (
        "Make the vectors of claims that have none or were reworded, and bring the index of them up to date. "
        "Workers do the same about once a minute; running it again changes nothing."
    )

    def handle(self, **options: object) -> None:
        count = 0
        try:
            for updated in update_vectors():
                count += updated
                if self.stdout.isatty():
                    self.stdout.write(f"{count} claims indexed")
        except EncoderError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Indexed {count} claims: {open_claim_index().count_claims()} can be found.")
