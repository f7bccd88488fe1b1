"""Claims with a published verdict that a quotation repeats, or is alike."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import Claim, Quote, Verification, VerificationState
from claims.search.matches.similar_claims import find_similar_claims
from claims.services.drafts.findings import Audience, FoundClaim

MIN_PROBABILITY = 0.5  # of having been checked before


def find_known_claim(text: str, audience: Audience) -> FoundClaim | None:
    """Returns the claim with a verdict that is most alike to a text in meaning."""
    for similar in find_similar_claims(text, speaker=None, without=(), limit=1, among=_checked_claims(audience)):
        if similar.is_same or similar.probability >= MIN_PROBABILITY:
            verification = _published().select_related("rating").get(claim=similar.claim)
            return FoundClaim(similar.claim, verification, similar.differences)
    return None


def claims_of_quotes(quotes: Iterable[Quote], audience: Audience) -> dict[int, FoundClaim]:
    """Returns the claims with a verdict that these quotes make, by the ids of the claims."""
    ids = {quote.claim_id for quote in quotes if quote.claim_id}
    claims = _checked_claims(audience).filter(pk__in=ids)
    verifications = _published().filter(claim__in=claims.values("pk")).select_related("rating", "claim")
    return {row.claim_id: FoundClaim(row.claim, row) for row in verifications}


def _checked_claims(audience: Audience) -> QuerySet[Claim]:
    claims = Claim.objects.current().confirmed()
    if audience is Audience.READERS:
        claims = claims.released()
    checked: QuerySet[Claim] = claims.filter(Exists(_published().filter(claim=OuterRef("pk"))))
    return checked


def _published() -> QuerySet[Verification]:
    verifications: QuerySet[Verification] = Verification.objects.filter(state=VerificationState.PUBLISHED)
    return verifications
