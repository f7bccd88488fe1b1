"""Evidence: a source that a verification relies on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from claims.models.base import choices_constraint
from claims.models.history_cause import CausedHistory
from claims.models.source import Source
from claims.models.verification import Verification


class EvidenceStance(models.TextChoices):
    """Whether the evidence supports or refutes the claim."""

    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class Evidence(models.Model):
    """A web page or a stored source that bears on the claim.

    The trigger `evidence_is_append_only` refuses changes once the verification is published, superseded or withdrawn.
    Only the admin prevents adding and deleting evidence then (it allows both for drafts alone). The database cannot: a
    fixture loads evidence after its verification, and `flush` deletes row by row on SQLite.
    """

    verification = models.ForeignKey(Verification, on_delete=models.CASCADE, related_name="evidence")
    url = models.URLField("URL", max_length=2000, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    archive_url = models.URLField("archive URL", max_length=2000, blank=True)
    stance = models.CharField(max_length=10, choices=EvidenceStance)
    excerpt = models.TextField(blank=True)
    note = models.TextField(blank=True)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["verification_id", "id"]
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            choices_constraint("evidence_stance_is_known", "stance", EvidenceStance),
            models.CheckConstraint(
                condition=~Q(url="") | Q(source__isnull=False), name="evidence_has_a_url_or_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.url or self.source}"
