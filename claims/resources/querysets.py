"""The querysets of the resources, and of the rows that are nested or counted in them: released rows only.

Which rows are released depends on the time of the request. So these are functions; in queries that are compiled once
(see `claims.api.query.prepared_query`), the time is `ExecutionTime`.
"""

from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from claims.models import (
    Claim,
    Correction,
    Evidence,
    Position,
    Quote,
    Rating,
    Snapshot,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
)
from claims.resources.sql.expressions import CompilationTime, ExecutionTime


def released_quotes(at: Any = None) -> QuerySet[Quote]:
    """Returns the quotes released by now, or by the moment `at` (a value or an expression)."""
    rows: QuerySet[Quote] = Quote.objects.released_in_index_order(at) if at else _base_quotes().all()
    return rows


def released_claims(at: Any = None) -> QuerySet[Claim]:
    """Returns the claims released by now, or by the moment `at` (a value or an expression)."""
    rows: QuerySet[Claim] = Claim.objects.released(at=at) if at else _base_claims().all()
    return rows


# Built once: building these conditions takes Django as long as the database takes to find fifty rows.
@cache
def _base_quotes() -> QuerySet[Quote]:
    return released_quotes(CompilationTime())


@cache
def _base_claims() -> QuerySet[Claim]:
    return released_claims(CompilationTime())


def released_speakers() -> QuerySet[Speaker]:
    return Speaker.objects.released_in_index_order()


def released_sources() -> QuerySet[Source]:
    return Source.objects.released()


def released_verifications() -> QuerySet[Verification]:
    rows: QuerySet[Verification] = Verification.objects.released_in_index_order()
    return rows


def released_topics() -> QuerySet[Topic]:
    return Topic.objects.released()


def released_corrections() -> QuerySet[Correction]:
    rows: QuerySet[Correction] = Correction.objects.released()
    return rows


def all_ratings() -> QuerySet[Rating]:
    return Rating.objects.all()


# For subqueries: each function takes the lookup of a row's id in the outer query.


def quotes_by_speaker(speaker: str) -> QuerySet[Quote]:
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def quotes_in_source(source: str) -> QuerySet[Quote]:
    # If the snapshots were joined, SQLite would read all quotes for each source.
    snapshots = Snapshot.objects.filter(source=OuterRef(OuterRef(source)))
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(snapshot__in=snapshots.values("pk"))
    return rows


def quotes_of_claim(claim: str) -> QuerySet[Quote]:
    # All accepted quotes of a released claim are released.
    rows: QuerySet[Quote] = Quote.objects.accepted().filter(claim=OuterRef(claim))
    return rows


def claims_by_speaker(speaker: str) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def claims_about_topic(topic: str) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(topic))
    return rows


def quoted_snapshots(source: str) -> QuerySet[Snapshot]:
    """Returns the source's snapshots that have released quotes."""
    quotes = Quote.objects.released(at=ExecutionTime()).filter(snapshot=OuterRef("pk"))
    return Snapshot.objects.filter(Exists(quotes), source=OuterRef(source)).order_by("retrieved_at", "id")


def ordered_quotes_of_claim(claim: str) -> QuerySet[Quote]:
    return quotes_of_claim(claim).order_by("id")


def topics_of_claim(claim: str) -> QuerySet[Topic]:
    return Topic.objects.filter(claims=OuterRef(claim)).order_by("name", "id")


def evidence_of_verification(verification: str) -> QuerySet[Evidence]:
    return Evidence.objects.filter(verification=OuterRef(verification)).order_by("id")


def names_of_speaker(speaker: str) -> QuerySet[SpeakerName]:
    return SpeakerName.objects.filter(speaker=OuterRef(speaker)).order_by("id")


def positions_of_speaker(speaker: str) -> QuerySet[Position]:
    return Position.objects.filter(speaker=OuterRef(speaker)).order_by(F("held_from").desc(nulls_last=True), "id")
