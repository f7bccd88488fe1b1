"""Imports a file of fact-checks: those of our own as verdicts, those of others as external reviews.

What cannot be imported is listed and does not keep back the rest. The dry run does everything and rolls it back; the
import must come to exactly the result that the dry run showed.
"""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims.articles.reviews import Review, ReviewError
from claims.services.errors import RefusedError
from claims.services.imports.row_outcomes import truncate_cell
from claims.services.reviews.external_reviews import store_external_reviews
from claims.services.reviews.outcomes import ReviewOutcome, ReviewPlan, ReviewStatus, UsedRating
from claims.services.reviews.own_reviews import import_own_review
from claims.services.reviews.publishers import is_own
from claims.services.reviews.rating_mappings import RatingMappings
from claims.services.reviews.review_files import FileEntry


class PlanChangedError(RefusedError):
    """The data has changed since the dry run; `plan` is what the import would do now."""

    def __init__(self, plan: ReviewPlan) -> None:
        super().__init__("The data has changed since the dry run. Check the results again.")
        self.plan = plan


def dry_run_import(*, entries: Sequence[FileEntry], editor: User | None) -> ReviewPlan:
    """What importing these fact-checks would do. Nothing is stored."""
    with transaction.atomic():
        plan, _ = _import_entries(entries, editor)
        transaction.set_rollback(True)
    return plan


@transaction.atomic
def import_reviews(*, entries: Sequence[FileEntry], editor: User | None, digest: str = "") -> ReviewPlan:
    """Import the fact-checks; `digest` is that of the plan that the editor confirmed, if there was a dry run.

    Ratings that nobody has mapped yet are kept, so that they can be mapped. Raises PlanChangedError if the plan is
    another now; then nothing is stored.
    """
    plan, mappings = _import_entries(entries, editor)
    if digest and plan.digest != digest:
        raise PlanChangedError(plan)
    mappings.store_missing()
    return plan


def _import_entries(entries: Sequence[FileEntry], editor: User | None) -> tuple[ReviewPlan, RatingMappings]:
    reviews = {place: entry.content for place, entry in enumerate(entries) if isinstance(entry.content, Review)}
    own = {place for place, review in reviews.items() if is_own(review)}
    mappings = RatingMappings(reviews[place].publisher for place in own)
    outcomes: dict[int, ReviewOutcome] = {
        place: import_own_review(entry=entries[place], review=reviews[place], mappings=mappings, editor=editor)
        for place in sorted(own)
    }
    others = [place for place in reviews if place not in own]
    for place, result in zip(others, store_external_reviews([reviews[place] for place in others]), strict=True):
        review = reviews[place]
        outcomes[place] = ReviewOutcome(
            entries[place].place,
            result.status,
            truncate_cell(review.claim),
            publisher=review.publisher,
            detail=f"{review.publisher}: “{review.rating}”",
            changes=result.changes,
        )
    for place, entry in enumerate(entries):
        if isinstance(entry.content, ReviewError):
            outcomes[place] = ReviewOutcome(
                entry.place, ReviewStatus.REJECTED, truncate_cell(entry.label), detail=str(entry.content)
            )
    ratings = tuple(
        UsedRating(publisher, words, rating.slug if rating else "")
        for (publisher, words), rating in sorted(mappings.used.items(), key=lambda item: item[0])
    )
    return ReviewPlan(tuple(outcomes[place] for place in range(len(entries))), ratings), mappings
