"""A topic with its newest verdicts, claims and quotes, in one statement."""

from typing import ClassVar

from django.db.models import OuterRef, Q, QuerySet

from claims.models import Claim, Quote, Topic, VerificationState
from claims.pages.common.cards import ClaimCard, QuoteCard, first_rows
from claims.resources.fields import RelatedRows
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.topics import TopicSerializer

NEWEST = 6  # rows of each list


def _newest_claims(topic: str) -> QuerySet[Claim]:
    rows = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(OuterRef(topic)))
    return first_rows(rows.order_by("-released_at", "-id"), NEWEST)


def _newest_verdicts(topic: str) -> QuerySet[Claim]:
    published = Q(verifications__state=VerificationState.PUBLISHED)  # a claim has one at most
    rows = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(OuterRef(topic)))
    return first_rows(rows.filter(published).order_by("-verifications__published_at", "-id"), NEWEST).filter(published)


def _newest_quotes(topic: str) -> QuerySet[Quote]:
    # Through the ids of the topic's claims: if these were joined, SQLite would read all accepted quotes.
    claims = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(OuterRef(OuterRef(topic))))
    rows = Quote.objects.accepted().filter(claim__in=claims.values("pk"))
    return first_rows(rows.order_by("-decided_at", "-id"), NEWEST)


class TopicRow(TopicSerializer):
    related_rows: ClassVar = {
        "newest_verdicts": RelatedRows(_newest_verdicts),
        "newest_claims": RelatedRows(_newest_claims),
        "newest_quotes": RelatedRows(_newest_quotes),
    }

    newest_verdicts = ClaimCard(many=True, read_only=True)
    newest_claims = ClaimCard(many=True, read_only=True)
    newest_quotes = QuoteCard(many=True, read_only=True)

    class Meta:
        model = Topic
        fields = read_only_fields = (
            *TopicSerializer.Meta.fields,
            "newest_verdicts",
            "newest_claims",
            "newest_quotes",
        )
