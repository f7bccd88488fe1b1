"""Claims as flat rows, one per claim, for all tables of claims."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery

from claims.export.tabular.columns import UNIT_SEPARATOR, Column, Datatype
from claims.models import Claim, Quote, QuoteDecision
from claims.resources.permalinks import permalink
from claims.resources.sql.expressions import CodePointOrder, ISODate, ISODateTime, JoinedText, URLText
from claims.search.full_text import list_ordering
from claims.search.keyset import (
    KeysetOrdering,
    KeysetPosition,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
)

FIRST_BLOCK_SIZE = 100  # rows: small, so that the first bytes are sent at once
BLOCK_SIZE = 2000  # rows of all other blocks: few enough to stay small in memory, enough to be fast
DEFAULT_ORDERING: KeysetOrdering = ("-released_at", "-id")  # as in the API's list of claims

_INTEGER, _TEXT, _DATE, _DATETIME = Datatype.INTEGER, Datatype.TEXT, Datatype.DATE, Datatype.DATETIME
CLAIM_COLUMNS = (
    Column("claim_id", _INTEGER, "Permanent id of the claim", required=True),
    Column("claim", _TEXT, "What is asserted, in one sentence"),
    Column("status", _TEXT, "unreviewed, in-review, or the slug of the claim's rating"),
    Column("rating_value", _INTEGER, "The rating's value on the scale; empty if it is outside the scale"),
    Column("explanation", _TEXT, "Explanation of the rating"),
    Column("verified_on", _DATE, "Date on which the verdict was published (UTC)"),
    Column("speaker_id", _INTEGER, "Permanent id of the speaker"),
    Column("speaker", _TEXT, "Name of the speaker"),
    Column("speaker_wikidata", _TEXT, "Wikidata id of the speaker"),
    Column("speaker_role", _TEXT, "Role of the speaker, as written in the source"),
    Column("said_on", _DATE, "Date on which it was said"),
    Column("quote_id", _INTEGER, "Permanent id of the claim's first public quote", required=True),
    Column("quote", _TEXT, "Exact text of the quote"),
    Column("quote_kind", _TEXT, "direct, indirect or mixed"),
    Column("quote_start", _INTEGER, "Start of the quote in the text, in Unicode code points", required=True),
    Column("quote_end", _INTEGER, "End of the quote in the text, exclusive", required=True),
    Column("source_id", _INTEGER, "Permanent id of the source that contains the quote", required=True),
    Column("publisher", _TEXT, "Publisher of the source"),
    Column("source_title", _TEXT, "Title of the source"),
    Column("source_url", _TEXT, "The source's own URL"),
    Column("published_on", _DATE, "Date on which the source was published"),
    Column("snapshot_sha256", _TEXT, "SHA-256 of the text that the offsets refer to, encoded as UTF-8"),
    Column("topics", _TEXT, "Names of the claim's topics", is_list=True),
    Column("appearances", _INTEGER, "Number of public quotes of the claim", required=True),
    Column("updated_at", _DATETIME, "When the claim was last changed", required=True),
    Column("url", _TEXT, "Permanent URL of the claim"),
)

ClaimRow = tuple[Any, ...]  # the values in the order of the columns; dates, datetimes and topics as text


def iter_claim_blocks(
    claims: QuerySet[Model],
    *,
    ordering: KeysetOrdering = DEFAULT_ORDERING,
    topic_separator: str = UNIT_SEPARATOR,
    size: int = BLOCK_SIZE,
    first: int = FIRST_BLOCK_SIZE,
) -> Iterator[list[ClaimRow]]:
    """Yields the rows of these claims in blocks. `claims` is a queryset of `released().with_status()`.

    A claim's topics are one text, joined by `topic_separator`.

    Each block is a query of its own that continues from the last: no cursor, transaction or database snapshot stays
    open while a slow client reads, so it holds up nobody (on SQLite, it would also keep the WAL from being reset).
    """
    ordering = list_ordering(claims, ordering)
    column = ordering[0].lstrip("-")
    # As text: only the last row's value is needed as a datetime.
    position_value = F(column) if "__" in column else ISODateTime(column)
    position: KeysetPosition | None = None
    limit = min(first, size)
    while True:
        page = claims_page(claims, ordering, position, size=limit, topic_separator=topic_separator)
        block = _fetch_rows(page.values_list(position_value, *cell_paths()))
        if block:
            yield [row[1:] for row in block]
        if len(block) < limit:
            return
        value, pk, *_ = block[-1]
        position, limit = (parse_position_value(Claim, ordering, value), pk), size


def _fetch_rows(rows: QuerySet[Model]) -> list[ClaimRow]:
    """Fetches the rows as the cursor returns them: all values are numbers or text, which Django need not convert."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def iter_typed_claim_blocks(
    claims: QuerySet[Model], *, ordering: KeysetOrdering = DEFAULT_ORDERING
) -> Iterator[list[list[Any]]]:
    """Yields the same with dates, datetimes and tuples of topics, as a workbook needs them."""
    for block in iter_claim_blocks(claims, ordering=ordering):
        yield [[column.typed_value(cell) for column, cell in zip(CLAIM_COLUMNS, row, strict=True)] for row in block]


