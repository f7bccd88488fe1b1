"""The claim of a quote on the review screen: released in the wording an editor confirms, or chosen among others."""

from collections.abc import Collection

from django.contrib.auth.models import User

from claims.models import Claim, OperationVerb, Quote, QuoteDecision
from claims.services.claims.claim_release import release_claim
from claims.services.claims.corrections import Note
from claims.services.claims.editing import clean_claim_text
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import create_own_claim, set_quote_claim
from claims.services.quotes.review_decisions import review_quote
from claims.services.quotes.wording import lock_quote


class WordingChangedError(RefusedError):
    """The quote has another claim, or its claim another wording, than the editor saw."""


def accept_and_release(
    *,
    quote: Quote,
    text: str,
    editor: User,
    seen_wording: str,
    seen_claim: int | None = None,
    seen: int | None = None,
    seen_snapshot: int | None = None,
    note: Note = None,
    take_over: bool = False,
    copies: Collection[int] = (),
) -> Claim:
    """Accept the quote, unless it is accepted already, and release its claim in the wording `text`, as one operation.

    `seen_claim` and `seen_wording` are the claim and its text as the editor saw them; a quote without a claim gets one.
    `copies` are accepted, too, as `review_quote` does.
    Raises WordingChangedError if they have changed, RefusedError for an empty text and for a claim that is published or
    under embargo already, and otherwise as `review_quote` and `release_claim` do.
    """
    text = clean_claim_text(text)
    with audit.operation(verb=OperationVerb.ACCEPTED, editor=editor) as journal:
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        claim = quote.claim
        if quote.claim_id != seen_claim:
            raise WordingChangedError(f"The quote belongs to another claim now: “{claim or 'none'}”.")
        if claim and claim.released_at:
            raise RefusedError("The claim has been released already.")
        if claim and _on_one_line(claim.text) != _on_one_line(seen_wording):
            raise WordingChangedError(
                f"The claim has been reworded to “{claim.text}”. Release it again to use your wording."
            )
        if claim is None:
            claim = create_own_claim(quote=quote, editor=editor)
        if quote.decision != QuoteDecision.ACCEPTED:
            review_quote(
                quote=quote,
                decision=QuoteDecision.ACCEPTED,
                editor=editor,
                note=note,
                take_over=take_over,
                seen_snapshot=seen_snapshot,
                copies=copies,
            )
            journal.summary = f"Accepted, claim released: “{text[:200]}”"
        else:
            journal.summary = f"Claim released: “{text[:200]}”"
        return release_claim(claim=claim, text=text, editor=editor, note=note)


def link_to_claim(
    *,
    quote: Quote,
    claim: Claim,
    editor: User,
    seen: int | None = None,
    note: Note = None,
    take_over: bool = False,
) -> None:
    """Link the quote, in its version `seen`, to a claim whose wording is confirmed; its own proposal is removed.

    Raises RefusedError for a proposal, and otherwise as `lock_quote` and `set_quote_claim` do.
    """
    summary = f"Claim set to “{claim.text[:200]}”"
    with audit.operation(verb=OperationVerb.SET_CLAIM, summary=summary, editor=editor):
        quote = lock_quote(quote, seen=seen, editor=editor, take_over=take_over)
        if not Claim.objects.confirmed().filter(pk=claim.pk).exists():
            raise RefusedError(f"Nobody has confirmed the wording of “{claim}” yet. Release it first.")
        set_quote_claim(quote=quote, claim=claim, editor=editor, note=note)


def _on_one_line(text: str) -> str:
    """The text as a field of one line sends it back."""
    return " ".join(text.split())
