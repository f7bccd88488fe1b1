"""Verifications brought to where a test needs them, by the services and not by writing rows."""

from claims.models import Claim, Rating, Verification, VerificationState
from claims.services.correct import Note
from claims.services.verify import publish_verification, submit_verification, withdraw_verification
from tests import factories as make

STATES = list(VerificationState)
NOTE = Note("The wording.", "It was unclear.")  # what readers are told where a test changes what they see


def draft(claim: Claim | None = None) -> Verification:
    """A draft that can be submitted, of a claim with one accepted quote."""
    verification = make.VerificationFactory(
        claim=claim or make.QuoteFactory(accepted=True).claim,
        rating=Rating.objects.get(slug="true"),
        explanation="Two gauges show it.",
    )
    make.EvidenceFactory(verification=verification)
    return verification


def submitted(claim: Claim | None = None) -> Verification:
    """The same, submitted by its author."""
    row = draft(claim)
    return submit_verification(verification=row, editor=row.author)


def published(claim: Claim | None = None) -> Verification:
    """The same, approved by another editor."""
    return publish_verification(verification=submitted(claim), approver=make.UserFactory())


def in_state(state: VerificationState) -> Verification:
    """A verification in any state."""
    match state:
        case VerificationState.DRAFT:
            return draft()
        case VerificationState.SUBMITTED:
            return submitted()
        case VerificationState.PUBLISHED:
            return published()
        case VerificationState.SUPERSEDED:
            row = published()
            published(row.claim)
            row.refresh_from_db()
            return row
        case VerificationState.WITHDRAWN:
            return withdraw_verification(verification=published(), editor=make.UserFactory(), reason="A gauge broke.")
