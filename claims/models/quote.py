"""Quote: an attributed statement found in a snapshot."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.models.base import Timestamped, choices_constraint, objects_of, user_foreign_key
from claims.models.claim import Claim
from claims.models.history_cause import CausedHistory
from claims.models.quote_text import QuoteKind, with_marks
from claims.models.snapshot import Snapshot
from claims.models.speaker import Speaker
from claims.truncation import truncate


class QuoteAct(models.TextChoices):
    """Whether the content was said or thought."""

    SPEECH = "speech", "Said"
    THOUGHT = "thought", "Thought"
    OTHER = "other", "Other"


class MentionKind(models.TextChoices):
    """How the text refers to the speaker."""

    NAME = "name", "Name"
    PRONOUN = "pronoun", "Pronoun"
    NOMINAL = "nominal", "Role or description"


class QuoteDecision(models.TextChoices):
    """An editor's decision on the attribution."""

    PENDING = "pending", "Pending"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


class RejectionReason(models.TextChoices):
    """Why an editor rejected a quote. Readers are told if it was public; comments of editors are not."""

    NO_QUOTE = "no-quote", "Not a quote"
    WRONG_WORDS = "wrong-words", "Wrong words"
    WRONG_SPEAKER = "wrong-speaker", "Wrong speaker"
    DUPLICATE = "duplicate", "Duplicate"
    SOURCE_CHANGED = "source-changed", "Source changed"
    OTHER = "other", "Other"


DECISION_TRANSITIONS = {
    QuoteDecision.PENDING: {QuoteDecision.ACCEPTED, QuoteDecision.REJECTED},
    QuoteDecision.ACCEPTED: {QuoteDecision.PENDING, QuoteDecision.REJECTED},
    QuoteDecision.REJECTED: {QuoteDecision.PENDING, QuoteDecision.ACCEPTED},
}


WORTH_FIELDS = ("worth_features", "worth_points")  # derived, and written without a history
SET_BY_EDITOR = 1.0  # the confidence of a speaker whom an editor chose; the extractor's is lower


class QuoteQuerySet(models.QuerySet["Quote"]):
    def pending(self) -> Self:
        return self.filter(decision=QuoteDecision.PENDING)

    def accepted(self) -> Self:
        return self.filter(decision=QuoteDecision.ACCEPTED)

    def released(self, *, at: datetime | Combinable | None = None) -> Self:
        """Accepted quotes whose claim, if any, is neither under embargo nor retracted, now or at the time `at`.

        An accepted quote is public before its claim is: without the claim.
        """
        return self.accepted().not_hidden_by_claim(at)

    def released_in_index_order(self, at: datetime | Combinable | None = None) -> Self:
        """The same rows as `released()`, phrased so that SQLite pages through the index of the list's order.

        SQLite's planner knows how many quotes are accepted, but not that only the first few are wanted: it would read
        and sort all accepted quotes.
        """
        return self.accepted_in_index_order().not_hidden_by_claim(at)

    def accepted_in_index_order(self) -> Self:
        others = [decision for decision in QuoteDecision if decision != QuoteDecision.ACCEPTED]
        return self.exclude(decision__in=others).filter(decided_at__isnull=False)

    def not_hidden_by_claim(self, at: datetime | Combinable | None = None) -> Self:
        """Quotes whose claim, if any, is neither under embargo nor retracted, now or at the time `at`."""
        open_claim = Q(claim__released_at__lte=at or timezone.now(), claim__retracted_at=None)
        return self.filter(Q(claim__released_at=None) | open_claim)

    def missing_from_newest_snapshot(self, *, unresolved: bool = False) -> Self:
        """Quotes of a changed source: its newest snapshot does not have their words, or has them at several places.

        With `unresolved`, only those that no editor has located or marked as missing yet. The quotes are found through
        the few anchors without a position, so the cost does not grow with the number of quotes.
        """
        anchors = objects_of("Anchor")
        missing = anchors.unresolved() if unresolved else anchors.missing()
        return self.filter(pk__in=missing.in_newest_snapshot().order_by().values("quote"))


