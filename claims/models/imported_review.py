"""ImportedReview: which fact-check of our own earlier work became which verdict."""

from typing import ClassVar

from django.db import models

from claims.addresses import MAX_PAGE_KEY_LENGTH
from claims.models.claim import Claim
from claims.models.review_keys import REVIEW_KEY_LENGTH
from claims.models.verification import Verification


class ImportedReview(models.Model):
    """A fact-check that was imported: `page_key` and `claim_key` recognize it, and `digest` tells whether it changed.

    Bookkeeping of `claims.services.reviews`: what readers see stands in the verification.
    """

    page_key = models.CharField(max_length=MAX_PAGE_KEY_LENGTH)
    claim_key = models.CharField(max_length=REVIEW_KEY_LENGTH)
    digest = models.CharField(max_length=64)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    verification = models.OneToOneField(Verification, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page_key", "claim_key"], name="imported_review_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.page_key}: {self.verification_id}"