def claims_page(
    claims: QuerySet[Model],
    ordering: KeysetOrdering,
    position: KeysetPosition | None,
    *,
    size: int,
    topic_separator: str,
) -> QuerySet[Model]:
    """Returns up to `size` of these claims after the position, in order, annotated as `cell_paths` needs.

    The ids are selected first: if all claims were joined, PostgreSQL would sort all of them for each block. No selected
    claim is lost in the join, as every released claim has an accepted quote.
    """
    remaining = filter_after_position(claims, ordering, position) if position else claims
    if "__" in ordering[0]:  # full-text matches, which are few: do not search for them twice
        return order_by_keyset(_annotate_cells(remaining, topic_separator=topic_separator), ordering)[:size]
    ids = order_by_keyset(remaining, ordering).values("pk")[:size]
    page = _annotate_cells(Claim.objects.with_status().filter(pk__in=ids), topic_separator=topic_separator)
    return order_by_keyset(page, ordering)


def _annotate_cells(claims: QuerySet[Model], *, topic_separator: str) -> QuerySet[Model]:
    """Joins each claim to its first released quote, and adds the other cells.

    All accepted quotes of a released claim are released.
    """
    accepted = Quote.objects.accepted().filter(claim=OuterRef("pk"))
    # Not by the quote's id from a subquery: PostgreSQL would expect that to match hardly any claim.
    is_first = Q(quotes__decision=QuoteDecision.ACCEPTED) & ~Exists(accepted.filter(pk__lt=OuterRef("quotes__pk")))
    quote_count = accepted.order_by().values("claim").annotate(n=Count("pk")).values("n")
    topics: QuerySet[Model] = (
        Claim.topics.through.objects.filter(claim=OuterRef("pk"))
        .order_by(CodePointOrder("topic__name"))
        .annotate(label=F("topic__name"))
    )
    annotated: QuerySet[Model] = claims.filter(is_first).annotate(
        verified_on=ISODate("current__published_at"),
        said_on_text=ISODate("said_on"),
        published_on_text=ISODate("quotes__snapshot__source__published_on"),
        updated_at_text=ISODateTime("updated_at"),
        topic_names=JoinedText(topics.values("label"), separator=topic_separator),
        appearances=Subquery(quote_count, output_field=IntegerField()),
        permalink=URLText(permalink("claims", "").removesuffix("/"), "pk", "/"),
    )
    return annotated


def cell_paths() -> tuple[str, ...]:
    """Returns the lookups of the columns' values, in the order of `CLAIM_COLUMNS`."""
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
        "said_on_text",
        "quotes__pk",
        "quotes__exact",
        "quotes__kind",
        "quotes__start",
        "quotes__end",
        "quotes__snapshot__source_id",
        "quotes__snapshot__source__publisher",
        "quotes__snapshot__source__title",
        "quotes__snapshot__source__url",
        "published_on_text",
        "quotes__snapshot__sha256",
        "topic_names",
        "appearances",
        "updated_at_text",
        "permalink",
    )
