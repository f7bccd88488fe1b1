"""Which public objects show which others: when one changes, its dependents change for readers, too."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

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

MODELS_BY_KIND: dict[ResourceKind, type[Model]] = {
    ResourceKind.QUOTES: Quote,
    ResourceKind.CLAIMS: Claim,
    ResourceKind.SPEAKERS: Speaker,
    ResourceKind.SOURCES: Source,
    ResourceKind.VERIFICATIONS: Verification,
    ResourceKind.CORRECTIONS: Correction,
    ResourceKind.TOPICS: Topic,
    ResourceKind.RATINGS: Rating,
}
_CLAIM_NOT_RETRACTED = Q(claim__released_at__isnull=False, claim__retracted_at=None)
IdQuerySet = QuerySet[Any]  # of `values()` with one column, an id


class ChangeDependency(NamedTuple):
    """A change to objects of `kind` changes those of `dependent_kind` that `find_dependents` returns for their ids.

    With `wide`, only if what other objects show of the changed one has changed.
    """

    kind: ResourceKind
    dependent_kind: ResourceKind
    find_dependents: Callable[[IdQuerySet], IdQuerySet]
    wide: bool = True


def _accepted_quotes(**condition: Any) -> QuerySet[Quote]:
    return Quote.objects.accepted().filter(**condition)


def _published_verifications(**condition: Any) -> QuerySet[Verification]:
    return Verification.objects.filter(state=VerificationState.PUBLISHED, **condition)


# First: changes that may change what is public of a claim, or its status. They count as changes of the claim itself.
CLAIM_SOURCES = [
    ChangeDependency(
        ResourceKind.TOPICS,
        ResourceKind.CLAIMS,
        lambda ids: Claim.topics.through.objects.filter(topic__in=ids).values("claim"),
    ),
    ChangeDependency(
        ResourceKind.QUOTES, ResourceKind.CLAIMS, lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id")
    ),
    ChangeDependency(
        ResourceKind.VERIFICATIONS,
        ResourceKind.CLAIMS,
        lambda ids: Verification.objects.filter(pk__in=ids).values("claim_id"),
    ),
    ChangeDependency(
        ResourceKind.RATINGS,
        ResourceKind.CLAIMS,
        lambda ids: _published_verifications(rating__in=ids).values("claim_id"),
    ),
]
# Then: objects that are public only together with their claim.
CLAIM_DEPENDENTS = [
    ChangeDependency(
        ResourceKind.CLAIMS, ResourceKind.QUOTES, lambda ids: _accepted_quotes(claim__in=ids).values("pk")
    ),
    ChangeDependency(
        ResourceKind.CLAIMS,
        ResourceKind.VERIFICATIONS,
        lambda ids: Verification.objects.filter(claim__in=ids).values("pk"),
    ),
    ChangeDependency(
        ResourceKind.CLAIMS, ResourceKind.CORRECTIONS, lambda ids: Correction.objects.filter(claim__in=ids).values("pk")
    ),
]
# Last: objects that show or count another one, or are public only because of it.
DEPENDENCIES = [
    ChangeDependency(
        ResourceKind.QUOTES,
        ResourceKind.CLAIMS,
        lambda ids: Quote.objects.filter(pk__in=ids).values("claim_id"),
        wide=False,
    ),
    ChangeDependency(
        ResourceKind.QUOTES, ResourceKind.SPEAKERS, lambda ids: Quote.objects.filter(pk__in=ids).values("speaker_id")
    ),
    ChangeDependency(
        ResourceKind.QUOTES,
        ResourceKind.SOURCES,
        lambda ids: Quote.objects.filter(pk__in=ids).values("snapshot__source_id"),
    ),
    ChangeDependency(
        ResourceKind.CLAIMS, ResourceKind.SPEAKERS, lambda ids: Claim.objects.filter(pk__in=ids).values("speaker_id")
    ),
    ChangeDependency(
        ResourceKind.CLAIMS, ResourceKind.SPEAKERS, lambda ids: _accepted_quotes(claim__in=ids).values("speaker_id")
    ),
    ChangeDependency(
        ResourceKind.CLAIMS,
        ResourceKind.SOURCES,
        lambda ids: _accepted_quotes(claim__in=ids).values("snapshot__source_id"),
    ),
    ChangeDependency(
        ResourceKind.CLAIMS,
        ResourceKind.SOURCES,
        lambda ids: Evidence.objects.filter(verification__claim__in=ids, source__isnull=False).values("source_id"),
    ),
    ChangeDependency(
        ResourceKind.CLAIMS,
        ResourceKind.TOPICS,
        lambda ids: Claim.topics.through.objects.filter(claim__in=ids).values("topic"),
    ),
    ChangeDependency(
        ResourceKind.SPEAKERS, ResourceKind.QUOTES, lambda ids: _accepted_quotes(speaker__in=ids).values("pk")
    ),
    ChangeDependency(
        ResourceKind.SPEAKERS, ResourceKind.CLAIMS, lambda ids: Claim.objects.filter(speaker__in=ids).values("pk")
    ),
    ChangeDependency(
        ResourceKind.SPEAKERS,
        ResourceKind.VERIFICATIONS,
        lambda ids: Verification.objects.filter(claim__speaker__in=ids).values("pk"),
    ),
    ChangeDependency(
        ResourceKind.SPEAKERS, ResourceKind.CLAIMS, lambda ids: _accepted_quotes(speaker__in=ids).values("claim_id")
    ),
    ChangeDependency(
        ResourceKind.SOURCES, ResourceKind.QUOTES, lambda ids: _accepted_quotes(snapshot__source__in=ids).values("pk")
    ),
    ChangeDependency(
        ResourceKind.SOURCES,
        ResourceKind.CLAIMS,
        lambda ids: _accepted_quotes(snapshot__source__in=ids).values("claim_id"),
    ),
    ChangeDependency(
        ResourceKind.SOURCES,
        ResourceKind.VERIFICATIONS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification_id"),
    ),
    ChangeDependency(
        ResourceKind.SOURCES,
        ResourceKind.CLAIMS,
        lambda ids: Evidence.objects.filter(source__in=ids).values("verification__claim_id"),
    ),
    ChangeDependency(
        ResourceKind.RATINGS,
        ResourceKind.VERIFICATIONS,
        lambda ids: _published_verifications(rating__in=ids).values("pk"),
    ),
]


def released_rows(kind: str) -> QuerySet[Model]:
    """The objects of this kind that are public now."""
    model: Any = MODELS_BY_KIND[ResourceKind(kind)]
    rows: QuerySet[Model] = model.objects.all() if model is Rating else model.objects.released()
    return rows


def embargoed_rows(kind: str) -> tuple[QuerySet[Model], str] | None:
    """The objects of this kind that become, or became, public when an embargo ends, and the column with that time.

    None for kinds whose embargo follows from other objects.
    """
    if kind == ResourceKind.CLAIMS:
        with_quote = Quote.objects.accepted().filter(claim__isnull=False).values("claim_id")
        return Claim.objects.filter(pk__in=with_quote, released_at__isnull=False, retracted_at=None), "released_at"
    if kind == ResourceKind.QUOTES:
        return Quote.objects.accepted().filter(_CLAIM_NOT_RETRACTED), "claim__released_at"
    if kind == ResourceKind.VERIFICATIONS:
        return _published_verifications().filter(_CLAIM_NOT_RETRACTED), "claim__released_at"
    return None
