"""Claim: what is asserted, in one sentence."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.utils import timezone
from simple_history.models import HistoricalRecords

from claims.models.base import Timestamped
from claims.models.speaker import Speaker
from claims.models.topic import Topic


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, by what readers may see of them and what is known of them."""

    def released(self, *, at: Any = None) -> Self:
        """Claims that readers may see: released, not under embargo, not retracted, carried by an accepted quote.

        They are those of now, or of the moment `at` (or an expression for it).
        """
        from claims.models.quote import Quote, QuoteDecision  # noqa: PLC0415  # Quote's module imports this one

        accepted = Quote.objects.filter(claim=OuterRef("pk"), decision=QuoteDecision.ACCEPTED)
        return self.filter(Exists(accepted), released_at__lte=at or timezone.now(), retracted_at=None)

    def withdrawn(self) -> Self:
        """Claims that readers could see once and that were retracted: their stubs."""
        return self.filter(retracted_at__isnull=False, released_at__lte=F("retracted_at"))

    def redirects(self) -> Self:
        """Claims that readers could see once and that were merged into another."""
        return self.filter(merged_into__isnull=False, released_at__lte=timezone.now())

    def current(self) -> Self:
        """Claims that say something themselves: neither retracted nor merged into another."""
        return self.filter(retracted_at=None, merged_into=None)

    def with_current_verification(self) -> Self:
        """With `current`: the published verification, to join and filter on; at most one a claim."""
        from claims.models.verification import VerificationState  # noqa: PLC0415  # its module imports this one

        published = Q(verifications__state=VerificationState.PUBLISHED)
        return self.annotate(current=FilteredRelation("verifications", condition=published))

    def with_status(self) -> Self:
        """With `status`: the current rating's slug, or `in-review`, or `unreviewed`."""
        from claims.models.verification import Verification  # noqa: PLC0415  # as above

        submitted = Verification.objects.submitted_to_look_up().filter(claim=OuterRef("pk"))
        return self.with_current_verification().annotate(
            status=Case(
                When(current__isnull=False, then=F("current__rating__slug")),
                When(Exists(submitted), then=Value(Claim.IN_REVIEW)),
                default=Value(Claim.UNREVIEWED),
                output_field=models.CharField(),
            )
        )


class Claim(Timestamped):
    """What is asserted, in one sentence that an editor may reword; its quotes never change with it.

    `said_on` is the day it was said, where known. `released_at` is the moment from which readers may see it (in the
    future: an embargo); it is set when the first of its quotes is accepted. A retracted claim stays as a stub, and one
    that was merged into another as a redirect: its quotes are the other's.
    """

    UNREVIEWED: ClassVar = "unreviewed"
    IN_REVIEW: ClassVar = "in-review"

    text = models.TextField()
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    said_on = models.DateField(null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="From when readers may see it; a moment to come is an embargo."
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    history = HistoricalRecords(m2m_fields=[topics])
    objects: ClassVar = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        permissions: ClassVar = [("correct_claim", "Can change and retract claims that readers see")]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="claim_newest_first"),
            models.Index(fields=["-released_at", "-id"], name="claim_last_released_first"),
            models.Index(fields=["updated_at", "id"], name="claim_by_change"),
            models.Index(fields=["speaker", "-id"], name="claim_newest_of_speaker"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_text_is_not_empty"),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(released_at__isnull=False), name="claim_is_released_before_retracted"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (~Q(merged_into=F("id")) & Q(retracted_at=None)),
                name="claim_is_merged_into_another_or_retracted",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it is released, not under embargo and not retracted: its accepted quotes are public."""
        return self.retracted_at is None and self.released_at is not None and self.released_at <= timezone.now()
