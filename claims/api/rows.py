"""The rows of each resource: released ones only, with all that their serializers show, in a fixed number of queries.

These are functions: what is released depends on the moment at which it is asked.
"""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import (
    Claim,
    Correction,
    Evidence,
    Quote,
    Rating,
    Snapshot,
    Source,
    Speaker,
    Topic,
    Verification,
    VerificationState,
)

FIRST_QUOTES = 10  # of a claim come with it; `quotes_url` has all


def quotes() -> QuerySet[Quote]:
    """Released quotes."""
    return _with_their_source(Quote.objects.released()).prefetch_related(
        Prefetch("claim", Claim.objects.released().with_status())
    )


def claims() -> QuerySet[Claim]:
    """Released claims, with their current verdict."""
    first = _with_their_source(Quote.objects.released().order_by("id"))[:FIRST_QUOTES]
    # Of the claims asked for, which are released: a published verification of such a claim is released.
    published = _with_evidence(Verification.objects.filter(state=VerificationState.PUBLISHED))
    rows: QuerySet[Claim] = (
        Claim.objects.released()
        .with_status()
        .select_related("speaker")
        .annotate(appearances=_count(Quote.objects.released(), "claim"))
        .prefetch_related(
            "topics",
            Prefetch("quotes", first, to_attr="first_quotes"),
            Prefetch("verifications", published, to_attr="published_verifications"),
        )
    )
    return rows


def speakers() -> QuerySet[Speaker]:
    """Released speakers, with how much of them there is."""
    rows: QuerySet[Speaker] = (
        Speaker.objects.released()
        .annotate(
            quote_count=_count(Quote.objects.released(), "speaker"),
            claim_count=_count(Claim.objects.released(), "speaker"),
        )
        .prefetch_related("names", "positions")
    )
    return rows


def sources() -> QuerySet[Source]:
    """Released sources, with the snapshots that released quotes are pinned to."""
    quoted = Snapshot.objects.filter(Exists(Quote.objects.released().filter(snapshot=OuterRef("pk")))).defer("text")
    rows: QuerySet[Source] = (
        Source.objects.released()
        .annotate(quote_count=_count(Quote.objects.released(), "snapshot__source"))
        .prefetch_related(Prefetch("snapshots", quoted, to_attr="quoted_snapshots"))
    )
    return rows


def verifications() -> QuerySet[Verification]:
    """Released verifications, with their evidence."""
    return _with_evidence(Verification.objects.released()).prefetch_related(
        Prefetch("claim", Claim.objects.released().with_status())
    )


def topics() -> QuerySet[Topic]:
    """Topics of released claims, with how many there are."""
    return Topic.objects.released().annotate(claim_count=_count(Claim.objects.released(), "topics"))


def corrections() -> QuerySet[Correction]:
    """Corrections of what is or was public."""
    rows: QuerySet[Correction] = Correction.objects.released()
    return rows


def ratings() -> QuerySet[Rating]:
    """The scale."""
    return Rating.objects.all()


def _with_their_source(rows: QuerySet[Quote]) -> QuerySet[Quote]:
    # A snapshot's text is long, and none of the readers' business.
    return rows.select_related("speaker", "snapshot__source").defer("snapshot__text")


def _with_evidence(rows: QuerySet[Verification]) -> QuerySet[Verification]:
    evidence = Evidence.objects.select_related("source")
    return rows.select_related("rating").prefetch_related(Prefetch("evidence", evidence))


def _count(rows: QuerySet[Any], refer_by: str) -> Coalesce:
    """How many of these rows refer to the row."""
    counts = rows.filter(**{refer_by: OuterRef("pk")}).order_by().values(refer_by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
