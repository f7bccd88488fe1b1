"""Changes to a claim that readers may have seen: what they judged goes back to review, and a retraction is public."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Claim, Correction, CorrectionKind
from claims.services import record, verify
from claims.services.refusal import RefusedError


@transaction.atomic
def claim_edited(*, claim: Claim, editor: User) -> None:
    """After a claim's words or speaker were changed: verdicts on the former wording go back to review."""
    verify.reopen_changed(claims=[claim], editor=editor)


def check_release(*, claim: Claim, released_at: datetime | None) -> None:
    """Whether the claim's release may be set so.

    Raises RefusedError if readers see the claim now and would not any more: that is said in the open, by retracting it.
    """
    withdrawn = released_at is None or released_at > timezone.now()
    if withdrawn and Claim.objects.released().filter(pk=claim.pk).exists():
        raise RefusedError("Readers see this claim: retract it and say why, instead of taking it back in silence.")


@transaction.atomic
def retract_claim(*, claim: Claim, editor: User, reason: str) -> Correction:
    """Take a released claim back; a public correction says so, and its address answers with a stub.

    Raises RefusedError if readers do not see it, if it was retracted before, or without a reason.
    """
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.retracted_at:
        raise RefusedError(f"“{claim}” was retracted already.")
    if not Claim.objects.released().filter(pk=claim.pk).exists():
        raise RefusedError(f"Readers do not see “{claim}”: there is nothing to retract.")
    if not reason.strip():
        raise RefusedError("Say why the claim is retracted.")
    claim.retracted_at = timezone.now()
    record.update([claim], ["retracted_at"], user=editor, reason=f"retracted: {reason}")
    return Correction.objects.create(
        claim=claim, kind=CorrectionKind.RETRACTION, text="The claim was retracted.", reason=reason, made_by=editor
    )
