"""Position: what a speaker was, where, from when to when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from claims.models.speaker import Speaker


class Position(models.Model):
    """A title a speaker held in an organization; unknown ends are empty."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="positions")
    title = models.CharField(max_length=300)
    organization = models.CharField(max_length=300, blank=True)
    held_from = models.DateField("from", null=True, blank=True)
    held_to = models.DateField("to", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["speaker_id", F("held_from").desc(nulls_last=True), "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held_from=None) | Q(held_to=None) | Q(held_from__lte=F("held_to")),
                name="position_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}" if self.organization else self.title
