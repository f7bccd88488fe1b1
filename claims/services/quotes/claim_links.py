"""Links quotes to the claims they make."""

from django.contrib.auth.models import User

from claims.models import Claim, HistoryCause, OperationVerb, Quote, QuoteDecision
from claims.services.claims import claim_proposals, corrections
from claims.services.claims.corrections import Note
from claims.services.errors import RefusedError
from claims.services.history import audit


def refuse_unavailable_claim(claim: Claim) -> None:
    """Raises RefusedError for a claim that was retracted or merged into another."""
    if claim.retracted_at:
        raise RefusedError(f"“{claim}” was retracted: choose another claim.")
    if claim.merged_into_id:
        raise RefusedError(f"“{claim}” was merged into “{claim.merged_into}”: choose that one.")


def create_own_claim(*, quote: Quote, editor: User, note: Note = None) -> Claim:
    """Give the quote a proposal of its own, worded like the quote; a claim that no other quote makes is kept.

    Raises as `set_quote_claim` does.
    """
    with audit.operation(
        verb=OperationVerb.OWN_CLAIM, summary=f"New claim from quote: {quote.in_marks(200)}", editor=editor
    ):
        quote = Quote.objects.select_for_update().get(pk=quote.pk)
        if quote.claim and not quote.claim.quotes.exclude(pk=quote.pk).exists():
            return quote.claim
        new = Claim(text=claim_proposals.claim_wording(quote.exact), speaker_id=quote.speaker_id)
        claim: Claim = audit.create([new], user=editor, reason="made for a quote")[0]
        set_quote_claim(quote=quote, claim=claim, editor=editor, note=note)
        return claim


def set_quote_claim(
    *,
    quote: Quote,
    claim: Claim | None,
    editor: User,
    note: Note = None,
    reason: str = "",
    cause: HistoryCause = HistoryCause.CLAIM_SET,
) -> None:
    """Link the quote to another claim, or to none. A proposal without quotes is removed.

    Verifications of both claims go back to review if their accepted quotes change.

    Raises RefusedError for a claim that was retracted or merged, and for an accepted quote of a claim under embargo
    (readers would see the quote elsewhere); PublicNoteRequiredError if readers would miss the quote, or find it under
    a verdict, and there is no `note`.
    """
    with audit.operation(
        verb=OperationVerb.SET_CLAIM,
        summary=f"Claim set to “{claim}”" if claim else "Removed from its claim",
        editor=editor,
    ):
        quote = Quote.objects.select_for_update().get(pk=quote.pk)
        old_id = quote.claim_id
        if old_id == (claim.pk if claim else None):
            return
        ids = [pk for pk in (old_id, claim.pk if claim else None) if pk]
        claims = {row.pk: row for row in Claim.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        if claim:
            refuse_unavailable_claim(claims[claim.pk])
        old = claims[old_id] if old_id else None
        if old and quote.decision == QuoteDecision.ACCEPTED and old.hides_quotes:
            raise RefusedError(
                f"“{old}” is not public, and its quote would become public elsewhere. Reset the quote to pending first."
            )
        quote.claim = claims[claim.pk] if claim else None
        with corrections.public_change(editor=editor, note=note, claims=ids, quotes=[quote.pk]):
            audit.update([quote], ["claim"], user=editor, reason=reason, cause=cause)
            audit.update(list(claims.values()), [], user=editor, reason="a quote of it came or went")
            claim_proposals.remove_abandoned_proposals([old_id], editor=editor)
