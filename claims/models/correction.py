"""Correction: a public note about a change of a published claim."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.claim import Claim


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", "Correction"
    RETRACTION = "retraction", "Retraction"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def released(self) -> Self:
        """Corrections of claims that are public, or were until they were retracted or merged into another."""
        claims = (Claim.objects.released(), Claim.objects.retracted_stubs(), Claim.objects.redirects())
        public, stub, redirect = (Exists(rows.filter(pk=OuterRef("claim"))) for rows in claims)
        return self.filter(Q(public) | Q(stub) | Q(redirect))


class Correction(models.Model):
    """What was changed in a published claim, why, by whom and when. Public, except for the author's name."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=12, choices=CorrectionKind)
    text = models.TextField("what was changed")
    reason = models.TextField()
    made_by = user_foreign_key("corrections")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            choices_constraint("correction_kind_is_known", "kind", CorrectionKind),
            models.CheckConstraint(condition=~Q(text="") & ~Q(reason=""), name="correction_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of “{self.claim}”"
