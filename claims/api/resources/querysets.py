"""The rows of each resource, released ones only, and of what hangs on them or is counted.

These are functions: what is released depends on the moment at which it is asked. Where that is in a statement that is
kept (see `claims.api.query.prepared_query`), it is `AskedAt`.
"""

from functools import cache
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from claims.api.query.json_expressions import CompilationTime, ExecutionTime
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


def released_quotes(at: Any = None) -> QuerySet[Quote]:
    """Released quotes: now, or at this moment, or an expression for it."""
    rows: QuerySet[Quote] = Quote.objects.released_to_walk(at) if at else _base_quotes().all()
    return rows


def released_claims(at: Any = None) -> QuerySet[Claim]:
    """Released claims, as above."""
    rows: QuerySet[Claim] = Claim.objects.released(at=at) if at else _base_claims().all()
    return rows


# Made once: to say which are released takes Django as long as the database takes to find fifty of them.
@cache
def _base_quotes() -> QuerySet[Quote]:
    return released_quotes(CompilationTime())


@cache
def _base_claims() -> QuerySet[Claim]:
    return released_claims(CompilationTime())


def released_speakers() -> QuerySet[Speaker]:
    """Released speakers."""
    return Speaker.objects.released_to_walk()


def released_sources() -> QuerySet[Source]:
    """Released sources."""
    return Source.objects.released()


def released_verifications() -> QuerySet[Verification]:
    """Released verifications."""
    rows: QuerySet[Verification] = Verification.objects.released_to_walk()
    return rows


def released_topics() -> QuerySet[Topic]:
    """Topics of released claims."""
    return Topic.objects.released()


def released_corrections() -> QuerySet[Correction]:
    """Corrections of what is or was public."""
    rows: QuerySet[Correction] = Correction.objects.released()
    return rows


def all_ratings() -> QuerySet[Rating]:
    """The scale."""
    return Rating.objects.all()


def quotes_by_speaker(speaker: str) -> QuerySet[Quote]:
    """Released quotes of the speaker whose id is at this path of the statement around."""
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def quotes_in_source(source: str) -> QuerySet[Quote]:
    """Released quotes in this source."""
    # Joined, the snapshots would come after the quotes' claims: SQLite would go through all quotes for each source.
    snapshots = Snapshot.objects.filter(source=OuterRef(OuterRef(source)))
    rows: QuerySet[Quote] = Quote.objects.released(at=ExecutionTime()).filter(snapshot__in=snapshots.values("pk"))
    return rows


def quotes_of_claim(claim: str) -> QuerySet[Quote]:
    """Released quotes of this claim. Readers see the claim, so every accepted one is released."""
    rows: QuerySet[Quote] = Quote.objects.accepted().filter(claim=OuterRef(claim))
    return rows


def claims_by_speaker(speaker: str) -> QuerySet[Claim]:
    """Released claims of this speaker."""
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(speaker=OuterRef(speaker))
    return rows


def claims_about_topic(topic: str) -> QuerySet[Claim]:
    """Released claims about this topic."""
    rows: QuerySet[Claim] = Claim.objects.released(at=ExecutionTime()).filter(topics=OuterRef(topic))
    return rows


def quoted_snapshots(source: str) -> QuerySet[Snapshot]:
    """The snapshots of this source that released quotes are pinned to."""
    quoted = Quote.objects.released(at=ExecutionTime()).filter(snapshot=OuterRef("pk"))
    return Snapshot.objects.filter(Exists(quoted), source=OuterRef(source)).order_by("retrieved_at", "id")


def ordered_quotes_of_claim(claim: str) -> QuerySet[Quote]:
    """As `quotes_for`, the first first."""
    return quotes_of_claim(claim).order_by("id")


def topics_of_claim(claim: str) -> QuerySet[Topic]:
    """What this claim is about."""
    return Topic.objects.filter(claims=OuterRef(claim)).order_by("name", "id")


def evidence_of_verification(verification: str) -> QuerySet[Evidence]:
    """What this verification rests on."""
    return Evidence.objects.filter(verification=OuterRef(verification)).order_by("id")


def names_of_speaker(speaker: str) -> QuerySet[SpeakerName]:
    """Every spelling of this speaker's name."""
    return SpeakerName.objects.filter(speaker=OuterRef(speaker)).order_by("id")


def positions_of_speaker(speaker: str) -> QuerySet[Position]:
    """What this speaker was, the last first."""
    return Position.objects.filter(speaker=OuterRef(speaker)).order_by(F("held_from").desc(nulls_last=True), "id")
