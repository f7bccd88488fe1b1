"""The workflow of a verification: drafted and submitted by one person, published by another.

A verification is bound to the wording that it judged; when that changes, it goes back to review.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import (
    Claim,
    CorrectionKind,
    Evidence,
    HistoryCause,
    NoticeKind,
    Quote,
    Verification,
    VerificationState,
)
from claims.services.claims.correction_entries import (
    CLAIM_CHANGED,
    NEW_VERIFICATION,
    VERDICT_REOPENED,
    VERDICT_REPLACED,
    VERDICT_WITHDRAWN,
    Subject,
    record_verdict_change,
)
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.people import assignments
from claims.services.people.account_ties import current_aliases, explain_ties, find_alias_ties
from claims.services.people.accounts import users_with_permission
from claims.services.people.notices import is_delivery_configured, notify
from claims.services.transitions import change_state, refuse_change_of_state

LIVE_STATES = [VerificationState.SUBMITTED, VerificationState.PUBLISHED]


def compute_fingerprints(claims: Sequence[Claim], *, with_quotes: bool = True) -> dict[int, str]:
    """For each claim's id, the SHA-256 (lowercase hex) of what a verdict on it judges.

    That is the text of the claim, its speaker, and the text of its accepted quotes in the order of their ids. An
    imported verdict was passed without these quotes.
    """
    quotes: defaultdict[int, list[str]] = defaultdict(list)
    if with_quotes:
        accepted = Quote.objects.accepted().filter(claim__in=[claim.pk for claim in claims]).order_by("pk")
        for claim_id, exact in accepted.values_list("claim_id", "exact"):
            quotes[claim_id].append(exact)
    judged = {claim.pk: [claim.text, claim.speaker_id, quotes[claim.pk]] for claim in claims}
    return {
        claim_id: hashlib.sha256(json.dumps(wording, ensure_ascii=False).encode()).hexdigest()
        for claim_id, wording in judged.items()
    }


def find_contributions(verification: Verification) -> dict[int, datetime]:
    """When each of those who worked on it began, by the ids of their accounts. None of them may approve it.

    They are its author and whoever changed its rating, its explanation or its evidence, also before it was reopened.
    """
    contributions = [(verification.author_id, verification.created_at)]
    if verification.reopened_from:
        contributions += find_contributions(verification.reopened_from).items()
    former: tuple[int | None, str] | None = None
    entries = verification.history.order_by("history_date", "history_id")
    for rating, explanation, user, at in entries.values_list(
        "rating_id", "explanation", "history_user_id", "history_date"
    ):
        if former not in {None, (rating, explanation)}:
            contributions.append((user, at))
        former = (rating, explanation)
    evidence = Evidence.history.filter(verification_id=verification.pk)
    evidence = evidence.exclude(history_cause=HistoryCause.COPIED_FOR_REVIEW)
    contributions += evidence.values_list("history_user_id", "history_date")
    first: dict[int, datetime] = {}
    for user, at in contributions:
        if user is not None:
            first[user] = min(at, first.get(user, at))
    return first


def contributor_ids(verification: Verification) -> set[int]:
    """The ids of all users who worked on it."""
    return set(find_contributions(verification))


@transaction.atomic
def submit_verification(*, verification: Verification, editor: User) -> Verification:
    """Submit a draft for approval.

    Raises RefusedError if it is not a draft, if its rating, explanation or evidence is missing, and if nobody has
    confirmed the wording of its claim.
    """
    verification = _lock_verification(verification, to=VerificationState.SUBMITTED)
    if verification.claim.wording_confirmed_at is None:
        raise RefusedError(f"“{verification.claim}” is a proposal. Confirm its wording first.")
    missing = []
    if verification.rating_id is None:
        missing.append("a rating")
    if not verification.explanation.strip():
        missing.append("an explanation")
    if not verification.evidence.exists():
        missing.append("evidence")
    if missing:
        raise RefusedError(f"The verification of “{verification.claim}” still needs {' and '.join(missing)}.")
    change_state(verification, VerificationState.SUBMITTED)
    verification.submitted_at = timezone.now()
    verification.fingerprint = compute_fingerprints([verification.claim])[verification.claim_id]
    audit.update([verification], ["state", "submitted_at", "fingerprint"], user=editor, reason="submitted")
    _notify_approvers(verification, by=editor)
    _touch_claim(verification.claim, editor=editor, reason="a verification was submitted")
    return verification


@transaction.atomic
def publish_verification(*, verification: Verification, approver: User, at: datetime | None = None) -> Verification:
    """Approve and publish a submitted verification; it supersedes the one published before.

    Raises RefusedError if it is not submitted, if the approver worked on it, under this or another account of the same
    person, and if its evidence was removed or its claim has changed since submission.
    """
    verification = _lock_verification(verification, to=VerificationState.PUBLISHED)
    contributions = find_contributions(verification)
    if approver.pk in contributions:
        raise RefusedError("A verification must be approved by someone who did not work on it.")
    if ties := find_alias_ties(approver, contributions):
        raise RefusedError(
            "A verification must be approved by another person than those who worked on it."
            f" {explain_ties(ties)} Another administrator can confirm the holder of an account on its page."
        )
    if not verification.evidence.exists():
        raise RefusedError("The evidence was removed after submission. Send the verification back first.")
    if verification.fingerprint != compute_fingerprints([verification.claim])[verification.claim_id]:
        raise RefusedError(
            "The claim, its speaker or its quotes have changed since submission. Send the verification back first."
        )
    earlier = list(
        verification.claim.verifications.filter(state=VerificationState.PUBLISHED).select_related("claim", "rating")
    )
    for row in earlier:
        change_state(row, VerificationState.SUPERSEDED)
        if _is_or_was_public(row.claim):
            record_verdict_change(
                row,
                CorrectionKind.SUPERSESSION,
                text=VERDICT_REPLACED % {"verdict": row.rating},
                reason=NEW_VERIFICATION,
                editor=approver,
                replaced_by=verification,
            )
    audit.update(earlier, ["state"], user=approver, reason="superseded by a new verdict")
    change_state(verification, VerificationState.PUBLISHED)
    verification.approver = approver
    verification.published_at = at or timezone.now()
    audit.update([verification], ["state", "approver", "published_at"], user=approver, reason="approved and published")
    assignments.finish_with_verdict(verification=verification, editor=approver)
    notify(kind=NoticeKind.PUBLISHED, about=[verification], to=[verification.author], by=approver)
    _touch_claim(verification.claim, editor=approver, reason="a verification was published")
    return verification


@transaction.atomic
def send_back_verification(*, verification: Verification, editor: User, comment: str) -> Verification:
    """Return a submitted verification to its author as a draft. Raises RefusedError without a comment."""
    verification = _lock_verification(verification, to=VerificationState.DRAFT)
    if not comment.strip():
        raise RefusedError("Add a comment saying what to change.")
    change_state(verification, VerificationState.DRAFT)
    verification.comment, verification.fingerprint, verification.submitted_at = comment, "", None
    fields = ["state", "comment", "fingerprint", "submitted_at"]
    audit.update([verification], fields, user=editor, reason="sent back")
    notify(kind=NoticeKind.SENT_BACK, about=[verification], to=[verification.author], by=editor, text=comment)
    _touch_claim(verification.claim, editor=editor, reason="a verification was sent back")
    return verification


@transaction.atomic
def withdraw_verification(*, verification: Verification, editor: User, reason: str) -> Verification:
    """Withdraw a submitted or published verification; if its verdict was public, a public correction says so.

    Raises RefusedError for another state, or without a reason.
    """
    verification = _lock_verification(verification, to=VerificationState.WITHDRAWN)
    if not reason.strip():
        raise RefusedError("Give a reason for the withdrawal.")
    if verification.state == VerificationState.PUBLISHED and _is_or_was_public(verification.claim):
        record_verdict_change(
            verification,
            CorrectionKind.WITHDRAWAL,
            text=VERDICT_WITHDRAWN % {"verdict": verification.rating},
            reason=reason,
            editor=editor,
        )
    change_state(verification, VerificationState.WITHDRAWN)
    audit.update([verification], ["state"], user=editor, reason=f"withdrawn: {reason}")
    assignments.finish_with_verdict(verification=verification, editor=editor)
    _touch_claim(verification.claim, editor=editor, reason="a verification was withdrawn")
    return verification


def outdated_verifications(claims: Iterable[Claim]) -> list[Verification]:
    """The live verifications that `reopen_outdated` would send back to review."""
    claims_by_id = {claim.pk: claim for claim in claims}
    live = Verification.objects.filter(claim__in=claims_by_id, state__in=LIVE_STATES)
    verifications = list(live.select_related("claim", "rating", "author", "approver").order_by("pk"))
    fingerprints = _current_fingerprints(verifications, claims_by_id)
    return [
        row
        for row in verifications
        if row.fingerprint != fingerprints[row.pk]
        and not (row.state == VerificationState.SUBMITTED and row.reopened_from_id)
    ]


def reopen_outdated(
    *,
    claims: Iterable[Claim],
    editor: User,
    not_public: Collection[int] = (),
    former_subjects: Mapping[int, Subject] = MappingProxyType({}),
) -> list[Verification]:
    """Send verifications of another wording back to review, in the caller's transaction; returns what was reopened.

    - A published one is superseded by a submitted copy of it, with its evidence, for the current wording. A public
      correction says so, unless the id of its claim is among `not_public`; it shows the claim as it was before if that
      is among `former_subjects`.
    - A submitted one becomes a draft again.
    - A submitted copy stays submitted when the wording changes once more: its approver sees the current one anyway.
    """
    claims_by_id = {claim.pk: claim for claim in claims}
    now = timezone.now()
    live = Verification.objects.select_for_update().filter(claim__in=claims_by_id, state__in=LIVE_STATES)
    verifications = list(live.order_by("pk"))
    fingerprints = _current_fingerprints(verifications, claims_by_id)
    reopened = []
    for row in verifications:
        fingerprint = fingerprints[row.pk]
        if row.fingerprint == fingerprint:
            continue
        if row.state == VerificationState.SUBMITTED and row.reopened_from_id:
            row.fingerprint = fingerprint
            audit.update([row], ["fingerprint"], user=editor, reason="what it judges was changed again")
            continue
        if row.state == VerificationState.SUBMITTED:
            change_state(row, VerificationState.DRAFT)
            row.fingerprint, row.submitted_at = "", None
            row.comment = "The claim, its speaker or its quotes changed after submission."
            fields = ["state", "fingerprint", "submitted_at", "comment"]
            audit.update([row], fields, user=editor, cause=HistoryCause.REOPENED)
            notify(kind=NoticeKind.SENT_BACK, about=[row], to=[row.author], by=editor, text=row.comment)
            reopened.append(row)
            continue
        change_state(row, VerificationState.SUPERSEDED)
        audit.update([row], ["state"], user=editor, cause=HistoryCause.REOPENED)
        if row.claim_id not in not_public:
            record_verdict_change(
                row,
                CorrectionKind.SUPERSESSION,
                text=VERDICT_REOPENED % {"verdict": row.rating},
                reason=CLAIM_CHANGED,
                editor=editor,
                subject=former_subjects.get(row.claim_id),
            )
        if row.is_imported:
            fingerprint = compute_fingerprints([claims_by_id[row.claim_id]])[row.claim_id]
        reopened.append(_copy_for_review(row, fingerprint, now, editor))
    return reopened


def _current_fingerprints(verifications: Collection[Verification], claims_by_id: Mapping[int, Claim]) -> dict[int, str]:
    """For each verification's id, what its fingerprint would be now."""
    fingerprints: dict[int, str] = {}
    for is_imported in (False, True):
        rows = [row for row in verifications if row.is_imported == is_imported]
        if rows:
            claims = [claims_by_id[row.claim_id] for row in rows]
            by_claim = compute_fingerprints(claims, with_quotes=not is_imported)
            fingerprints |= {row.pk: by_claim[row.claim_id] for row in rows}
    return fingerprints


