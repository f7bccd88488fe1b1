"""Which claim a quote makes, as an editor says."""

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Decision, Quote
from claims.services import correct, record
from claims.services.correct import Note
from claims.services.refusal import RefusedError


def set_claim(*, quote: Quote, claim: Claim | None, editor: User, note: Note | None = None) -> None:
    """Say which claim the quote makes, or that it makes none.

    An accepted quote releases the claim it comes to, as accepting one does. Verdicts on both claims go back to review
    if their accepted quotes changed. Raises RefusedError for a claim that was retracted, and for an accepted quote of a
    claim under embargo or retracted, which readers would see once it is elsewhere.
    """
    with record.operation(
        verb="set claim", summary=f"Claim set to “{claim}”" if claim else "Taken from its claim", editor=editor
    ):
        quote = Quote.objects.select_for_update().get(pk=quote.pk)
        former = quote.claim_id
        if former == (claim.pk if claim else None):
            return
        ids = [pk for pk in (former, claim.pk if claim else None) if pk]
        claims = {row.pk: row for row in Claim.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        if claim and claims[claim.pk].retracted_at:
            raise RefusedError(f"“{claim}” was retracted: choose another claim.")
        left = claims[former] if former else None
        if left and quote.decision == Decision.ACCEPTED and not left.is_open:
            raise RefusedError(f"“{left}” is not public, and its quote would be elsewhere: reopen the quote first.")
        quote.claim = claims[claim.pk] if claim else None
        with correct.in_the_open(editor=editor, note=note, claims=ids):
            record.update([quote], ["claim"], user=editor, reason="claim set")
            if quote.claim and quote.decision == Decision.ACCEPTED:
                quote.claim.released_at = quote.claim.released_at or timezone.now()
            record.update(list(claims.values()), ["released_at"], user=editor, reason="a quote of it came or went")
