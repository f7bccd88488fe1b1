"""ClaimVector: a claim's meaning as numbers, to find it by."""

from typing import ClassVar

from django.db import models

from claims.models.claim import Claim


class ClaimVector(models.Model):
    """A claim's vector, and which text and encoder it was made of: derived, and made again when one of them changes.

    `sequence` rises with every change, so that an index of the vectors can catch up. The row of a claim that is no
    longer to be found has neither digest nor vector.
    """

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    text_digest = models.CharField(max_length=32, blank=True)  # MD5
    encoder = models.CharField(max_length=8)  # the start of its SHA-256
    vector = models.BinaryField(blank=True)  # 8-bit integers
    sequence = models.BigIntegerField(unique=True)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.sequence}"
