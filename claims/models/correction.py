"""Correction: a public note about a change of something published."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.models.base import choices_constraint, objects_of, user_foreign_key
from claims.models.claim import Claim
from claims.models.quote import Quote, QuoteDecision
from claims.models.verification import Verification


class CorrectionKind(models.TextChoices):
    """What happened to what readers had seen. An edit was made too soon after publication to take an editor's note."""

    CORRECTION = "correction", "Correction"
    EDIT = "edit", "Edit"
    RETRACTION = "retraction", "Retraction"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    SUPERSESSION = "supersession", "Verdict superseded"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def released(self, at: datetime | Combinable | None = None) -> Self:
        """Corrections of claims that are public, or were until they were retracted or merged into another.

        And those of quotes that have no public claim: of public quotes, and of withdrawn ones unless they were taken
        back too soon after publication to take an editor's note. As of now, or of the time `at`.
        """
        claims = (Claim.objects.released(at=at), Claim.objects.retracted_stubs(), Claim.objects.redirects(at=at))
        public, stub, redirect = (Exists(rows.filter(pk=OuterRef("claim"))) for rows in claims)
        public_quote = Exists(Quote.objects.released(at=at).filter(pk=OuterRef("quote")))
        withdrawn_quote = ~Q(quote__decision=QuoteDecision.ACCEPTED) & ~Q(kind=CorrectionKind.EDIT)
        return self.filter(Q(public) | Q(stub) | Q(redirect) | (Q(claim=None) & (Q(public_quote) | withdrawn_quote)))

    def about_quote(self, pk: int | OuterRef) -> Self:
        """Corrections of this quote, and those of claims that changed it."""
        changed = objects_of("CorrectedField").filter(quote=OuterRef(pk) if isinstance(pk, OuterRef) else pk)
        return self.filter(Q(quote=pk) | Q(pk__in=changed.values("correction")))


class Correction(models.Model):
    """What was changed of something published, why, by whom and when. Public, except for the author's name.

    It is about a claim or about a quote without a public claim, and about the verdict on the claim if it has a
    `verification`. `subject` is the text of the claim or quote, `speaker` the name of its speaker, both as they were
    before. `text` and `reason` are the note for readers; what was changed is in `CorrectedField`.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    kind = models.CharField(max_length=12, choices=CorrectionKind)
    subject = models.TextField("claim or quote as it stood", blank=True)
    speaker = models.TextField("speaker as it stood", blank=True)
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
            models.CheckConstraint(
                condition=Q(claim__isnull=False) | Q(quote__isnull=False, verification=None),
                name="correction_is_of_a_claim_or_a_quote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of “{self.subject or self.claim or self.quote}”"
