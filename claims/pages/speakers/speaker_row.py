"""A speaker with the newest claims and quotes, in one statement."""

from typing import ClassVar

from django.db.models import OuterRef, QuerySet

from claims.models import Claim, Quote, Speaker
from claims.pages.common.cards import ClaimCard, QuoteCard, first_rows
from claims.resources.fields import RelatedRows
from claims.resources.speakers import SpeakerSerializer
from claims.resources.sql.expressions import ExecutionTime

NEWEST_QUOTES = 10
NEWEST_CLAIMS = 8


def _newest_quotes(speaker: str) -> QuerySet[Quote]:
    rows = Quote.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(OuterRef(speaker)))
    return first_rows(rows.order_by("-decided_at", "-id"), NEWEST_QUOTES)


def _newest_claims(speaker: str) -> QuerySet[Claim]:
    rows = Claim.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(OuterRef(speaker)))
    return first_rows(rows.order_by("-released_at", "-id"), NEWEST_CLAIMS)


class SpeakerRow(SpeakerSerializer):
    related_rows: ClassVar = SpeakerSerializer.related_rows | {
        "newest_quotes": RelatedRows(_newest_quotes),
        "newest_claims": RelatedRows(_newest_claims),
    }

    newest_quotes = QuoteCard(source="quotes", many=True, read_only=True)
    newest_claims = ClaimCard(source="claims", many=True, read_only=True)

    class Meta:
        model = Speaker
        fields = read_only_fields = (*SpeakerSerializer.Meta.fields, "newest_quotes", "newest_claims")
