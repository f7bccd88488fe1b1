"""Repeat: a public quote that says a claim again after its verdict."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.verification import Verification
from claims.models.verification_state import VerificationState


class RepeatQuerySet(models.QuerySet["Repeat"]):
    def released(self, *, at: datetime | Combinable | None = None) -> Self:
        """Repeats of public claims with a published verdict, by quotes of public claims, now or at the time `at`."""
        verdict = Verification.objects.filter(claim=OuterRef("claim"), state=VerificationState.PUBLISHED)
        claim = Claim.objects.released(at=at).filter(pk=OuterRef("claim"))
        quotes = Quote.objects.released(at=at).filter(claim__released_at__isnull=False)
        return self.filter(Exists(verdict), Exists(claim), Exists(quotes.filter(pk=OuterRef("quote"))))


class Repeat(models.Model):
    """A public quote that says a claim again after its verdict: derived, and kept by the change feed.

    See `claims.services.claims.repeats` for what counts. `said_on` is the day of the quote, `rated_on` the day (UTC)
    since when the claim has had its rating, and `outlet` what the outlets are counted by.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="repeats", db_constraint=False)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    said_on = models.DateField()
    rated_on = models.DateField()
    outlet = models.TextField()

    objects: ClassVar = RepeatQuerySet.as_manager()

    class Meta:
        default_permissions: ClassVar = ()
        ordering: ClassVar = ["-said_on", "-quote_id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "quote"], name="repeat_is_unique")]

    def __str__(self) -> str:
        return f"{self.claim_id}: quote {self.quote_id} on {self.said_on}"
