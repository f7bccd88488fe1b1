"""Suggests the type of a claim. Only an editor sets it."""

from claims.models import ClaimType
from claims.worthiness import claim_type_of, read_features


def suggest_claim_type(text: str) -> ClaimType | None:
    """Returns the type that the words speak for, or None."""
    found = claim_type_of(read_features(text, is_direct=False))
    return ClaimType(found) if found else None
