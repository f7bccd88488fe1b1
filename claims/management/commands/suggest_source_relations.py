"""`suggest_source_relations`: searches stored sources for texts that have much in common."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from claims.services.sources.near_duplicates import compare_stored_sources
from claims.services.sources.translation_suggestions import suggest_stored_translations


class Command(BaseCommand):
    help = (
        "Compare the texts of stored sources and suggest which are copies, shortened or updated versions, or share a "
        "release, and which source each translation was made from. Articles are compared when they are ingested; this "
        "is for those of before. Editors decide; dismissed pairs are not suggested again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="also compare sources that were compared before")

    def handle(self, *, again: bool, **options: object) -> None:
        source_count = relation_count = 0
        for source_count, relation_count in compare_stored_sources(again=again):
            if self.stdout.isatty():
                self.stdout.write(f"{source_count} sources compared, {relation_count} new suggestions")
        relation_count += suggest_stored_translations()
        self.stdout.write(f"Compared {source_count} sources: {relation_count} new suggestions.")