class Quote(Timestamped):
    """An attributed statement, pinned to its exact characters in a snapshot.

    `spans`, `cue_spans` and `mention_spans` are ordered lists of `[start, end]` in Unicode code points of the
    snapshot's text, end exclusive. `exact`, `cue` and `mention` are those characters, with a space between spans.
    `start` is the start of the first span and `end` the end of the last. The trigger `quote_exact_is_slice` refuses a
    row that violates any of this. `text` is what readers see of these words (see `shown_text`). `prefix` and `suffix`
    are the characters around the quote. `candidates` are the names that an ambiguous mention may refer to, likeliest
    first; beside a speaker with a low confidence, the other ones. `repaired`
    lists the parts (content, cue, mention) that a rule changed after the model had found them. `mention_kind` is empty
    where there is no mention, and where an editor marked it. `speaker_confidence` is null while the speaker is unknown.
    `translation_of` is the quote in the original of its source whose words it renders, as an editor found.

    `worth_features` are the features by which it is worth checking (`claims.worthiness.Feature`), null until they are
    read; `worth_points` is their score by the current weights.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="quotes")
    kind = models.CharField(max_length=10, choices=QuoteKind)
    act = models.CharField(max_length=10, choices=QuoteAct, default=QuoteAct.SPEECH)
    spans = models.JSONField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField("quote")
    text = models.TextField(editable=False)
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    cue = models.TextField(blank=True)
    cue_spans = models.JSONField(default=list, blank=True)
    mention = models.TextField(blank=True, help_text="The speaker as written.")
    mention_spans = models.JSONField(default=list, blank=True)
    mention_kind = models.CharField(max_length=10, choices=MentionKind, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    role = models.TextField(blank=True, help_text="The speaker's role as written.")
    outlet = models.TextField(blank=True, help_text="Outlet that it was said to, or that passed it on, as written.")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes")
    translation_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="translations"
    )
    confidence = models.FloatField()
    speaker_confidence = models.FloatField(null=True, blank=True)
    repaired = models.JSONField(default=list, blank=True)
    extractor = models.CharField(max_length=50)
    extractor_version = models.CharField(max_length=50)
    decision = models.CharField(max_length=10, choices=QuoteDecision, default=QuoteDecision.PENDING)
    rejection_reason = models.CharField(max_length=20, choices=RejectionReason, blank=True)
    worth_features = models.IntegerField(null=True, editable=False)
    worth_points = models.SmallIntegerField(default=0, editable=False)
    decided_by = user_foreign_key("quote_decisions", null=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    # What follows from others is left out of it.
    history = CausedHistory(excluded_fields=["text", *WORTH_FIELDS])
    objects: ClassVar = QuoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["snapshot_id", "start", "id"]
        permissions: ClassVar = [("decide_quote", "Can accept, reject and correct quotes")]
        indexes: ClassVar = [
            models.Index(fields=["snapshot", "start", "id"], name="quote_in_reading_order"),
            models.Index(fields=["decision", "snapshot", "start", "id"], name="quote_queue"),  # and the list of quotes
            models.Index(
                fields=["decision", "snapshot", "start", "id"],
                condition=Q(speaker=None),
                name="quote_queue_of_nobody_known",
            ),
            models.Index(fields=["decision", "-worth_points", "snapshot", "start", "id"], name="quote_queue_by_worth"),
            models.Index(fields=["id"], condition=Q(worth_features=None), name="quote_without_features"),
            models.Index(fields=["claim", "decision"], name="quote_of_claim"),
            models.Index(fields=["speaker", "decision"], name="quote_of_speaker"),
            models.Index(fields=["-decided_at", "-id"], name="quote_last_decided_first"),
            # The waiting times of pending quotes.
            models.Index(fields=["decision", "created_at"], name="quote_waiting_by_age"),
            # The dashboard counts decisions by day, kind and confidence from this index alone.
            models.Index(
                fields=["decided_at", "decision", "kind", "extractor", "confidence"],
                condition=Q(decided_at__isnull=False),
                name="quote_decisions_by_day",
            ),
        ]
        constraints: ClassVar = [
            choices_constraint("quote_kind_is_known", "kind", QuoteKind),
            choices_constraint("quote_act_is_known", "act", QuoteAct),
            choices_constraint("quote_decision_is_known", "decision", QuoteDecision),
            models.CheckConstraint(condition=~Q(text=""), name="quote_text_is_not_empty"),
            models.CheckConstraint(
                condition=Q(mention_kind="") | Q(mention_kind__in=MentionKind.values),
                name="quote_mention_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(rejection_reason="")
                | Q(decision=QuoteDecision.REJECTED, rejection_reason__in=RejectionReason.values),
                name="quote_only_rejected_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="quote_confidence_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(speaker_confidence=None) | Q(speaker_confidence__gte=0, speaker_confidence__lte=1),
                name="quote_speaker_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(decision=QuoteDecision.PENDING, decided_by=None, decided_at=None)
                | (~Q(decision=QuoteDecision.PENDING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="quote_decision_has_its_editor_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(decision=QuoteDecision.ACCEPTED) | Q(speaker__isnull=False),
                name="quote_accepted_has_a_speaker",
            ),
            models.CheckConstraint(
                condition=Q(translation_of=None) | ~Q(translation_of=models.F("id")),
                name="quote_is_not_its_own_translation",
            ),
        ]

    def __str__(self) -> str:
        """The words as a title: messages put any object's title between quotation marks."""
        return truncate(self.text, 100)

    def in_marks(self, length: int) -> str:
        """At most so many characters of the shown text, between quotation marks if the words are direct."""
        return with_marks(self.text, self.kind, max_length=length)

    @property
    def is_speaker_inferred(self) -> bool:
        """Whether the extractor found the speaker by a pronoun or a role, and no editor has set another one."""
        is_named = self.mention_kind not in {MentionKind.PRONOUN, MentionKind.NOMINAL}
        return self.speaker_id is not None and self.speaker_confidence != SET_BY_EDITOR and not is_named

    @property
    def speaker_label(self) -> str:
        """The speaker's name, or the speaker as written if unknown."""
        if self.speaker:
            return self.speaker.name
        return f"Speaker unknown: “{self.mention}”" if self.mention else "Speaker unknown"
