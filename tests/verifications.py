"""Verifications in each state of the workflow, brought there by the services."""

from django.utils import timezone

from claims.models import Claim, Rating, Verification, VerificationState
from claims.services.claims.corrections import PublicNote
from claims.services.verification.workflow import publish_verification, submit_verification, withdraw_verification
from tests import factories as make

VERIFICATION_STATES = list(VerificationState)
PUBLIC_NOTE = PublicNote("The wording.", "It was unclear.")  # for tests that change something public


def make_draft(claim: Claim | None = None) -> Verification:
    """A draft that can be submitted, of a claim with one accepted quote. The wording of the claim is confirmed."""
    Claim.objects.filter(pk=claim.pk if claim else 0).update(wording_confirmed_at=timezone.now())
    verification = make.VerificationFactory(
        claim=claim or make.QuoteFactory(accepted=True).claim,
        rating=Rating.objects.get(slug="true"),
        explanation="Two gauges show it.",
    )
    make.EvidenceFactory(verification=verification)
    return verification


def make_submitted(claim: Claim | None = None) -> Verification:
    """A verification submitted by its author."""
    row = make_draft(claim)
    return submit_verification(verification=row, editor=row.author)


def make_published(claim: Claim | None = None) -> Verification:
    """A verification approved by another editor."""
    return publish_verification(verification=make_submitted(claim), approver=make.UserFactory())


def make_in_state(state: VerificationState) -> Verification:
    match state:
        case VerificationState.DRAFT:
            return make_draft()
        case VerificationState.SUBMITTED:
            return make_submitted()
        case VerificationState.PUBLISHED:
            return make_published()
        case VerificationState.SUPERSEDED:
            row = make_published()
            make_published(row.claim)
            row.refresh_from_db()
            return row
        case VerificationState.WITHDRAWN:
            return withdraw_verification(
                verification=make_published(), editor=make.UserFactory(), reason="A gauge broke."
            )
