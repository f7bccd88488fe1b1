"""Drafts of verifications: rating, explanation and evidence are stored as one operation, which can be undone."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Evidence, EvidenceCopy, OperationVerb, Verification, VerificationState
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.verification.evidence_copies import anchor_excerpts

_EVIDENCE_FIELDS = ["url", "source", "archive_url", "stance", "excerpt", "note"]


def save_verification_draft(
    *,
    verification: Verification,
    fields: Sequence[str],
    evidence: Sequence[Evidence],
    deleted_evidence: Sequence[Evidence],
    editor: User,
) -> Verification:
    """Store these `fields` of the draft as set on it, add or update `evidence`, and delete `deleted_evidence`.

    A new draft gets `editor` as its author. Raises RefusedError if the verification is no longer a draft.
    """
    claim = str(verification.claim)[:200]
    with audit.operation(
        verb=OperationVerb.DRAFT, summary=f"Changed the draft verdict on “{claim}”", editor=editor
    ) as journal:
        if not verification.pk:
            journal.summary = f"Drafted a verdict on “{claim}”"
            verification.author = editor
            [verification] = audit.create([verification], user=editor, reason="drafted")
        else:
            _lock_verification_draft(verification)
            if fields:
                audit.update([verification], list(fields), user=editor, reason="draft changed")
        for row in deleted_evidence:
            audit.delete(row, user=editor, reason="evidence removed")
        for row in evidence:
            row.verification = verification
        new, existing = [row for row in evidence if row.pk is None], [row for row in evidence if row.pk is not None]
        audit.create(new, user=editor, reason="evidence added")
        audit.update(existing, _EVIDENCE_FIELDS, user=editor, reason="evidence changed")
        anchor_excerpts(EvidenceCopy.objects.filter(evidence__in=existing))
    return verification


def delete_verification_draft(*, verification: Verification, editor: User) -> None:
    """Delete a draft with its evidence; an undo restores both.

    Raises RefusedError for somebody else's draft, for one with comments, and if it is no longer a draft.
    """
    summary = f"Deleted the draft verdict on “{verification.claim}”"
    with audit.operation(verb=OperationVerb.DRAFT, summary=summary, editor=editor):
        draft = _lock_verification_draft(verification)
        if draft.author_id != editor.pk:
            raise RefusedError("Only the author can delete a draft.")
        if draft.comments.exists():
            raise RefusedError("This draft has comments and cannot be deleted.")
        for row in draft.evidence.order_by("pk"):
            audit.delete(row, user=editor, reason="draft deleted")
        audit.delete(draft, user=editor, reason="draft deleted")


def _lock_verification_draft(verification: Verification) -> Verification:
    row = Verification.objects.select_for_update().get(pk=verification.pk)
    if row.state != VerificationState.DRAFT:
        raise RefusedError(f"This verification is {row.get_state_display().lower()}. Only drafts can be changed.")
    return row
