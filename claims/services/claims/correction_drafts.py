"""A claim that readers see, changed as a draft first: they see the old wording until somebody publishes the new."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import AmendmentState, Claim, ClaimAmendment, Speaker
from claims.services.claims.corrections import PublicNote
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim


def save_correction_draft(  # noqa: PLR0913  # what a claim says, what readers are told of it, and who
    *, claim: Claim, text: str, speaker: Speaker | None, said_on: date | None, note: PublicNote, author: User
) -> ClaimAmendment:
    """Keep how the claim shall read, and what readers will be told of it; the author's open draft is written anew.

    Raises RefusedError if nothing would change, if readers do not see the claim (it is simply changed), if another
    person keeps a draft of it, and for a blank note.
    """
    with audit.operation(verb="draft correction", summary=f"Draft correction: “{claim.text[:200]}”", editor=author):
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        if not Claim.objects.released().filter(pk=claim.pk).exists():
            raise RefusedError(f"Readers do not see “{claim}” yet: change it, no draft is needed.")
        if not (note.what.strip() and note.why.strip()):
            raise RefusedError("Say in the public note both what is changed and why.")
        was = (claim.text, claim.speaker_id, claim.said_on)
        text = text.strip()
        if not text or (text, speaker.pk if speaker else None, said_on) == was:
            raise RefusedError("The draft says what the claim says already: change its words, its speaker or its day.")
        row = claim.amendments.filter(state=AmendmentState.OPEN).first()
        if row and row.author_id != author.pk:
            raise RefusedError(f"{row.author} keeps a draft correction of this claim: publish or discard that first.")
        is_new, row = row is None, row or ClaimAmendment(claim=claim, author=author)
        row.text, row.speaker, row.said_on, row.what, row.why = text, speaker, said_on, note.what, note.why
        row.was_text, row.was_speaker_id, row.was_said_on = was
        if is_new:
            kept: ClaimAmendment = audit.create([row], user=author, reason="kept as a draft")[0]
            return kept
        fields = ["text", "speaker", "said_on", "what", "why", "was_text", "was_speaker", "was_said_on"]
        audit.update([row], fields, user=author, reason="draft changed")
        return row


def publish_correction_draft(*, amendment: ClaimAmendment, editor: User) -> Claim:
    """Let the claim read as the draft says; its note becomes a public correction by `editor`.

    Raises RefusedError if it is no draft any more, or if the claim was changed since it was written.
    """
    with audit.operation(verb="publish correction", summary=f"Corrected: “{amendment.text[:200]}”", editor=editor):
        row = _lock_open_draft(amendment)
        claim = row.claim
        if (claim.text, claim.speaker_id, claim.said_on) != (row.was_text, row.was_speaker_id, row.was_said_on):
            raise RefusedError(
                "The claim was changed after this draft was written: look at the difference, and write the draft anew."
            )
        _close_draft(row, AmendmentState.PUBLISHED, "", editor=editor)
        changes = {"text": row.text, "speaker": row.speaker, "said_on": row.said_on}
        return edit_claim(claim=claim, changes=changes, editor=editor, note=PublicNote(row.what, row.why))


def discard_correction_draft(*, amendment: ClaimAmendment, editor: User, comment: str) -> ClaimAmendment:
    """Give the draft up; unless it is one's own, its author is told why.

    Raises RefusedError if it is no draft any more, or without a comment for another's.
    """
    with audit.operation(verb="discard correction", summary=f"Discarded: “{amendment.text[:200]}”", editor=editor):
        row = _lock_open_draft(amendment)
        if row.author_id != editor.pk and not comment.strip():
            raise RefusedError(f"Say in a comment to {row.author} why the draft is discarded.")
        _close_draft(row, AmendmentState.DISCARDED, comment, editor=editor)
        return row


def _lock_open_draft(amendment: ClaimAmendment) -> ClaimAmendment:
    """The draft as it is now, locked after its claim, as everywhere."""
    Claim.objects.select_for_update().get(pk=amendment.claim_id)
    rows = ClaimAmendment.objects.select_for_update(of=("self",)).select_related("claim", "author", "speaker")
    row = rows.get(pk=amendment.pk)
    if row.state != AmendmentState.OPEN:
        raise RefusedError(f"This draft correction is {row.get_state_display().lower()} already.")
    return row


def _close_draft(row: ClaimAmendment, state: AmendmentState, comment: str, *, editor: User) -> None:
    row.state, row.comment, row.decided_by, row.decided_at = state, comment, editor, timezone.now()
    fields = ["state", "comment", "decided_by", "decided_at"]
    audit.update([row], fields, user=editor, reason=f"draft {AmendmentState(state).label.lower()}")
