"""Claim: an assertion, in one sentence."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.models.base import Timestamped, objects_of
from claims.models.claim_type import ClaimType
from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.models.verification_state import VerificationState


class ClaimState(models.TextChoices):
    """What readers can see of a claim, as far as its own columns tell: a released one also needs an accepted quote."""

    PROPOSED = "proposed", "Proposed"
    DRAFT = "draft", "Draft"
    EMBARGOED = "embargoed", "Embargoed"
    RELEASED = "released", "Released"
    RETRACTED = "retracted", "Retracted"
    MERGED = "merged", "Merged"


# A released claim goes back only while it has no accepted quote; an embargo also ends by itself.
CLAIM_TRANSITIONS: dict[ClaimState, set[ClaimState]] = {
    ClaimState.PROPOSED: {ClaimState.DRAFT, ClaimState.EMBARGOED, ClaimState.RELEASED, ClaimState.MERGED},
    ClaimState.DRAFT: {ClaimState.EMBARGOED, ClaimState.RELEASED, ClaimState.MERGED},
    ClaimState.EMBARGOED: {ClaimState.DRAFT, ClaimState.RELEASED, ClaimState.MERGED},
    ClaimState.RELEASED: {
        ClaimState.DRAFT,
        ClaimState.EMBARGOED,
        ClaimState.RETRACTED,
        ClaimState.MERGED,
    },
    ClaimState.RETRACTED: set(),
    ClaimState.MERGED: set(),
}


class ClaimQuerySet(models.QuerySet["Claim"]):
    def released(self, *, at: datetime | Combinable | None = None) -> Self:
        """Public claims: released, not under embargo, not retracted, and with an accepted quote.

        Now, or at the time `at` (a datetime or an expression).
        """
        accepted = objects_of("Quote").filter(claim=OuterRef("pk")).accepted()
        return self.filter(Exists(accepted), released_at__lte=at or timezone.now(), retracted_at=None)

    def retracted_stubs(self) -> Self:
        """Claims that were public until they were retracted."""
        return self.filter(retracted_at__isnull=False, released_at__lte=F("retracted_at"))

    def confirmed(self) -> Self:
        """Claims whose wording an editor confirmed: all but the proposals."""
        return self.filter(wording_confirmed_at__isnull=False)

    def proposals(self) -> Self:
        """Claims in a machine's wording, which nobody has confirmed."""
        return self.current().filter(wording_confirmed_at=None)

    def redirects(self, *, at: datetime | Combinable | None = None) -> Self:
        """Claims that were public until they were merged into another, now or at the time `at`."""
        return self.filter(merged_into__isnull=False, released_at__lte=at or timezone.now())

    def current(self) -> Self:
        """Claims that are neither retracted nor merged into another."""
        return self.filter(retracted_at=None, merged_into=None)

    def with_current_verification(self) -> Self:
        """Adds `current`, the published verification (at most one per claim), to join and to filter on."""
        published = Q(verifications__state=VerificationState.PUBLISHED)
        return self.annotate(current=FilteredRelation("verifications", condition=published))

    def with_status(self) -> Self:
        """Adds `status`: the current rating's slug, or `in-review`, or `unreviewed`."""
        submitted = objects_of("Verification").submitted_for_claim_lookup().filter(claim=OuterRef("pk"))
        return self.with_current_verification().annotate(
            status=Case(
                When(current__isnull=False, then=F("current__rating__slug")),
                When(Exists(submitted), then=Value(Claim.IN_REVIEW)),
                default=Value(Claim.UNREVIEWED),
                output_field=models.CharField(),
            )
        )


class Claim(Timestamped):
    """An assertion in one sentence. Editors may reword it; its quotes do not change with it.

    A claim begins as a proposal in a machine's wording, for the quote that makes it. `wording_confirmed_at` is when an
    editor first confirmed or wrote its wording; only then can it be released, and it is never removed by itself.
    `said_on` is the day on which it was said, if known. `claim_type` is empty until an editor chooses it. `released_at`
    is when the claim becomes public (an embargo if in the future). A retracted claim stays as a stub. A merged claim
    stays as a redirect to the other claim, which owns its quotes.
    """

    UNREVIEWED: ClassVar = "unreviewed"
    IN_REVIEW: ClassVar = "in-review"

    text = models.TextField()
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="claims")
    said_on = models.DateField(null=True, blank=True)
    claim_type = models.CharField(
        "type", max_length=10, choices=ClaimType, blank=True, help_text="Readers see it once you choose it."
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")
    wording_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="When it is published. A future time is an embargo."
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    history = CausedHistory(m2m_fields=[topics])
    objects: ClassVar = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        permissions: ClassVar = [
            ("correct_claim", "Can change and retract claims and quotes that readers see, with a public note")
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="claim_newest_first"),
            models.Index(fields=["-released_at", "-id"], name="claim_last_released_first"),
            models.Index(fields=["updated_at", "id"], name="claim_by_change"),
            models.Index(fields=["said_on"], name="claim_by_date"),
            models.Index(fields=["speaker", "-id"], name="claim_newest_of_speaker"),
            # Most claims may be proposals, which lists and counts leave out.
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(wording_confirmed_at__isnull=False),
                name="claim_confirmed_newest_first",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="claim_text_is_not_empty"),
            models.CheckConstraint(
                condition=Q(claim_type="") | Q(claim_type__in=ClaimType.values), name="claim_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(wording_confirmed_at__isnull=False),
                name="claim_released_has_confirmed_wording",
            ),
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
    def state(self) -> ClaimState:
        if self.retracted_at:
            return ClaimState.RETRACTED
        if self.merged_into_id:
            return ClaimState.MERGED
        if self.released_at is None:
            return ClaimState.DRAFT if self.wording_confirmed_at else ClaimState.PROPOSED
        return ClaimState.EMBARGOED if self.released_at > timezone.now() else ClaimState.RELEASED

    @property
    def is_open(self) -> bool:
        """Whether the claim is released, not under embargo and not retracted: it is public with an accepted quote."""
        return self.retracted_at is None and self.released_at is not None and self.released_at <= timezone.now()

    @property
    def hides_quotes(self) -> bool:
        """Whether its accepted quotes are not public: it is under embargo or retracted."""
        return self.released_at is not None and not self.is_open
