"""A verdict in the writing: its rating, its explanation and its evidence, stored in one stroke that can be undone."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Evidence, Verification, VerificationState
from claims.services.errors import RefusedError
from claims.services.history import audit

_EVIDENCE_FIELDS = ["url", "source", "archive_url", "stance", "excerpt", "note"]


def save_verification_draft(
    *,
    verification: Verification,
    fields: Sequence[str],
    kept: Sequence[Evidence],
    gone: Sequence[Evidence],
    editor: User,
) -> Verification:
    """Store these fields of a draft as they are set on it, the evidence that is `kept`, and not that which is `gone`.

    One that is not stored yet is made, as its author's. Raises RefusedError for what is no draft any more.
    """
    claim = str(verification.claim)[:200]
    with audit.operation(verb="draft", summary=f"Changed the draft verdict on “{claim}”", editor=editor) as operation:
        if not verification.pk:
            operation.summary = f"Drafted a verdict on “{claim}”"
            verification.author = editor
            verification = audit.create([verification], user=editor, reason="drafted")[0]
        else:
            _lock_verification_draft(verification)
            if fields:
                audit.update([verification], list(fields), user=editor, reason="draft changed")
        for row in gone:
            audit.delete(row, user=editor, reason="evidence removed")
        for row in kept:
            row.verification = verification
        new, known = [row for row in kept if row.pk is None], [row for row in kept if row.pk is not None]
        audit.create(new, user=editor, reason="evidence added")
        audit.update(known, _EVIDENCE_FIELDS, user=editor, reason="evidence changed")
    return verification


def delete_verification_draft(*, verification: Verification, editor: User) -> None:
    """Take a draft away with its evidence; undoing that brings both back.

    Raises RefusedError for what is no draft any more, for another person's, and for one that colleagues speak about.
    """
    with audit.operation(verb="draft", summary=f"Deleted the draft of “{verification.claim}”", editor=editor):
        row = _lock_verification_draft(verification)
        if row.author_id != editor.pk:
            raise RefusedError("Only who wrote a draft deletes it.")
        if row.comments.exists():
            raise RefusedError("There are comments on this draft: they would go with it, so it stays.")
        for each in row.evidence.order_by("pk"):
            audit.delete(each, user=editor, reason="draft deleted")
        audit.delete(row, user=editor, reason="draft deleted")


def _lock_verification_draft(verification: Verification) -> Verification:
    row = Verification.objects.select_for_update().get(pk=verification.pk)
    if row.state != VerificationState.DRAFT:
        raise RefusedError(f"This verification is {row.get_state_display().lower()}: only a draft is changed.")
    return row
