"""ExternalReviewVector: the meaning of a claim that another publisher checked, as numbers, to find it by."""

from typing import ClassVar

from django.db import models

from claims.models.external_review import ExternalReview


class ExternalReviewVector(models.Model):
    """The vector of a fact-check's claim: derived, and made again for another encoder.

    A fact-check whose claim gets other words is another one, by its `claim_key`, so that the vector stays.
    """

    review = models.OneToOneField(ExternalReview, on_delete=models.CASCADE, primary_key=True, related_name="+")
    encoder = models.CharField(max_length=8)  # the start of its SHA-256
    vector = models.BinaryField()  # 8-bit integers
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions: ClassVar = ()
        indexes: ClassVar = [models.Index(fields=["encoder", "made_at"], name="external_review_vector_newest")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.encoder}"
