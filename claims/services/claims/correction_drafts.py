"""Drafts of corrections: readers see the old wording of a public claim until the draft is published."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import AmendmentState, Claim, ClaimAmendment, OperationVerb, Speaker
from claims.services.claims.corrections import PublicNote
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim
from claims.services.transitions import change_state, refuse_change_of_state


def save_correction_draft(
    *, claim: Claim, text: str, speaker: Speaker | None, said_on: date | None, note: PublicNote, author: User
) -> ClaimAmendment:
    """Save the future wording of the claim and the public note; replaces the author's open draft if there is one.

    Raises RefusedError if nothing would change, if the claim is not public (it is edited directly), if somebody else
    has a draft of it, and for an incomplete note.
    """
    with audit.operation(
        verb=OperationVerb.DRAFT_CORRECTION, summary=f"Draft correction: “{claim.text[:200]}”", editor=author
    ):
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        if not Claim.objects.released().filter(pk=claim.pk).exists():
            raise RefusedError(f"“{claim}” is not public yet. Edit it directly; no draft is needed.")
        note.refuse_if_incomplete()
        text = text.strip()
        former = (claim.text, claim.speaker_id, claim.said_on)
        if not text or (text, speaker.pk if speaker else None, said_on) == former:
            raise RefusedError("The draft changes nothing. Change the text, the speaker or the date.")
        draft = claim.amendments.filter(state=AmendmentState.OPEN).first()
        if draft and draft.author_id != author.pk:
            raise RefusedError(
                f"{draft.author} already has a draft correction of this claim. Publish or discard it first."
            )
        is_new, draft = draft is None, draft or ClaimAmendment(claim=claim, author=author)
        draft.text, draft.speaker, draft.said_on, draft.what, draft.why = text, speaker, said_on, note.what, note.why
        draft.was_text, draft.was_speaker_id, draft.was_said_on = former
        if is_new:
            [draft] = audit.create([draft], user=author, reason="kept as a draft")
        else:
            fields = ["text", "speaker", "said_on", "what", "why", "was_text", "was_speaker", "was_said_on"]
            audit.update([draft], fields, user=author, reason="draft changed")
        return draft


def publish_correction_draft(*, amendment: ClaimAmendment, editor: User) -> Claim:
    """Apply the draft to its claim; its note becomes a public correction by `editor`.

    Raises RefusedError if it is no longer a draft, or if the claim has changed since it was written.
    """
    with audit.operation(
        verb=OperationVerb.PUBLISH_CORRECTION, summary=f"Corrected: “{amendment.text[:200]}”", editor=editor
    ):
        draft = _lock_draft(amendment, to=AmendmentState.PUBLISHED)
        claim = draft.claim
        if (claim.text, claim.speaker_id, claim.said_on) != (draft.was_text, draft.was_speaker_id, draft.was_said_on):
            raise RefusedError(
                "The claim has changed since this draft was written. Check the differences and write a new draft."
            )
        _close_draft(draft, AmendmentState.PUBLISHED, "", editor=editor)
        changes = {"text": draft.text, "speaker": draft.speaker, "said_on": draft.said_on}
        return edit_claim(claim=claim, changes=changes, editor=editor, note=PublicNote(draft.what, draft.why))


def discard_correction_draft(*, amendment: ClaimAmendment, editor: User, comment: str) -> ClaimAmendment:
    """Discard the draft, with a comment for its author.

    Raises RefusedError if it is no longer a draft, and if somebody else's is discarded without a comment.
    """
    with audit.operation(
        verb=OperationVerb.DISCARD_CORRECTION, summary=f"Discarded: “{amendment.text[:200]}”", editor=editor
    ):
        draft = _lock_draft(amendment, to=AmendmentState.DISCARDED)
        if draft.author_id != editor.pk and not comment.strip():
            raise RefusedError(f"Add a comment telling {draft.author} why the draft is discarded.")
        _close_draft(draft, AmendmentState.DISCARDED, comment, editor=editor)
        return draft


def _lock_draft(amendment: ClaimAmendment, *, to: AmendmentState) -> ClaimAmendment:
    # The claim is locked first, as everywhere, so that two editors cannot deadlock.
    Claim.objects.select_for_update().get(pk=amendment.claim_id)
    drafts = ClaimAmendment.objects.select_for_update(of=("self",)).select_related("claim", "author", "speaker")
    draft = drafts.get(pk=amendment.pk)
    refusal = f"This draft correction is already {draft.get_state_display().lower()}."
    refuse_change_of_state(draft, to, refusal=refusal)
    return draft


def _close_draft(draft: ClaimAmendment, state: AmendmentState, comment: str, *, editor: User) -> None:
    change_state(draft, state)
    draft.comment, draft.decided_by, draft.decided_at = comment, editor, timezone.now()
    fields = ["state", "comment", "decided_by", "decided_at"]
    audit.update([draft], fields, user=editor, reason=f"draft {AmendmentState(state).label.lower()}")
