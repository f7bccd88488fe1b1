"""What pages list of claims and quotes: some fields of what the API shows."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from claims.resources.claims import ClaimInFull
from claims.resources.quotes import QuoteSerializer, VerdictReference


def first_rows(rows: QuerySet[Any], limit: int) -> QuerySet[Any]:
    """Returns the first of these rows, with their ids selected before anything else is read of them.

    As a nested list, `rows` would be read in full before they are sorted. They are one subquery deeper than the list:
    an `OuterRef` in them is one of an `OuterRef`.
    """
    ids = rows.values("pk")[:limit]
    first: QuerySet[Any] = rows.model._base_manager.filter(pk__in=ids).order_by(*rows.query.order_by)
    return first


class QuoteCard(QuoteSerializer):
    class Meta(QuoteSerializer.Meta):
        fields: ClassVar[Any] = ("id", "kind", "text", "role", "speaker", "claim", "source")
        read_only_fields: ClassVar[Any] = fields


class ClaimCard(ClaimInFull):
    verification = VerdictReference(source="verifications", read_only=True, allow_null=True)  # type: ignore[assignment]  # less of it

    class Meta(ClaimInFull.Meta):
        fields: ClassVar[Any] = ("id", "text", "status", "rating", "speaker", "said_on", "verification")
        read_only_fields: ClassVar[Any] = fields
