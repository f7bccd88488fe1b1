"""Position: an office that a speaker held."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker


class Position(models.Model):
    """A speaker's title in an organization, from `held_from` to `held_to` (both days included; empty if unknown)."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="positions")
    title = models.CharField(max_length=300)
    organization = models.CharField(max_length=300, blank=True)
    held_from = models.DateField("from", null=True, blank=True)
    held_to = models.DateField("to", null=True, blank=True)

    history = CausedHistory()

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
        """Whether the position was held on that day; False if neither date is known."""
        if self.held_from is None and self.held_to is None:
            return False
        return (self.held_from is None or self.held_from <= day) and (self.held_to is None or day <= self.held_to)

    def overlaps(self, other: "Position") -> bool:
        """Whether both may have been held on the same day; an unknown date is unbounded."""
        starts = [position.held_from for position in (self, other) if position.held_from]
        ends = [position.held_to for position in (self, other) if position.held_to]
        return not starts or not ends or max(starts) <= min(ends)
