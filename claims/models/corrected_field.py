"""CorrectedField: one of the things that a correction changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from claims.models.base import choices_constraint
from claims.models.correction import Correction
from claims.models.quote import Quote


class CorrectedFieldName(models.TextChoices):
    """What of a claim, of a quote or of a verdict was changed."""

    WORDING = "wording", "wording"
    SPEAKER = "speaker", "speaker"
    SAID_ON = "said_on", "date"
    QUOTE = "quote", "quote"
    QUOTE_SPEAKER = "quote_speaker", "speaker of a quote"
    VERDICT = "verdict", "verdict"
    EXPLANATION = "explanation", "explanation"


class CorrectedField(models.Model):
    """One of the things that a correction changed, with its values before and after as readers saw them.

    A value is empty if there was none. `quote` is the quote of a claim that was changed, withdrawn or added.
    """

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=15, choices=CorrectedFieldName)
    quote = models.ForeignKey(Quote, on_delete=models.SET_NULL, null=True, blank=True, related_name="corrected_fields")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            choices_constraint("corrected_field_is_known", "field", CorrectedFieldName),
            models.CheckConstraint(condition=~Q(before=F("after")), name="corrected_field_differs"),
        ]

    def __str__(self) -> str:
        before, after = (f"“{value}”" if value else "–" for value in (self.before, self.after))
        return f"{self.get_field_display()}: {before} → {after}"
