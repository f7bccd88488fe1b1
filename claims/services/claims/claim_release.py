"""Releases a claim in words that an editor confirmed."""

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, HistoryCause, OperationVerb
from claims.services.claims.corrections import Note, public_change
from claims.services.claims.editing import clean_claim_text
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.optimistic_lock import refuse_if_changed
from claims.services.quotes.claim_links import refuse_unavailable_claim


def release_claim(*, claim: Claim, text: str, editor: User, seen: int | None = None, note: Note = None) -> Claim:
    """Confirm the wording `text` of the claim in its version `seen`, and release it now.

    A claim that has a publication time keeps it, be that an embargo. Raises RefusedError without a text, for a
    retracted or merged claim, and for one without an accepted quote; ChangedError if it changed since `seen`;
    PublicNoteRequiredError if it is public, its text changes and there is no `note`.
    """
    text = clean_claim_text(text)
    with (
        audit.operation(verb=OperationVerb.RELEASE_CLAIM, summary=f"Released: “{text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        claim = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        refuse_if_changed(row=claim, seen=seen)
        if not claim.quotes.accepted().exists():
            raise RefusedError(f"“{claim}” has no accepted quote. Accept one first.")
        if claim.released_at and claim.text == text:
            return claim
        now = timezone.now()
        claim.text = text
        claim.wording_confirmed_at = claim.wording_confirmed_at or now
        claim.released_at = claim.released_at or now
        fields = ["text", "wording_confirmed_at", "released_at"]
        audit.update([claim], fields, user=editor, cause=HistoryCause.RELEASED)
    return claim
