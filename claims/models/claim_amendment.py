"""ClaimAmendment: a draft correction of a public claim."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.claim import Claim
from claims.models.history_cause import CausedHistory
from claims.models.speaker import Speaker


class AmendmentState(models.TextChoices):
    OPEN = "open", "Draft"
    PUBLISHED = "published", "Published"
    DISCARDED = "discarded", "Discarded"


AMENDMENT_TRANSITIONS: dict[AmendmentState, set[AmendmentState]] = {
    AmendmentState.OPEN: {AmendmentState.PUBLISHED, AmendmentState.DISCARDED},
    AmendmentState.PUBLISHED: set(),
    AmendmentState.DISCARDED: set(),
}


class ClaimAmendment(models.Model):
    """A draft correction: the new wording of a claim, while readers still see the old one.

    `text`, `speaker` and `said_on` are the claim's new values, `was_…` its values when the draft was written. `what`
    and `why` become the public note. `comment` tells the author why the draft was discarded.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="amendments")
    author = user_foreign_key("amendments")
    state = models.CharField(max_length=10, choices=AmendmentState, default=AmendmentState.OPEN, db_index=True)
    text = models.TextField()
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said_on = models.DateField(null=True, blank=True)
    was_text = models.TextField(editable=False)
    was_speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    was_said_on = models.DateField(null=True, blank=True, editable=False)
    what = models.TextField("what is changed")
    why = models.TextField()
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = user_foreign_key("amendments_decided", null=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name = "draft correction"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state=AmendmentState.OPEN), name="amendment_one_open_per_claim"
            ),
            choices_constraint("amendment_state_is_known", "state", AmendmentState),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(what="") & ~Q(why=""), name="amendment_says_text_what_and_why"
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.OPEN, decided_by=None, decided_at=None)
                | (~Q(state=AmendmentState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="amendment_is_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} of {self.author}: {self.text}"
