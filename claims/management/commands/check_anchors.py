"""`check_anchors`: verifies that every quote stands where its offsets say."""

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
    help = (
        "Compare every quote and anchor with the text of its snapshot, and every snapshot with its SHA-256. "
        "Exit status 1 if there are faults."
    )

    def handle(self, **options: object) -> None:
        fault_count = 0
        for rows, check in ANCHOR_CHECKS:
            checked = 0
            for checked, fault in enumerate(check(), start=1):  # noqa: B007  # the last number is the count
                if fault:
                    fault_count += 1
                    self.stderr.write(self.style.ERROR(str(fault)))
            self.stdout.write(f"Checked {checked} {rows}.")
        for label, counts in (("Quotes", count_quotes_by_decision()), ("Anchors", count_anchors_by_state())):
            summary = ", ".join(f"{count} {state}" for state, count in counts.items())
            self.stdout.write(f"{label}: {summary}.")
        if fault_count:
            raise CommandError(f"{fault_count} faults found.")
        self.stdout.write("No faults found.")
