"""Claims as flat rows, one a claim: what every tabular export is made of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery

from claims.export.addresses import address
from claims.models import Claim, Quote
from claims.search.keyset import Ordering, Position, beyond, in_order

BLOCK = 5000  # rows fetched and written at once: few enough to stay small in memory, enough to be quick
ORDERING: Ordering = ("-released_at", "-id")  # as the API's list of claims

_CLAIM = (
    "pk",
    "released_at",
    "text",
    "status",
    "said_on",
    "updated_at",
    "speaker_id",
    "speaker__name",
    "speaker__wikidata_id",
    "current__rating__value",
    "current__explanation",
    "current__published_at",
    "first_quote",
    "appearances",
)
_QUOTE = (
    "pk",
    "role",
    "exact",
    "kind",
    "start",
    "end",
    "snapshot__sha256",
    "snapshot__source_id",
    "snapshot__source__publisher",
    "snapshot__source__title",
    "snapshot__source__url",
    "snapshot__source__published_on",
)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A released claim with its current verdict and the first of its released quotes, in the order of the columns."""

    claim_id: int
    claim: str
    status: str
    rating_value: int | None
    explanation: str
    verified_on: dt.date | None
    speaker_id: int | None
    speaker: str
    speaker_wikidata: str
    speaker_role: str
    said_on: dt.date | None
    quote_id: int
    quote: str
    quote_kind: str
    quote_start: int
    quote_end: int
    source_id: int
    publisher: str
    source_title: str
    source_url: str
    published_on: dt.date | None
    snapshot_sha256: str
    topics: tuple[str, ...]
    appearances: int
    updated_at: dt.datetime
    url: str


def blocks(claims: QuerySet[Any], *, size: int = BLOCK) -> Iterator[list[ClaimRow]]:
    """The rows of these claims, which are `released().with_status()`, in blocks; three queries a block.

    Each block is a query of its own that goes on from the last: no cursor, transaction or snapshot of the database
    stays open while a slow reader reads, so that nobody waits for him (on SQLite the log could not be emptied either).
    """
    released = Quote.objects.released().filter(claim=OuterRef("pk")).order_by("id")
    counted = released.order_by().values("claim").annotate(n=Count("pk")).values("n")
    rows = in_order(claims, ORDERING).annotate(
        first_quote=Subquery(released.values("pk")[:1]), appearances=Subquery(counted, output_field=IntegerField())
    )
    position: Position | None = None
    while True:
        after = rows.filter(beyond(ORDERING, position)) if position else rows
        block = [dict(zip(_CLAIM, row, strict=True)) for row in after.values_list(*_CLAIM)[:size]]
        if block:
            yield _rows(block)
        if len(block) < size:
            return
        position = block[-1]["released_at"], block[-1]["pk"]


def _rows(claims: list[dict[str, Any]]) -> list[ClaimRow]:
    quotes = {
        row[0]: dict(zip(_QUOTE, row, strict=True))
        for row in Quote.objects.released()
        .filter(pk__in=[claim["first_quote"] for claim in claims])
        .values_list(*_QUOTE)
        .order_by()
    }
    topics = defaultdict(list)
    named = Claim.topics.through.objects.filter(claim__in=[claim["pk"] for claim in claims])
    for claim_id, name in named.order_by("topic__name").values_list("claim_id", "topic__name"):
        topics[claim_id].append(name)
    # A quote that an editor rejected since the query before is gone already, and its claim's row with it.
    return [
        _row(claim, quotes[claim["first_quote"]], topics[claim["pk"]])
        for claim in claims
        if claim["first_quote"] in quotes
    ]


def _row(claim: dict[str, Any], quote: dict[str, Any], topics: list[str]) -> ClaimRow:
    published_at = claim["current__published_at"]
    return ClaimRow(
        claim_id=claim["pk"],
        claim=claim["text"],
        status=claim["status"],
        rating_value=claim["current__rating__value"],
        explanation=claim["current__explanation"] or "",
        verified_on=published_at.date() if published_at else None,
        speaker_id=claim["speaker_id"],
        speaker=claim["speaker__name"] or "",
        speaker_wikidata=claim["speaker__wikidata_id"] or "",
        speaker_role=quote["role"],
        said_on=claim["said_on"],
        quote_id=quote["pk"],
        quote=quote["exact"],
        quote_kind=quote["kind"],
        quote_start=quote["start"],
        quote_end=quote["end"],
        source_id=quote["snapshot__source_id"],
        publisher=quote["snapshot__source__publisher"],
        source_title=quote["snapshot__source__title"],
        source_url=quote["snapshot__source__url"],
        published_on=quote["snapshot__source__published_on"],
        snapshot_sha256=quote["snapshot__sha256"],
        topics=tuple(topics),
        appearances=claim["appearances"],
        updated_at=claim["updated_at"],
        url=address("claims", claim["pk"]),
    )
