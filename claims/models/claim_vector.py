"""ClaimVector: a claim's meaning as numbers, to find it by."""

from typing import ClassVar

from django.db import models

from claims.models.claim import Claim


class ClaimVector(models.Model):
    """A claim's vector, and which text and encoder it was made of: derived, and made again when one of them changes.

    `sequence` rises with every change, so that an index of the vectors can catch up. The row of a claim that is no
    longer to be found has neither digest nor vector. `relations_due` says that relations of the claim are to be
    suggested again.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    text_digest = models.CharField(max_length=32, blank=True)  # MD5
    encoder = models.CharField(max_length=8)  # the start of its SHA-256
    vector = models.BinaryField(blank=True)  # 8-bit integers
    sequence = models.BigIntegerField(unique=True)

    relations_due = models.BooleanField(default=False)

    class Meta:
        default_permissions: ClassVar = ()
        indexes: ClassVar = [
            models.Index(fields=["claim"], condition=models.Q(relations_due=True), name="claim_vector_relations_due")
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.sequence}"
