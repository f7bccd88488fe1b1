"""How far a change reaches: which things show what, so that a change of one is a change of them all for readers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from claims.models import (
    Claim,
    Correction,
    Evidence,
    Kind,
    Quote,
    Rating,
    Source,
    Speaker,
    Topic,
    Verification,
    VerificationState,
)

Ids = QuerySet[Any]


class Way(NamedTuple):
    """From touched things to those that show them: `ids` gives the second from the first.

    `wide`: only where what others show of the first changed.
    """

    start: Kind
    end: Kind
    ids: Callable[[Ids], Ids]
    wide: bool


def near(start: Kind, end: Kind, ids: Callable[[Ids], Ids]) -> Way:
    """Any change of the first is one of the second."""
    return Way(start, end, ids, wide=False)


def far(start: Kind, end: Kind, ids: Callable[[Ids], Ids]) -> Way:
    """What others show of the first changed."""
    return Way(start, end, ids, wide=True)


def _accepted(**condition: Any) -> QuerySet[Quote]:
    return Quote.objects.accepted().filter(**condition)


def _published(**condition: Any) -> QuerySet[Verification]:
    return Verification.objects.filter(state=VerificationState.PUBLISHED, **condition)


# First: whose claim is then touched itself, as what is public of it, or its status, may be another.
TO_CLAIMS = [
    far(Kind.TOPICS, Kind.CLAIMS, lambda ids: Claim.topics.through.objects.filter(topic__in=ids).values("claim")),
    far(Kind.QUOTES, Kind.CLAIMS, lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id")),
    far(Kind.VERIFICATIONS, Kind.CLAIMS, lambda ids: Verification.objects.filter(pk__in=ids).values("claim_id")),
    far(Kind.RATINGS, Kind.CLAIMS, lambda ids: _published(rating__in=ids).values("claim_id")),
]
# Then: what is public, or will be, with its claim alone.
OF_CLAIMS = [
    far(Kind.CLAIMS, Kind.QUOTES, lambda ids: _accepted(claim__in=ids).values("pk")),
    far(Kind.CLAIMS, Kind.VERIFICATIONS, lambda ids: Verification.objects.filter(claim__in=ids).values("pk")),
    far(Kind.CLAIMS, Kind.CORRECTIONS, lambda ids: Correction.objects.filter(claim__in=ids).values("pk")),
]
# Last: who shows it, counts it, or is public by it alone.
WAYS = [
    near(Kind.QUOTES, Kind.CLAIMS, lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id")),
    far(Kind.QUOTES, Kind.SPEAKERS, lambda ids: Quote.objects.filter(pk__in=ids).values("speaker_id")),
    far(Kind.QUOTES, Kind.SOURCES, lambda ids: Quote.objects.filter(pk__in=ids).values("snapshot__source_id")),
    far(Kind.CLAIMS, Kind.SPEAKERS, lambda ids: Claim.objects.filter(pk__in=ids).values("speaker_id")),
    far(Kind.CLAIMS, Kind.SPEAKERS, lambda ids: _accepted(claim__in=ids).values("speaker_id")),
    far(Kind.CLAIMS, Kind.SOURCES, lambda ids: _accepted(claim__in=ids).values("snapshot__source_id")),
    far(
        Kind.CLAIMS,
        Kind.SOURCES,
        lambda ids: Evidence.objects.filter(verification__claim__in=ids, source__isnull=False).values("source_id"),
    ),
    far(Kind.CLAIMS, Kind.TOPICS, lambda ids: Claim.topics.through.objects.filter(claim__in=ids).values("topic")),
    far(Kind.SPEAKERS, Kind.QUOTES, lambda ids: _accepted(speaker__in=ids).values("pk")),
    far(Kind.SPEAKERS, Kind.CLAIMS, lambda ids: Claim.objects.filter(speaker__in=ids).values("pk")),
    far(
        Kind.SPEAKERS,
        Kind.VERIFICATIONS,
        lambda ids: Verification.objects.filter(claim__speaker__in=ids).values("pk"),
    ),
    far(Kind.SPEAKERS, Kind.CLAIMS, lambda ids: _accepted(speaker__in=ids).values("claim_id")),
    far(Kind.SOURCES, Kind.QUOTES, lambda ids: _accepted(snapshot__source__in=ids).values("pk")),
    far(Kind.SOURCES, Kind.CLAIMS, lambda ids: _accepted(snapshot__source__in=ids).values("claim_id")),
    far(
        Kind.SOURCES,
        Kind.VERIFICATIONS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification_id"),
    ),
    far(
        Kind.SOURCES,
        Kind.CLAIMS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification__claim_id"),
    ),
    far(Kind.RATINGS, Kind.VERIFICATIONS, lambda ids: _published(rating__in=ids).values("pk")),
]


def released(kind: str) -> QuerySet[Any]:
    """What readers see now of this kind."""
    model: Any = MODELS[Kind(kind)]
    rows: QuerySet[Any] = model.objects.all() if model is Rating else model.objects.released()
    return rows


MODELS = {
    Kind.QUOTES: Quote,
    Kind.CLAIMS: Claim,
    Kind.SPEAKERS: Speaker,
    Kind.SOURCES: Source,
    Kind.VERIFICATIONS: Verification,
    Kind.CORRECTIONS: Correction,
    Kind.TOPICS: Topic,
    Kind.RATINGS: Rating,
}


# What readers will see by the clock alone, and the column that has its moment.
_NOT_RETRACTED = Q(claim__released_at__isnull=False, claim__retracted_at=None)


def embargoed(kind: str) -> tuple[QuerySet[Any], str] | None:
    """What an embargo holds, or held, back of this kind, whatever the moment; None where it is not told apart."""
    if kind == Kind.CLAIMS:
        with_quote = Quote.objects.accepted().filter(claim__isnull=False).values("claim_id")
        return Claim.objects.filter(pk__in=with_quote, released_at__isnull=False, retracted_at=None), "released_at"
    if kind == Kind.QUOTES:
        return Quote.objects.accepted().filter(_NOT_RETRACTED), "claim__released_at"
    if kind == Kind.VERIFICATIONS:
        return _published().filter(_NOT_RETRACTED), "claim__released_at"
    return None
