"""A verdict on its way: drafted and submitted by one person, approved by another, bound to the wording it judged."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Claim, Correction, CorrectionKind, Evidence, Quote, Verification, VerificationState
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.people import accounts

REOPENED_REASON = "what it judged was changed"  # why a verdict went back to review
COPIED_EVIDENCE_REASON = "taken over for review"  # why evidence is there that nobody added: its verdict was reopened
LIVE_STATES = [VerificationState.SUBMITTED, VerificationState.PUBLISHED]


def compute_fingerprints(claims: Sequence[Claim]) -> dict[int, str]:
    """For each claim's id, the SHA-256 (lowercase hex) of what a verdict on it judges.

    That is the claim's words, its speaker, and the words of its accepted quotes in the order of their ids.
    """
    exacts: defaultdict[int, list[str]] = defaultdict(list)
    accepted = Quote.objects.accepted().filter(claim__in=[claim.pk for claim in claims]).order_by("pk")
    for claim_id, exact in accepted.values_list("claim_id", "exact"):
        exacts[claim_id].append(exact)
    judged = {claim.pk: [claim.text, claim.speaker_id, exacts[claim.pk]] for claim in claims}
    return {
        claim_id: hashlib.sha256(json.dumps(wording, ensure_ascii=False).encode()).hexdigest()
        for claim_id, wording in judged.items()
    }


def contributor_ids(verification: Verification) -> set[int]:
    """The ids of all who had a hand in what it says, none of whom may approve it.

    They are its author and whoever changed its rating, its explanation or its evidence, also before it was reopened.
    """
    hands = {verification.author_id}
    if verification.reopened_from:
        hands |= contributor_ids(verification.reopened_from)
    said: tuple[int | None, str] | None = None
    rows = verification.history.order_by("history_date", "history_id")
    for rating, explanation, user in rows.values_list("rating_id", "explanation", "history_user_id"):
        if said not in {None, (rating, explanation)}:
            hands.add(user)
        said = (rating, explanation)
    evidence = Evidence.history.filter(verification_id=verification.pk).exclude(
        history_change_reason=COPIED_EVIDENCE_REASON
    )
    return (hands | set(evidence.values_list("history_user_id", flat=True))) - {None}


@transaction.atomic
def submit_verification(*, verification: Verification, editor: User) -> Verification:
    """Give a draft to approval: it needs a rating, an explanation and evidence.

    Raises RefusedError if one is missing, or if it is no draft.
    """
    verification = _lock_verification(verification, VerificationState.DRAFT)
    missing = [
        what
        for what, there in {
            "a rating": verification.rating_id is not None,
            "an explanation": bool(verification.explanation.strip()),
            "evidence": verification.evidence.exists(),
        }.items()
        if not there
    ]
    if missing:
        raise RefusedError(f"The verification of “{verification.claim}” still needs {' and '.join(missing)}.")
    verification.state = VerificationState.SUBMITTED
    verification.submitted_at = timezone.now()
    verification.fingerprint = compute_fingerprints([verification.claim])[verification.claim_id]
    audit.update([verification], ["state", "submitted_at", "fingerprint"], user=editor, reason="submitted")
    _touch_claims([verification.claim], editor=editor, reason="a verification was submitted")
    return verification


@transaction.atomic
def publish_verification(*, verification: Verification, approver: User, at: datetime | None = None) -> Verification:
    """Approve and publish a submitted verification; the one published before it is superseded.

    Raises RefusedError if it was not submitted, if the approver wrote it, if its evidence was removed or if the claim
    was changed since.
    """
    verification = _lock_verification(verification, VerificationState.SUBMITTED)
    hands = contributor_ids(verification)
    if approver.pk in hands:
        raise RefusedError("A verification is approved by another person than those who wrote it.")
    _refuse_shared_password(approver, hands)
    if not verification.evidence.exists():
        raise RefusedError("Its evidence was removed since this was submitted: send it back first.")
    if verification.fingerprint != compute_fingerprints([verification.claim])[verification.claim_id]:
        raise RefusedError("The claim, its speaker or its quotes changed since this was submitted: send it back first.")
    earlier = list(verification.claim.verifications.filter(state=VerificationState.PUBLISHED))
    for row in earlier:
        row.state = VerificationState.SUPERSEDED
    audit.update(earlier, ["state"], user=approver, reason="superseded by a new verdict")
    verification.state = VerificationState.PUBLISHED
    verification.approver = approver
    verification.published_at = at or timezone.now()
    audit.update([verification], ["state", "approver", "published_at"], user=approver, reason="approved and published")
    _touch_claims([verification.claim], editor=approver, reason="a verification was published")
    return verification


@transaction.atomic
def send_back_verification(*, verification: Verification, editor: User, comment: str) -> Verification:
    """Make a submitted verification a draft again, with a comment for its author.

    Raises RefusedError if it was not submitted, or without a comment.
    """
    verification = _lock_verification(verification, VerificationState.SUBMITTED)
    if not comment.strip():
        raise RefusedError("Say in a comment what is to be changed.")
    verification.state, verification.comment, verification.fingerprint = VerificationState.DRAFT, comment, ""
    verification.submitted_at = None
    fields = ["state", "comment", "fingerprint", "submitted_at"]
    audit.update([verification], fields, user=editor, reason="sent back")
    _touch_claims([verification.claim], editor=editor, reason="a verification was sent back")
    return verification


@transaction.atomic
def withdraw_verification(*, verification: Verification, editor: User, reason: str) -> Verification:
    """Take a submitted or published verification back; of one that readers saw a public correction says so.

    Raises RefusedError for one in another state, or without a reason.
    """
    verification = _lock_verification(verification, *LIVE_STATES)
    if not reason.strip():
        raise RefusedError("Say why the verification is withdrawn.")
    if verification.state == VerificationState.PUBLISHED and _is_or_was_public(verification.claim):
        Correction.objects.create(
            claim=verification.claim,
            kind=CorrectionKind.CORRECTION,
            text=f"The verdict “{verification.rating}” was withdrawn.",
            reason=reason,
            made_by=editor,
        )
    verification.state = VerificationState.WITHDRAWN
    audit.update([verification], ["state"], user=editor, reason=f"withdrawn: {reason}")
    _touch_claims([verification.claim], editor=editor, reason="a verification was withdrawn")
    return verification


def _refuse_shared_password(approver: User, hands: Collection[int]) -> None:
    """Who set the password of an account can act under both names, until its holder chooses another."""
    if accounts.password_setter_ids([approver]) & set(hands):
        raise RefusedError(
            "The password of your account was set by somebody who wrote this: choose one of your own first."
        )
    writing = list(User.objects.filter(pk__in=hands))
    if approver.pk in accounts.password_setter_ids(writing):
        raise RefusedError(
            "You set the password of somebody who wrote this: they choose one of their own first, or another approves."
        )


def outdated_verifications(claims: Iterable[Claim]) -> list[Verification]:
    """The live verifications that judged another wording than these claims have now, and that wait for nobody's look.

    They are what `reopen_changed` would send back.
    """
    by_id = {claim.pk: claim for claim in claims}
    live = Verification.objects.filter(claim__in=by_id, state__in=LIVE_STATES)
    rows = list(live.select_related("claim", "rating", "author", "approver").order_by("pk"))
    current = compute_fingerprints([by_id[row.claim_id] for row in rows])
    return [
        row
        for row in rows
        if row.fingerprint != current[row.claim_id]
        and not (row.state == VerificationState.SUBMITTED and row.reopened_from_id)
    ]


def reopen_outdated(*, claims: Iterable[Claim], editor: User, unseen: Collection[int] = ()) -> list[Verification]:
    """Send verdicts that judged another wording back to review, and return them; part of the caller's transaction.

    A published verdict is superseded, which a public correction says (unless its claim is one of `unseen`, the ids of
    those that readers did not see), and a copy of it with its evidence is submitted
    for the wording as it is now, for a person to approve anew; such a copy waits on when the wording changes again.
    Another submitted one becomes a draft for its author to look at again.
    """
    by_id = {claim.pk: claim for claim in claims}
    now = timezone.now()
    live = Verification.objects.select_for_update().filter(claim__in=by_id, state__in=LIVE_STATES).order_by("pk")
    rows = list(live)
    current = compute_fingerprints([by_id[row.claim_id] for row in rows])
    stale = [row for row in rows if row.fingerprint != current[row.claim_id]]
    reopened = []
    for row in stale:
        if row.state == VerificationState.SUBMITTED and row.reopened_from_id:
            # It waits for an approver to look at the wording as it is, whichever that is by then.
            row.fingerprint = current[row.claim_id]
            audit.update([row], ["fingerprint"], user=editor, reason="what it judges was changed again")
            continue
        if row.state == VerificationState.SUBMITTED:
            row.state, row.fingerprint, row.submitted_at = VerificationState.DRAFT, "", None
            row.comment = "The claim, its speaker or its quotes changed after this was submitted."
            fields = ["state", "fingerprint", "submitted_at", "comment"]
            audit.update([row], fields, user=editor, reason=REOPENED_REASON)
            reopened.append(row)
            continue
        row.state = VerificationState.SUPERSEDED
        audit.update([row], ["state"], user=editor, reason=REOPENED_REASON)
        if row.claim_id not in unseen:
            Correction.objects.create(
                claim_id=row.claim_id,
                kind=CorrectionKind.CORRECTION,
                text=f"The verdict “{row.rating}” went back to review.",
                reason="The claim, its speaker or its quotes changed after it was published.",
                made_by=editor,
            )
        reopened.append(_copy_for_review(row, current[row.claim_id], now, editor))
    return reopened


def _copy_for_review(row: Verification, fingerprint: str, now: datetime, editor: User) -> Verification:
    copy = Verification(
        claim_id=row.claim_id,
        state=VerificationState.SUBMITTED,
        rating_id=row.rating_id,
        explanation=row.explanation,
        author_id=row.author_id,
        reopened_from=row,
        comment="Published before; the claim, its speaker or its quotes changed since.",
        fingerprint=fingerprint,
        submitted_at=now,
    )
    created: Verification = audit.create([copy], user=editor, reason="what was judged was changed")[0]
    evidence = list(row.evidence.order_by("pk"))
    for each in evidence:
        each.pk, each.verification = None, created
    audit.create(evidence, user=editor, reason=COPIED_EVIDENCE_REASON)
    return created


def _lock_verification(verification: Verification, *states: VerificationState) -> Verification:
    """The row as it is now, locked after its claim, as everywhere; RefusedError if it is in another state."""
    Claim.objects.select_for_update().get(pk=verification.claim_id)  # of two verdicts, one is published at a time
    row = Verification.objects.select_for_update(of=("self",)).select_related("claim", "rating").get(pk=verification.pk)
    if row.state not in states:
        wanted = " or ".join(state.label.lower() for state in states)
        raise RefusedError(f"This verification is {row.get_state_display().lower()}, not {wanted}.")
    return row


def _is_or_was_public(claim: Claim) -> bool:
    """Whether readers see it, or saw it."""
    return claim.retracted_at is not None or Claim.objects.released().filter(pk=claim.pk).exists()


def _touch_claims(claims: Sequence[Claim], *, editor: User, reason: str) -> None:
    """Mark the claims as changed: readers who follow changes see that their status is another."""
    audit.update(claims, [], user=editor, reason=reason)
