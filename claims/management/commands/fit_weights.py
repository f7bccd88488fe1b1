"""`fit_weights`: fits the weights of check-worthiness to the newsroom's decisions."""

from django.core.management.base import BaseCommand, CommandError

from claims.services.errors import RefusedError
from claims.services.worthiness.newsroom_fit import fit_to_newsroom


class Command(BaseCommand):
    help = (
        "Fit the weights of check-worthiness to the claims that were confirmed or checked, measure them on the newest "
        "quarter, and propose them if they are better. The Chief adopts them in the admin."
    )

    def handle(self, **options: object) -> None:
        try:
            result = fit_to_newsroom(editor=None)
        except RefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        fit = result.fit
        self.stdout.write(f"Decisions: {fit.decisions}, of which {fit.held_out} held out")
        self.stdout.write(f"Average precision on those, fitted: {fit.precision:.3f}")
        self.stdout.write(f"Current weights: {fit.current_precision:.3f}")
        self.stdout.write(f"A figure alone: {fit.figures_precision:.3f}")
        self.stdout.write("Proposed: adopt them in the admin." if result.proposal else "No gain: nothing is proposed.")
