"""What answers must say: the serializers themselves, run over instances, which `claims.api.plan` does without."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from claims.api import rows, serializers
from claims.models import Claim, Decision, Quote, Verification, VerificationState


def said(kind: str) -> list[dict[str, Any]]:
    """The whole list of one kind, by id."""
    serializer, queryset, prepare = _KINDS[kind]
    return [serializer(prepare(row)).data for row in queryset().order_by("id")]


def _quote(quote: Quote) -> Quote:
    if quote.claim:
        quote.claim = _status(quote.claim)
    return quote


def _status(claim: Claim) -> Claim:
    claim.status = Claim.objects.with_status().get(pk=claim.pk).status  # type: ignore[attr-defined]  # as if annotated
    return claim


def _claim(claim: Any) -> Any:
    released = Quote.objects.filter(claim=claim, decision=Decision.ACCEPTED).order_by("id")
    claim.appearances = released.count()
    verification = claim.verifications.filter(state=VerificationState.PUBLISHED).first()

    rating = verification.rating if verification else None
    _status(claim)
    return _with(claim, quotes=list(released[:10]), rating=rating, verification=verification)


def _speaker(speaker: Any) -> Any:
    quotes = Quote.objects.released().filter(speaker=speaker).count()
    claims = Claim.objects.released().filter(speaker=speaker).count()
    return _with(speaker, quotes=quotes, claims=claims)


def _source(source: Any) -> Any:
    quotes = Quote.objects.released().filter(snapshot__source=source)
    quoted = source.snapshots.filter(pk__in=quotes.values("snapshot"))
    return _with(source, quotes=quotes.count(), snapshots=quoted)


def _topic(topic: Any) -> Any:
    return _with(topic, claims=Claim.objects.released().filter(topics=topic).count())


def _verification(verification: Verification) -> Verification:
    _status(verification.claim)
    return verification


class _with:  # noqa: N801  # reads as a word
    def __init__(self, row: Any, **more: Any) -> None:
        self._row = row
        self.__dict__ |= more

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _as_it_is(row: Any) -> Any:
    return row


_KINDS: dict[str, tuple[Any, Callable[[], QuerySet[Any]], Callable[[Any], Any]]] = {
    "quotes": (serializers.QuoteSerializer, rows.quotes, _quote),
    "claims": (serializers.ClaimSerializer, rows.claims, _claim),
    "speakers": (serializers.SpeakerSerializer, rows.speakers, _speaker),
    "sources": (serializers.SourceSerializer, rows.sources, _source),
    "verifications": (serializers.VerificationSerializer, rows.verifications, _verification),
    "topics": (serializers.TopicSerializer, rows.topics, _topic),
    "corrections": (serializers.CorrectionSerializer, rows.corrections, _as_it_is),
    "ratings": (serializers.RatingSerializer, rows.ratings, _as_it_is),
}
