"""Claims as flat rows, one a claim: what every table of claims is made of."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery

from claims.export.permalinks import list_path
from claims.export.tabular.columns import UNIT_SEPARATOR, Column, Datatype
from claims.export.tabular.sql_expressions import CodePointOrder, ISODate, ISODateTime, JoinedText, permalink_expression
from claims.models import Claim, Quote, QuoteDecision
from claims.search.full_text import list_ordering
from claims.search.keyset import (
    KeysetOrdering,
    KeysetPosition,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
)

FIRST_BLOCK_SIZE = 100  # rows of the first block: it is there at once
BLOCK_SIZE = 2000  # rows of the others: few enough to stay small in memory, enough to be quick
DEFAULT_ORDERING: KeysetOrdering = ("-released_at", "-id")  # as the API's list of claims

_INTEGER, _TEXT, _DATE, _DATETIME = Datatype.INTEGER, Datatype.TEXT, Datatype.DAY, Datatype.MOMENT
CLAIM_COLUMNS = (
    Column("claim_id", _INTEGER, "The claim's permanent id", needed=True),
    Column("claim", _TEXT, "What is asserted, in one sentence"),
    Column("status", _TEXT, "unreviewed, in-review, or the slug of the claim's rating"),
    Column("rating_value", _INTEGER, "The rating's place on its scale; empty if it has none"),
    Column("explanation", _TEXT, "Why it is rated so"),
    Column("verified_on", _DATE, "The day the verdict was published (UTC)"),
    Column("speaker_id", _INTEGER, "The speaker's permanent id"),
    Column("speaker", _TEXT, "Who said it"),
    Column("speaker_wikidata", _TEXT, "The speaker's Wikidata id"),
    Column("speaker_role", _TEXT, "The speaker's role, as written in the source"),
    Column("said_on", _DATE, "The day it was said"),
    Column("quote_id", _INTEGER, "Permanent id of the claim's first released quote", needed=True),
    Column("quote", _TEXT, "Its exact words"),
    Column("quote_kind", _TEXT, "direct, indirect or mixed"),
    Column("quote_start", _INTEGER, "Where it starts in the text, in Unicode code points", needed=True),
    Column("quote_end", _INTEGER, "Where it ends in the text, exclusive", needed=True),
    Column("source_id", _INTEGER, "Permanent id of the source it stands in", needed=True),
    Column("publisher", _TEXT, "The source's publisher"),
    Column("source_title", _TEXT, "The source's title"),
    Column("source_url", _TEXT, "The source's own address"),
    Column("published_on", _DATE, "The day the source was published"),
    Column("snapshot_sha256", _TEXT, "SHA-256 of the text that the offsets count in (UTF-8)"),
    Column("topics", _TEXT, "Names of the claim's topics", several=True),
    Column("appearances", _INTEGER, "How many released quotes carry the claim", needed=True),
    Column("updated_at", _DATETIME, "When the claim was last changed", needed=True),
    Column("url", _TEXT, "The claim's permanent address"),
)

ClaimRow = tuple[Any, ...]  # the values in the order of the columns; days, moments and topics as text


def iter_claim_blocks(
    claims: QuerySet[Any],
    *,
    ordering: KeysetOrdering = DEFAULT_ORDERING,
    between: str = UNIT_SEPARATOR,
    size: int = BLOCK_SIZE,
    first: int = FIRST_BLOCK_SIZE,
) -> Iterator[list[ClaimRow]]:
    """The rows of these claims, which are `released().with_status()`, in blocks; one query a block.

    Several topics stand in one text, with `between` between them.

    Each block is a query of its own that goes on from the last: no cursor, transaction or snapshot of the database
    stays open while a slow reader reads, so that nobody waits for him (on SQLite the log could not be emptied either).
    """
    ordering = list_ordering(claims, ordering)
    column = ordering[0].lstrip("-")
    place = F(column) if "__" in column else ISODateTime(column)  # as text: Django would make a moment of each row's
    position: KeysetPosition | None = None
    wanted = min(first, size)
    while True:
        block = _fetch_rows(
            claims_page(claims, ordering, position, size=wanted, between=between).values_list(place, *cell_paths())
        )
        if block:
            yield [row[1:] for row in block]
        if len(block) < wanted:
            return
        value, pk, *_ = block[-1]
        position, wanted = (parse_position_value(Claim, ordering, value), pk), size


def _fetch_rows(rows: QuerySet[Any]) -> list[ClaimRow]:
    """As the cursor gives them: each is a number or a text already, and Django would look at each of them again."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:  # there can be none
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def iter_typed_claim_blocks(
    claims: QuerySet[Any], *, ordering: KeysetOrdering = DEFAULT_ORDERING
) -> Iterator[list[list[Any]]]:
    """The same with days, moments and several topics as such, as a workbook takes them."""
    for block in iter_claim_blocks(claims, ordering=ordering):
        yield [[column.dated(cell) for column, cell in zip(CLAIM_COLUMNS, row, strict=True)] for row in block]


