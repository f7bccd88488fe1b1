"""Histories: what django-simple-history keeps of each change, with a coded cause that rules can rely on."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from claims.models.base import choices_constraint


class HistoryCause(models.TextChoices):
    """Why a row changed. Rules read this code and never the reason beside it, which is text for people.

    A label is shown where an entry has no reason of its own.
    """

    EDITED = "edited", ""  # by a person, as far as rules are concerned
    EXTRACTED = "extracted", "found in the article"
    REEXTRACTED = "reextracted", "re-extracted"
    DECIDED = "decided", "decided"
    QUOTE_DECIDED = "quote_decided", "a quote of it was decided"
    SPEAKER_SET = "speaker_set", "speaker set"
    CLAIM_SET = "claim_set", "claim set"
    REWORDED = "reworded", "wording corrected"
    RELEASED = "released", "wording confirmed and released"
    UNCLAIMED = "unclaimed", "no quote makes it any more"
    REOPENED = "reopened", "what it judged was changed"
    COPIED_FOR_REVIEW = "copied_for_review", "taken over for review"  # nobody wrote or added the copy
    IMPORTED = "imported", "imported"
    RESTORED = "restored", "restored"
    UNDONE = "undone", "undone"


class CausedEntry(models.Model):
    """An entry of a history: `history_change_reason` is what somebody wrote, or details of the cause."""

    # Without `choices`: the labels may change without a migration, and a constraint knows the values.
    history_cause = models.CharField(max_length=20, default=HistoryCause.EDITED)
    history_change_reason: str | None  # a column of django-simple-history

    class Meta:
        abstract = True

    @property
    def history_reason(self) -> str:
        """The reason as people read it; empty if there is nothing to say."""
        return self.history_change_reason or HistoryCause(self.history_cause).label


class CausedHistory(HistoricalRecords):  # type: ignore[misc]  # django-simple-history has no types
    """The history of a model, whose entries have a cause. The database refuses causes that it does not know."""

    def __init__(self, **options: Any) -> None:
        super().__init__(bases=[CausedEntry], **options)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        name = f"historical{model._meta.model_name}_cause_is_known"
        options: dict[str, Any] = super().get_meta_options(model)
        return options | {"constraints": [choices_constraint(name, "history_cause", HistoryCause)]}
