"""`check_anchors`: re-check that every quote stands where it says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.services.sources.integrity import (
    check_anchors,
    check_quotes,
    check_snapshots,
    count_anchors_by_state,
    count_quotes_by_decision,
)

ANCHOR_CHECKS = [
    ("snapshots", check_snapshots),
    ("quotes", check_quotes),
    ("anchors in later snapshots", check_anchors),
]


class Command(BaseCommand):
    """Compare every quote and anchor with its snapshot, and every snapshot with its SHA-256; count them by state."""

    help = "Re-check that every snapshot has its SHA-256 and every quote stands where it says. Exit status 1 if not."

    def handle(self, **options: Any) -> None:
        """Name what does not hold, and count."""
        broken = 0
        for rows, check in ANCHOR_CHECKS:
            checked = 0
            for checked, fault in enumerate(check(), start=1):  # noqa: B007  # the last one is the count
                if fault:
                    broken += 1
                    self.stderr.write(self.style.ERROR(str(fault)))
            self.stdout.write(f"Checked {checked} {rows}.")
        for what, states in (("Quotes", count_quotes_by_decision()), ("Anchors", count_anchors_by_state())):
            said = ", ".join(f"{number} {name}" for name, number in states.items())
            self.stdout.write(f"{what}: {said}.")
        if broken:
            raise CommandError(f"{broken} do not hold.")
        self.stdout.write("All hold.")
