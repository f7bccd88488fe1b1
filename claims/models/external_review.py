"""ExternalReview: what another publisher found when it checked a claim. Never a verdict of this site."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.addresses import MAX_PAGE_KEY_LENGTH
from claims.models.base import Timestamped, user_foreign_key
from claims.models.claim import Claim
from claims.models.feed import Feed, feed_key
from claims.models.history_cause import CausedHistory
from claims.models.review_keys import REVIEW_KEY_LENGTH, claim_key


class ExternalReviewQuerySet(models.QuerySet["ExternalReview"]):
    def current(self) -> Self:
        """Reviews that their publishers have not taken back."""
        return self.filter(withdrawn_at=None)


class ExternalReview(Timestamped):
    """A fact-check of another publisher, with its rating in that publisher's words.

    It is about a claim of ours only where an editor linked the two. `page_key` and `claim_key` are what all addresses
    and spellings have in common; `save()` computes them. `feed` is the one that listed it, `remote_id` its id there.
    `withdrawn_at` is when the feed said that it is gone.
    """

    claim_text = models.TextField("claim")
    claim_key = models.CharField(max_length=REVIEW_KEY_LENGTH, editable=False)
    speaker_name = models.CharField("speaker", max_length=200, blank=True)
    said_on = models.DateField(null=True, blank=True)
    rating = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    review_url = models.URLField("URL", max_length=2000)
    page_key = models.CharField(max_length=MAX_PAGE_KEY_LENGTH, editable=False)
    published_on = models.DateField("published", null=True, blank=True)
    feed = models.ForeignKey(
        Feed, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="external_reviews"
    )
    remote_id = models.CharField(max_length=100, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    claim = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="external_reviews",
        verbose_name="linked claim",
    )
    linked_by = user_foreign_key("linked_reviews", null=True)

    history = CausedHistory()  # of what editors do: imports and feeds write rows without it
    objects: ClassVar = ExternalReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_on", "-id"]
        permissions: ClassVar = [("import_externalreview", "Can import fact-checks, also as verdicts of this site")]
        indexes: ClassVar = [
            models.Index(fields=["-published_on", "-id"], name="external_review_newest"),
            models.Index(fields=["feed", "remote_id"], name="external_review_of_feed"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page_key", "claim_key"], name="external_review_is_unique"),
            models.CheckConstraint(
                condition=~Q(claim_text="") & ~Q(rating="") & ~Q(publisher=""),
                name="external_review_says_who_found_what",
            ),
            models.CheckConstraint(
                condition=Q(review_url__startswith="http://") | Q(review_url__startswith="https://"),
                name="external_review_has_a_web_address",
            ),
            models.CheckConstraint(
                condition=Q(claim=None, linked_by=None) | Q(claim__isnull=False, linked_by__isnull=False),
                name="external_review_is_linked_by_a_person",
            ),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, update_fields=update_fields, **kwargs)

    def set_keys(self) -> None:
        """Computes the keys; for rows that are stored many at a time."""
        self.page_key, self.claim_key = feed_key(self.review_url), claim_key(self.claim_text)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating} — {self.claim_text}"
