"""SpeakerName: a name, spelling or alias of a speaker."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from claims.models import name_keys
from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker


class SpeakerName(models.Model):
    """One name of a speaker; the main name has a row, too.

    `key` is the normalised name for lookups, `family_key` what spellings of the last name have in common. `save()`
    computes both from `name`; `bulk_create` does not call it, so build rows for it with `SpeakerName.build`.
    """

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True, editable=False)
    family_key = models.CharField(max_length=200, db_index=True, editable=False)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["speaker_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["speaker", "key"], name="speaker_name_is_unique_per_speaker"),
            models.CheckConstraint(condition=~Q(key=""), name="speaker_name_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key, self.family_key = name_keys.name_key(self.name), name_keys.family_key(self.name)
        super().save(*args, **kwargs)

    @classmethod
    def build(cls, speaker: Speaker, name: str) -> Self:
        """Returns an unsaved row with its keys."""
        return cls(speaker=speaker, name=name, key=name_keys.name_key(name), family_key=name_keys.family_key(name))
