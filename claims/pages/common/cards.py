"""What pages list of claims and quotes: some fields of what the API shows."""

from typing import Any, ClassVar

from claims.resources.claims import ClaimInFull
from claims.resources.quotes import QuoteSerializer, VerdictReference


class QuoteCard(QuoteSerializer):
    class Meta(QuoteSerializer.Meta):
        fields: ClassVar[Any] = ("id", "kind", "text", "role", "speaker", "claim", "source")
        read_only_fields: ClassVar[Any] = fields


class ClaimCard(ClaimInFull):
    verification = VerdictReference(source="verifications", read_only=True, allow_null=True)  # type: ignore[assignment]  # less of it

    class Meta(ClaimInFull.Meta):
        fields: ClassVar[Any] = ("id", "text", "status", "rating", "speaker", "said_on", "verification")
        read_only_fields: ClassVar[Any] = fields
