"""A topic with its newest verdicts, claims and quotes, in one statement."""

from typing import ClassVar

from django.db.models import OuterRef, QuerySet

from claims.models import Claim, Quote, Topic, VerificationState
from claims.pages.common.cards import ClaimCard, QuoteCard
from claims.resources.fields import RelatedRows
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.topics import TopicSerializer

NEWEST = 6  # rows of each list


def _claims(topic: str) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(topic))
    return rows


def _newest_claims(topic: str) -> QuerySet[Claim]:
    return _claims(topic).order_by("-released_at", "-id")


def _newest_verdicts(topic: str) -> QuerySet[Claim]:
    # A claim has at most one published verification.
    with_verdict = _claims(topic).filter(verifications__state=VerificationState.PUBLISHED)
    return with_verdict.order_by("-verifications__published_at", "-id")


def _newest_quotes(topic: str) -> QuerySet[Quote]:
    about_topic: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(claim__topics=OuterRef(topic))
    return about_topic.filter(claim__released_at__isnull=False).order_by("-decided_at", "-id")


class TopicRow(TopicSerializer):
    related_rows: ClassVar = {
        "newest_verdicts": RelatedRows(_newest_verdicts, limit=NEWEST),
        "newest_claims": RelatedRows(_newest_claims, limit=NEWEST),
        "newest_quotes": RelatedRows(_newest_quotes, limit=NEWEST),
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
