"""Position: what a speaker was, where, from when to when."""

from datetime import date
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

    def was_held_on(self, day: date) -> bool:
        """Whether it is known to have been held that day; of one without any date nothing is known."""
        if self.held_from is None and self.held_to is None:
            return False
        return (self.held_from is None or self.held_from <= day) and (self.held_to is None or day <= self.held_to)

    def overlaps(self, other: "Position") -> bool:
        """Whether both may have been held on one day; ends that are not known are open."""
        begins = [each.held_from for each in (self, other) if each.held_from]
        ends = [each.held_to for each in (self, other) if each.held_to]
        return not begins or not ends or max(begins) <= min(ends)
