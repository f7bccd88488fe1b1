"""The expected output of `claims.resources.sql.sql_serializer`: the serializers, run over instances."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from claims.extraction import is_language_read
from claims.models import (
    Claim,
    ClaimRelation,
    EvidenceCopy,
    ExternalReview,
    Quote,
    QuoteDecision,
    Repeat,
    Source,
    SourceRelation,
    Verification,
    VerificationState,
    Watch,
)
from claims.resources import RESOURCES
from claims.resources.summaries import MAX_NESTED_CORRECTIONS


def serialize_all(resource: str) -> list[dict[str, Any]]:
    """Returns the whole list of a resource, by id."""
    view, prepare = RESOURCES[resource], _PREPARATIONS.get(resource, lambda row: row)
    return [view.serializer_class(prepare(row)).data for row in view.rows().order_by("id")]


def _with_quote_status(quote: Quote) -> Any:
    if quote.claim and quote.claim.released_at is None:
        quote.claim = None
    own = quote.claim.said_on if quote.claim else None
    row = _with_date(_with_current_text(quote), own, quote.snapshot.source.published_on)
    if quote.claim is None:
        return row
    verification = quote.claim.verifications.filter(state=VerificationState.PUBLISHED).first()
    return _Overlay(row, claim=_Overlay(_with_claim_status(quote.claim), verifications=verification))


def _with_current_text(quote: Quote) -> Any:
    anchor, watch = quote.anchors.last(), Watch.objects.filter(source=quote.snapshot.source_id).first()
    passage = anchor and anchor.state == "orphaned" and anchor.passage_end
    return _Overlay(
        quote,
        position=quote.snapshot.position_at(quote.start),
        current_state=anchor.state if anchor else "exact",
        current_text=anchor.snapshot.text[anchor.passage_start : anchor.passage_end] if passage else "",
        current_as_of=(anchor or quote).snapshot.retrieved_at,
        page_gone_as_of=watch.last_checked_at if watch and watch.gone_at else None,
        translation_of=_counterparts(quote),
    )


def _counterparts(quote: Quote) -> list[Any]:
    rows = Quote.objects.released().filter(Q(pk=quote.translation_of_id) | Q(translation_of=quote.pk)).order_by("id")
    return [
        _Overlay(row, counterpart_role="original" if row.pk == quote.translation_of_id else "translation")
        for row in rows
    ]


def _with_claim_status(claim: Claim) -> Claim:
    claim.status = Claim.objects.with_status().get(pk=claim.pk).status
    return claim


def _with_claim_relations(claim: Any) -> Any:
    released = Quote.objects.filter(claim=claim, decision=QuoteDecision.ACCEPTED).order_by("id")
    verification = claim.verifications.filter(state=VerificationState.PUBLISHED).first()
    _with_claim_status(claim)
    dates = (quote.snapshot.source.published_on for quote in released)
    claim = _with_date(claim, claim.said_on, min(filter(None, dates), default=None))
    quotes = _Rows(map(_with_current_text, released[:10]), total=released.count())
    lists = {"quotes": quotes, "corrections": _corrections(claim), "relations_as_first": _relations(claim)}
    verdict = verification and _with_copies(verification)
    return _Overlay(claim, verifications=verdict, **lists, **_repeats(claim), external_reviews=_reviews(claim))


def _repeats(claim: Claim) -> dict[str, object]:
    rows = Repeat.objects.released().filter(claim=claim.pk)
    return {
        "repeats": _Rows([], total=rows.count()),
        "repeat_outlets": len({row.outlet for row in rows}),
        "repeats_since": max((row.rated_on for row in rows), default=None),
        "last_repeated_on": max((row.said_on for row in rows), default=None),
    }


def _reviews(claim: Claim) -> list[ExternalReview]:
    rows = ExternalReview.objects.filter(claim=claim.pk, withdrawn_at=None).order_by("-id")
    return sorted(rows, key=lambda row: row.published_on or date.min, reverse=True)


def _relations(claim: Claim) -> list[dict[str, object]]:
    rows = []
    for relation in ClaimRelation.objects.released().filter(Q(first=claim.pk) | Q(second=claim.pk)).order_by("id"):
        is_first = relation.first_id == claim.pk
        other = relation.second if is_first else relation.first
        direction = "both" if relation.kind in {"same", "contradicts"} else "to" if is_first else "from"
        rows.append({"kind": relation.kind, "direction": direction, "other_id": other.pk, "other_text": other.text})
    return rows


def _with_relation_status(relation: Any) -> Any:
    _with_claim_status(relation.first)
    _with_claim_status(relation.second)
    return relation


def _corrections(claim: Claim) -> "_Rows":
    rows = claim.corrections.order_by("-made_at", "-id")
    return _Rows(rows[:MAX_NESTED_CORRECTIONS], total=rows.count())


def _with_date(row: Any, own: date | None, of_source: date | None) -> Any:
    origin = "claim" if own else "source" if of_source else None
    return _Overlay(row, said_on=own or of_source, said_on_from=origin)


class _Rows(list[Any]):
    """Rows of a relation, with attributes; as a number, how many there are in all."""

    def __init__(self, rows: Iterable[Any], *, total: int = 0, **attributes: Any) -> None:
        super().__init__(rows)
        self.total = total
        self.__dict__ |= attributes

    def __int__(self) -> int:
        return self.total


def _with_speaker_counts(speaker: Any) -> Any:
    quotes = Quote.objects.released().filter(speaker=speaker).count()
    claims = Claim.objects.released().filter(speaker=speaker).count()
    return _Overlay(speaker, quotes=quotes, claims=claims)


def _with_source_counts(source: Any) -> Any:
    quotes = Quote.objects.released().filter(snapshot__source=source)
    quoted = source.snapshots.filter(pk__in=quotes.values("snapshot"))
    is_supported = is_language_read(source.language)
    row = _Overlay(source, snapshots=_Rows(quoted, quotes=quotes.count()), extraction_supported=is_supported)
    row = _Overlay(row, relations_as_first=_source_relations(source))
    return _Overlay(row, page_status=_page_status(source, [snapshot.pk for snapshot in quoted]))


def _source_relations(source: Source) -> list[dict[str, object]]:
    rows = []
    relations = SourceRelation.objects.filter(Q(first=source.pk) | Q(second=source.pk), state="confirmed")
    for relation in relations.order_by("id"):
        is_second = relation.second_id == source.pk
        other = relation.first if is_second else relation.second
        direction = "both" if relation.kind == "release" else "to" if is_second else "from"
        names = ("title", "publisher", "url", "published_on")
        fields = {f"other_{name}": getattr(other, name) for name in names}
        if Source.objects.released().filter(pk=other.pk):
            rows.append({"kind": relation.kind, "direction": direction, "other_id": other.pk, **fields})
    return rows


def _with_copies(verification: Verification) -> Any:
    evidence = []
    for row in verification.evidence.order_by("id"):
        copy = EvidenceCopy.objects.filter(evidence=row).first()
        gone = copy.last_checked_at if copy and copy.gone_at else None
        evidence.append(_Overlay(row, copy=copy if copy and copy.raw_id else None, page_gone_as_of=gone))
    return _Overlay(verification, evidence=evidence)


def _page_status(source: Source, quoted: list[int]) -> str:
    watch = Watch.objects.filter(source=source).first()
    if watch and watch.gone_at:
        return "gone"
    if quoted and source.snapshots.filter(pk__gt=min(quoted)):
        return "changed"
    return "ok" if watch and watch.last_checked_at and not watch.reason else "unchecked"


def _with_topic_counts(topic: Any) -> Any:
    return _Overlay(topic, claims=Claim.objects.released().filter(topics=topic).count())


def _with_verification_status(verification: Verification) -> Any:
    claim = _with_claim_status(verification.claim)
    return _Overlay(_with_copies(verification), claim=_Overlay(claim, corrections=_corrections(claim)))


class _Overlay:
    """A row with other values for some attributes."""

    def __init__(self, row: Any, **attributes: Any) -> None:
        self._row = row
        self.__dict__ |= attributes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


_PREPARATIONS: dict[str, Callable[[Any], Any]] = {
    "quotes": _with_quote_status,
    "claims": _with_claim_relations,
    "speakers": _with_speaker_counts,
    "sources": _with_source_counts,
    "verifications": _with_verification_status,
    "topics": _with_topic_counts,
    "relations": _with_relation_status,
}
