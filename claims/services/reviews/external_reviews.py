"""Stores fact-checks of other publishers, and links them to claims."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.articles.reviews import Review
from claims.models import Claim, ExternalReview, Feed
from claims.services.changefeed.processor import process_after_commit
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.row_outcomes import describe_change
from claims.services.quotes.claim_links import refuse_unavailable_claim
from claims.services.reviews.outcomes import ReviewStatus

BATCH_SIZE = 500
_FIELDS = {
    "claim_text": "claim",
    "speaker_name": "speaker",
    "said_on": "said on",
    "rating": "rating",
    "publisher": "publisher",
    "author": "author",
    "published_on": "published",
}
_STORED_FIELDS = [*_FIELDS, "remote_id", "withdrawn_at", "updated_at"]


class StoredReview(NamedTuple):
    """What storing a fact-check did, and the changes: field, former value, new value."""

    status: ReviewStatus
    changes: tuple[tuple[str, str, str], ...] = ()


@transaction.atomic
def store_external_reviews(
    reviews: Sequence[Review], *, feed: Feed | None = None, remote_ids: Sequence[str] = ()
) -> list[StoredReview]:
    """Add fact-checks and change those that are known, by their address and claim. Links to claims stay.

    `remote_ids` are the ids that the `feed` has for them, one for each.
    """
    process_after_commit()
    rows = [_build_row(review) for review in reviews]
    stored = _find_stored(rows)
    results: list[StoredReview] = []
    new: dict[tuple[str, str], ExternalReview] = {}
    changed: dict[int, ExternalReview] = {}
    for row, remote_id in zip(rows, remote_ids or [""] * len(rows), strict=True):
        key = (row.page_key, row.claim_key)
        row.feed, row.remote_id = feed, remote_id
        known = stored.get(key) or new.get(key)
        if known is None:
            new[key] = row
            results.append(StoredReview(ReviewStatus.NEW))
        elif feed is not None and known.feed_id != feed.pk:  # a feed changes only what it brought
            results.append(StoredReview(ReviewStatus.UNCHANGED))
        else:
            results.append(_update(known, row))
            if known.pk and (results[-1].status == ReviewStatus.CHANGED or known.remote_id != remote_id):
                known.remote_id = remote_id or known.remote_id
                changed[known.pk] = known
    ExternalReview.objects.bulk_create(new.values(), batch_size=BATCH_SIZE)
    for row in changed.values():
        row.updated_at = timezone.now()
    ExternalReview.objects.bulk_update(changed.values(), _STORED_FIELDS, batch_size=BATCH_SIZE)
    return results


@transaction.atomic
def withdraw_external_reviews(*, feed: Feed, remote_ids: Iterable[str]) -> int:
    """Mark the fact-checks that a feed says are gone; returns how many. Readers no longer see them."""
    process_after_commit()
    ids = list(remote_ids)
    rows = ExternalReview.objects.current().filter(feed=feed)
    now = timezone.now()
    return sum(
        rows.filter(remote_id__in=ids[start : start + BATCH_SIZE]).update(withdrawn_at=now, updated_at=now)
        for start in range(0, len(ids), BATCH_SIZE)
    )


@transaction.atomic
def link_review(*, review: ExternalReview, claim: Claim, editor: User) -> ExternalReview:
    """Say that a fact-check is about a claim. Raises RefusedError for a retracted or merged claim."""
    review = ExternalReview.objects.select_for_update().get(pk=review.pk)
    claim = Claim.objects.get(pk=claim.pk)
    refuse_unavailable_claim(claim)
    if review.claim_id == claim.pk:
        return review
    if review.withdrawn_at:
        raise RefusedError("Its publisher has withdrawn this fact-check.")
    review.claim, review.linked_by = claim, editor
    audit.update([review], ["claim", "linked_by"], user=editor, reason="linked to a claim")
    return review


@transaction.atomic
def unlink_review(*, review: ExternalReview, editor: User) -> ExternalReview:
    """Say that a fact-check is about no claim of ours. Raises RefusedError if it is linked to none."""
    review = ExternalReview.objects.select_for_update().get(pk=review.pk)
    if review.claim_id is None:
        raise RefusedError("This fact-check is not linked to a claim.")
    review.claim = review.linked_by = None
    audit.update([review], ["claim", "linked_by"], user=editor, reason="link removed")
    return review


def _build_row(review: Review) -> ExternalReview:
    row = ExternalReview(
        claim_text=review.claim,
        speaker_name=review.speaker,
        said_on=review.said_on,
        rating=review.rating,
        publisher=review.publisher,
        author=review.author,
        review_url=review.review_url,
        published_on=review.published,
    )
    row.set_keys()
    return row


def _find_stored(rows: Sequence[ExternalReview]) -> dict[tuple[str, str], ExternalReview]:
    pages = list({row.page_key for row in rows})
    return {
        (row.page_key, row.claim_key): row
        for start in range(0, len(pages), BATCH_SIZE)
        for row in ExternalReview.objects.select_for_update().filter(page_key__in=pages[start : start + BATCH_SIZE])
    }


def _update(known: ExternalReview, row: ExternalReview) -> StoredReview:
    """Take over what the fact-check says now. One that was withdrawn is back."""
    changes = []
    for name, label in _FIELDS.items():
        before, after = getattr(known, name), getattr(row, name)
        if before != after:
            changes.append(describe_change(label, before, after))
            setattr(known, name, after)
    is_back = known.withdrawn_at is not None
    known.withdrawn_at = None
    status = ReviewStatus.CHANGED if changes or is_back else ReviewStatus.UNCHANGED
    return StoredReview(status, tuple(changes))
