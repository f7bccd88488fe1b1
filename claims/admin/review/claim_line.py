"""The claim on the card: its wording, to confirm and release, or claims that the quote may be linked to instead."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.safestring import SafeString

from claims.admin.claims.claim_status import status_label
from claims.admin.review.review_actions import CHANGE_CLAIM, MAX_WORDING
from claims.models import Claim, Quote
from claims.search.matches.similar_claims import SimilarClaim, find_claims_similar_to_quote
from claims.services.claims.claim_proposals import claim_wording
from claims.services.claims.relations import related_claim_ids

MAX_SIMILAR_CLAIMS = 3  # keys 1 to 3


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """The wording as it is stored or would be proposed, what the field holds, and why it was refused, if it was.

    A wording of more than MAX_WORDING characters, that of a very long quote, is edited on the claim's own page.
    """

    wording: str
    typed: str
    problem: str
    is_editable: bool
    is_too_long: bool


def build_claim_line(quote: Quote, editor: User, *, typed: str | None, problem: str) -> ClaimLine:
    """`typed` is a wording that was refused because of the `problem`."""
    claim = quote.claim
    is_open = claim is None or not (claim.released_at or claim.retracted_at or claim.merged_into_id)
    wording = claim.text if claim else claim_wording(quote.exact)
    may_release = is_open and editor.has_perms(["claims.decide_quote", CHANGE_CLAIM])
    return ClaimLine(
        wording=wording,
        typed=wording if typed is None else typed,
        problem=problem,
        is_editable=may_release and len(wording) <= MAX_WORDING,
        is_too_long=may_release and len(wording) > MAX_WORDING,
    )


def list_similar_claims(quote: Quote) -> list[tuple[SimilarClaim, SafeString]]:
    """Claims that the quote may make instead of its own or that its own may be related to, with labels of verdicts."""
    similar = find_claims_similar_to_quote(quote, limit=MAX_SIMILAR_CLAIMS)
    differing = [match.claim.pk for match in similar if match.differences]
    if quote.claim and differing:
        related = related_claim_ids(quote.claim, differing)
        similar = [match for match in similar if match.claim.pk not in related]
    if not similar:
        return []
    claims = Claim.objects.filter(pk__in=[match.claim.pk for match in similar]).with_status()
    columns = {f"rating_{name}": F(f"current__rating__{name}") for name in ("name", "value", "worst", "best")}
    rated = claims.annotate(**columns).in_bulk()
    return [(match, status_label(rated[match.claim.pk])) for match in similar if match.claim.pk in rated]