def claims_page(
    claims: QuerySet[Any], ordering: KeysetOrdering, position: KeysetPosition | None, *, size: int, between: str
) -> QuerySet[Any]:
    """So many of these claims in this order, from the position on, with what the columns need.

    Which they are is found first: joined to all claims, PostgreSQL would put them all in order for each block.
    They are released: each has an accepted quote, so that none of those found is lost where that is joined.
    """
    after = filter_after_position(claims, ordering, position) if position else claims
    if "__" in ordering[0]:  # found by words, which are few, and not to be looked for twice
        return order_by_keyset(_annotate_cells(after, between=between), ordering)[:size]
    found = order_by_keyset(after, ordering).values("pk")[:size]
    return order_by_keyset(_annotate_cells(Claim.objects.with_status().filter(pk__in=found), between=between), ordering)


def _annotate_cells(claims: QuerySet[Any], *, between: str) -> QuerySet[Any]:
    """These claims, each joined to the first of its released quotes, with what the columns need.

    An accepted quote of a released claim is released.
    """
    accepted = Quote.objects.accepted().filter(claim=OuterRef("pk"))
    # Not "the one with this id", of which PostgreSQL expects that hardly any claim has it.
    is_first = Q(quotes__decision=QuoteDecision.ACCEPTED) & ~Exists(accepted.filter(pk__lt=OuterRef("quotes__pk")))
    counted = accepted.order_by().values("claim").annotate(n=Count("pk")).values("n")
    named: QuerySet[Any] = (
        Claim.topics.through.objects.filter(claim=OuterRef("pk"))
        .order_by(CodePointOrder("topic__name"))
        .annotate(label=F("topic__name"))
    )
    base = f"{settings.FACTBASE_BASE_URL}{list_path('claims')}"
    joined: QuerySet[Any] = claims.filter(is_first).annotate(
        verified_on=ISODate("current__published_at"),
        said=ISODate("said_on"),
        published=ISODate("quotes__snapshot__source__published_on"),
        changed=ISODateTime("updated_at"),
        topic_names=JoinedText(named.values("label"), separator=between),
        appearances=Subquery(counted, output_field=IntegerField()),
        address=permalink_expression(base, "pk"),
    )
    return joined


def cell_paths() -> tuple[str, ...]:
    """The paths of the columns' values, in their order."""
    return (
        "pk",
        "text",
        "status",
        "current__rating__value",
        "current__explanation",
        "verified_on",
        "speaker_id",
        "speaker__name",
        "speaker__wikidata_id",
        "quotes__role",
        "said",
        "quotes__pk",
        "quotes__exact",
        "quotes__kind",
        "quotes__start",
        "quotes__end",
        "quotes__snapshot__source_id",
        "quotes__snapshot__source__publisher",
        "quotes__snapshot__source__title",
        "quotes__snapshot__source__url",
        "published",
        "quotes__snapshot__sha256",
        "topic_names",
        "appearances",
        "changed",
        "address",
    )
