"""`erase_reports`: erases what readers wrote in reports that were decided long ago."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.services.site.error_reports import erase_decided_reports


class Command(BaseCommand):
    help = "Erase the words and addresses of readers in error reports, 90 days after the decision. Run it every day."

    def handle(self, *_: object, **__: object) -> None:
        self.stdout.write(f"{erase_decided_reports(now=timezone.now())} reports erased.")
