"""`suggest_merges`: look through the stored speakers for those that may be one."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.services.speakers.merge_suggestions import refresh_merge_suggestions


class Command(BaseCommand):
    """Suggest merges among all speakers, a batch a transaction."""

    help = (
        "Look through all speakers for those that may be one, for reasons that came with a later version. Editors "
        "decide; what was decided stays so. Twice suggests nothing new."
    )

    def handle(self, **options: Any) -> None:
        """Say how far it is after each batch on a terminal, and once at the end."""
        looked_at = new = 0
        for looked_at, new in refresh_merge_suggestions():
            if self.stdout.isatty():
                self.stdout.write(f"{looked_at} speakers looked at, {new} new suggestions")
        self.stdout.write(f"Looked at {looked_at} speakers: {new} new suggestions.")
