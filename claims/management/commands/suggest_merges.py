"""`suggest_merges`: searches all speakers for pairs that may be the same."""

from django.core.management.base import BaseCommand

from claims.services.speakers.merge_suggestions import refresh_merge_suggestions


class Command(BaseCommand):
    help = (
        "Compare all stored speakers and suggest merges, for instance after an upgrade that compares them better. "
        "Editors decide; dismissed pairs are not suggested again."
    )

    def handle(self, **options: object) -> None:
        speaker_count = suggestion_count = 0
        for speaker_count, suggestion_count in refresh_merge_suggestions():
            if self.stdout.isatty():
                self.stdout.write(f"{speaker_count} speakers checked, {suggestion_count} new suggestions")
        self.stdout.write(f"Checked {speaker_count} speakers: {suggestion_count} new suggestions.")