def _copy_for_review(row: Verification, fingerprint: str, now: datetime, editor: User) -> Verification:
    copy = Verification(
        claim_id=row.claim_id,
        state=VerificationState.SUBMITTED,
        rating_id=row.rating_id,
        explanation=row.explanation,
        author_id=row.author_id,
        reopened_from=row,
        comment="Published earlier; the claim, its speaker or its quotes have changed since.",
        fingerprint=fingerprint,
        submitted_at=now,
    )
    [copy] = audit.create([copy], user=editor, cause=HistoryCause.COPIED_FOR_REVIEW)
    copied_evidence = list(row.evidence.order_by("pk"))
    for evidence in copied_evidence:
        evidence.pk, evidence.verification = None, copy
    audit.create(copied_evidence, user=editor, cause=HistoryCause.COPIED_FOR_REVIEW)
    _notify_approvers(copy, by=editor)
    return copy


def _notify_approvers(verification: Verification, *, by: User) -> None:
    """Tell those who may approve it that it waits for them."""
    if not is_delivery_configured():
        return  # and spare the queries
    contributors = User.objects.filter(pk__in=contributor_ids(verification))
    same_people = {pk for user in contributors for pk in (user.pk, *current_aliases(user))}
    approvers = users_with_permission("claims.publish_verification").exclude(pk__in=same_people)
    notify(kind=NoticeKind.WAITING, about=[verification], to=approvers, by=by)


def _lock_verification(verification: Verification, *, to: VerificationState) -> Verification:
    """The row as it is now. Raises RefusedError if it cannot change to this state."""
    # The claim is locked first, as everywhere: of two verdicts on it, one is published at a time.
    Claim.objects.select_for_update().get(pk=verification.claim_id)
    row = Verification.objects.select_for_update(of=("self",)).select_related("claim", "rating").get(pk=verification.pk)
    refuse_change_of_state(row, to)
    return row


def _is_or_was_public(claim: Claim) -> bool:
    return claim.retracted_at is not None or Claim.objects.released().filter(pk=claim.pk).exists()


def _touch_claim(claim: Claim, *, editor: User, reason: str) -> None:
    """Mark the claim as changed, for readers who follow its status."""
    audit.update([claim], [], user=editor, reason=reason)
