"""Verification: a rating of a claim, written by one person and approved by another, or imported from earlier work."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.models.base import Timestamped, choices_constraint, user_foreign_key
from claims.models.claim import Claim
from claims.models.history_cause import CausedHistory
from claims.models.rating import Rating
from claims.models.verification_state import VerificationState

IMPORTED_STATES = [VerificationState.PUBLISHED, VerificationState.SUPERSEDED, VerificationState.WITHDRAWN]


class VerificationQuerySet(models.QuerySet["Verification"]):
    def released(self, at: datetime | Combinable | None = None) -> Self:
        """Published verifications of released claims, now or at the time `at`."""
        claim = Claim.objects.released(at=at).filter(pk=models.OuterRef("claim"))
        return self.filter(models.Exists(claim), state=VerificationState.PUBLISHED)

    def released_in_index_order(self, at: datetime | Combinable | None = None) -> Self:
        """The same rows as `released()`, phrased for paging on SQLite: see `QuoteQuerySet.released_in_index_order`."""
        others = [state for state in VerificationState if state != VerificationState.PUBLISHED]
        claim = Claim.objects.released(at=at).filter(pk=OuterRef("claim"))
        return self.exclude(state__in=others).filter(Exists(claim), published_at__isnull=False)

    def submitted_for_claim_lookup(self) -> Self:
        """Submitted verifications, phrased so that SQLite looks them up by claim instead of reading all of them."""
        return self.exclude(state__in=[state for state in VerificationState if state != VerificationState.SUBMITTED])


class Verification(Timestamped):
    """A rating with its explanation and evidence, written by one person and approved by another.

    `fingerprint` is the SHA-256 of the wording that was rated (see `claims.services.verification.workflow`). A new
    verdict is a new row; the published one becomes superseded or withdrawn. Two triggers protect a row from then on:
    `verification_is_append_only` refuses changes of its content (claim, rating, explanation, author, approver,
    fingerprint, publication date), and `verification_ends_for_good` allows only the transition from published to
    superseded or withdrawn. Only the admin prevents deletion (it deletes drafts alone).

    A verdict that was published before this database existed is imported (`claims.services.reviews`): it has a
    `review_url`, its `author` is who imported it, and it has no approver. It is published from the start, and
    `verification_is_imported_or_not` keeps any other row from becoming one.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verifications")
    state = models.CharField(max_length=12, choices=VerificationState, default=VerificationState.DRAFT, db_index=True)
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="verifications")
    explanation = models.TextField(blank=True)
    author = user_foreign_key("verifications_written")
    approver = user_foreign_key("verifications_approved", null=True)
    reopened_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="reopened"
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    review_url = models.URLField("imported from", max_length=2000, blank=True, editable=False)
    comment = models.TextField(blank=True, help_text="Between author and approver. Never published.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = CausedHistory()
    objects: ClassVar = VerificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        permissions: ClassVar = [("publish_verification", "Can approve, send back, publish and withdraw verifications")]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], name="verification_last_published"),
            models.Index(fields=["-created_at", "-id"], name="verification_newest_first"),
            # The dashboard counts claims by rating from this index alone.
            models.Index(fields=["state", "rating"], name="verification_by_rating"),
        ]
        constraints: ClassVar = [
            choices_constraint("verification_state_is_known", "state", VerificationState),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=VerificationState.PUBLISHED),
                name="verification_one_current_per_claim",
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="verification_approver_is_not_author"
            ),
            models.CheckConstraint(
                condition=Q(state=VerificationState.DRAFT)
                | (Q(rating__isnull=False, submitted_at__isnull=False) & ~Q(explanation="") & ~Q(fingerprint="")),
                name="verification_rating_needed_once_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[VerificationState.PUBLISHED, VerificationState.SUPERSEDED])
                | (Q(published_at__isnull=False) & (Q(approver__isnull=False) | ~Q(review_url=""))),
                name="verification_published_has_approver_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(review_url="")
                | Q(approver=None, reopened_from=None, state__in=IMPORTED_STATES, published_at__isnull=False),
                name="verification_imported_was_published_elsewhere",
            ),
        ]

    @property
    def is_imported(self) -> bool:
        """Whether it was published elsewhere before, without the two people that this database demands."""
        return bool(self.review_url)

    def __str__(self) -> str:
        return f"{self.rating or 'Unrated'} ({self.get_state_display()}): {self.claim}"
