"""How far a change reaches: which things show what, so that a change of one is a change of them all for readers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from claims.models import (
    Claim,
    Correction,
    Evidence,
    Quote,
    Rating,
    ResourceKind,
    Source,
    Speaker,
    Topic,
    Verification,
    VerificationState,
)

IdQuerySet = QuerySet[Any]


class ChangeDependency(NamedTuple):
    """From touched things to those that show them: `ids` gives the second from the first.

    `wide`: only where what others show of the first changed.
    """

    start: ResourceKind
    end: ResourceKind
    ids: Callable[[IdQuerySet], IdQuerySet]
    wide: bool


def on_any_change(start: ResourceKind, end: ResourceKind, ids: Callable[[IdQuerySet], IdQuerySet]) -> ChangeDependency:
    """Any change of the first is one of the second."""
    return ChangeDependency(start, end, ids, wide=False)


def on_wide_change(start: ResourceKind, end: ResourceKind, ids: Callable[[IdQuerySet], IdQuerySet]) -> ChangeDependency:
    """What others show of the first changed."""
    return ChangeDependency(start, end, ids, wide=True)


def _accepted_quotes(**condition: Any) -> QuerySet[Quote]:
    return Quote.objects.accepted().filter(**condition)


def _published_verifications(**condition: Any) -> QuerySet[Verification]:
    return Verification.objects.filter(state=VerificationState.PUBLISHED, **condition)


# First: whose claim is then touched itself, as what is public of it, or its status, may be another.
CLAIM_SOURCES = [
    on_wide_change(
        ResourceKind.TOPICS,
        ResourceKind.CLAIMS,
        lambda ids: Claim.topics.through.objects.filter(topic__in=ids).values("claim"),
    ),
    on_wide_change(
        ResourceKind.QUOTES, ResourceKind.CLAIMS, lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id")
    ),
    on_wide_change(
        ResourceKind.VERIFICATIONS,
        ResourceKind.CLAIMS,
        lambda ids: Verification.objects.filter(pk__in=ids).values("claim_id"),
    ),
    on_wide_change(
        ResourceKind.RATINGS,
        ResourceKind.CLAIMS,
        lambda ids: _published_verifications(rating__in=ids).values("claim_id"),
    ),
]
# Then: what is public, or will be, with its claim alone.
CLAIM_DEPENDENTS = [
    on_wide_change(ResourceKind.CLAIMS, ResourceKind.QUOTES, lambda ids: _accepted_quotes(claim__in=ids).values("pk")),
    on_wide_change(
        ResourceKind.CLAIMS,
        ResourceKind.VERIFICATIONS,
        lambda ids: Verification.objects.filter(claim__in=ids).values("pk"),
    ),
    on_wide_change(
        ResourceKind.CLAIMS, ResourceKind.CORRECTIONS, lambda ids: Correction.objects.filter(claim__in=ids).values("pk")
    ),
]
# Last: who shows it, counts it, or is public by it alone.
DEPENDENCIES = [
    on_any_change(
        ResourceKind.QUOTES, ResourceKind.CLAIMS, lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id")
    ),
    on_wide_change(
        ResourceKind.QUOTES, ResourceKind.SPEAKERS, lambda ids: Quote.objects.filter(pk__in=ids).values("speaker_id")
    ),
    on_wide_change(
        ResourceKind.QUOTES,
        ResourceKind.SOURCES,
        lambda ids: Quote.objects.filter(pk__in=ids).values("snapshot__source_id"),
    ),
    on_wide_change(
        ResourceKind.CLAIMS, ResourceKind.SPEAKERS, lambda ids: Claim.objects.filter(pk__in=ids).values("speaker_id")
    ),
    on_wide_change(
        ResourceKind.CLAIMS, ResourceKind.SPEAKERS, lambda ids: _accepted_quotes(claim__in=ids).values("speaker_id")
    ),
    on_wide_change(
        ResourceKind.CLAIMS,
        ResourceKind.SOURCES,
        lambda ids: _accepted_quotes(claim__in=ids).values("snapshot__source_id"),
    ),
    on_wide_change(
        ResourceKind.CLAIMS,
        ResourceKind.SOURCES,
        lambda ids: Evidence.objects.filter(verification__claim__in=ids, source__isnull=False).values("source_id"),
    ),
    on_wide_change(
        ResourceKind.CLAIMS,
        ResourceKind.TOPICS,
        lambda ids: Claim.topics.through.objects.filter(claim__in=ids).values("topic"),
    ),
    on_wide_change(
        ResourceKind.SPEAKERS, ResourceKind.QUOTES, lambda ids: _accepted_quotes(speaker__in=ids).values("pk")
    ),
    on_wide_change(
        ResourceKind.SPEAKERS, ResourceKind.CLAIMS, lambda ids: Claim.objects.filter(speaker__in=ids).values("pk")
    ),
    on_wide_change(
        ResourceKind.SPEAKERS,
        ResourceKind.VERIFICATIONS,
        lambda ids: Verification.objects.filter(claim__speaker__in=ids).values("pk"),
    ),
    on_wide_change(
        ResourceKind.SPEAKERS, ResourceKind.CLAIMS, lambda ids: _accepted_quotes(speaker__in=ids).values("claim_id")
    ),
    on_wide_change(
        ResourceKind.SOURCES, ResourceKind.QUOTES, lambda ids: _accepted_quotes(snapshot__source__in=ids).values("pk")
    ),
    on_wide_change(
        ResourceKind.SOURCES,
        ResourceKind.CLAIMS,
        lambda ids: _accepted_quotes(snapshot__source__in=ids).values("claim_id"),
    ),
    on_wide_change(
        ResourceKind.SOURCES,
        ResourceKind.VERIFICATIONS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification_id"),
    ),
    on_wide_change(
        ResourceKind.SOURCES,
        ResourceKind.CLAIMS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification__claim_id"),
    ),
    on_wide_change(
        ResourceKind.RATINGS,
        ResourceKind.VERIFICATIONS,
        lambda ids: _published_verifications(rating__in=ids).values("pk"),
    ),
]


def released_rows(kind: str) -> QuerySet[Any]:
    """What readers see now of this kind."""
    model: Any = MODELS_BY_KIND[ResourceKind(kind)]
    rows: QuerySet[Any] = model.objects.all() if model is Rating else model.objects.released()
    return rows


MODELS_BY_KIND = {
    ResourceKind.QUOTES: Quote,
    ResourceKind.CLAIMS: Claim,
    ResourceKind.SPEAKERS: Speaker,
    ResourceKind.SOURCES: Source,
    ResourceKind.VERIFICATIONS: Verification,
    ResourceKind.CORRECTIONS: Correction,
    ResourceKind.TOPICS: Topic,
    ResourceKind.RATINGS: Rating,
}


# What readers will see by the clock alone, and the column that has its moment.
_CLAIM_NOT_RETRACTED = Q(claim__released_at__isnull=False, claim__retracted_at=None)


def embargoed_rows(kind: str) -> tuple[QuerySet[Any], str] | None:
    """What an embargo holds, or held, back of this kind, whatever the moment; None where it is not told apart."""
    if kind == ResourceKind.CLAIMS:
        with_quote = Quote.objects.accepted().filter(claim__isnull=False).values("claim_id")
        return Claim.objects.filter(pk__in=with_quote, released_at__isnull=False, retracted_at=None), "released_at"
    if kind == ResourceKind.QUOTES:
        return Quote.objects.accepted().filter(_CLAIM_NOT_RETRACTED), "claim__released_at"
    if kind == ResourceKind.VERIFICATIONS:
        return _published_verifications().filter(_CLAIM_NOT_RETRACTED), "claim__released_at"
    return None
