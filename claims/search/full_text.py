"""Full-text search of public rows, with the same results on SQLite (FTS5) and PostgreSQL (tsvector).

All terms of a query must hold for the same row, but they may stand in different places of it (the quote, the speaker's
name, the source's title) and in any order. `full_text_query` defines the syntax, `tokenizer` what a word is, and
`claims.database.full_text` the places.

The index knows the order of lists that are sorted by time: `filter_with_list_order` annotates rows with `place`, newest
last, so that a page is read from the index alone. `place` has a resolution of one second; within a second, the row with
the higher id is newer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Combinable

from claims.models import (
    Claim,
    ClaimWords,
    Quote,
    QuoteWords,
    Source,
    SourceWords,
    Speaker,
    SpeakerWords,
    Topic,
    TopicWords,
    Verification,
    VerificationWords,
)
from claims.models.search_document import PLACE_WEIGHTS, SearchDocument
from claims.reading import read_connection
from claims.search.full_text_query import FullTextQuery, SearchTerm
from claims.search.keyset import KeysetOrdering
from claims.search.tokenizer import STEM_SIGN, stem_word

MAX_FULL_TEXT_QUERY_LENGTH = 200  # characters
MAX_FULL_TEXT_QUERY_WORDS = 32
MAX_RANKED_CANDIDATES = 1000  # rows

Rows = QuerySet[Any]

_SEARCH_DOCUMENTS: dict[type[Model], type[SearchDocument]] = {
    Claim: ClaimWords,
    Quote: QuoteWords,
    Source: SourceWords,
    Speaker: SpeakerWords,
    Topic: TopicWords,
    Verification: VerificationWords,
}
_POSITION_COLUMN = "document__place"
_ORDERED_BY_TIME = {Claim, Quote, Source, Verification}


@dataclass(frozen=True, slots=True)
class RankedIds:
    """Ids of rows, best first; `is_truncated` if more rows matched than were ranked.

    `first_place` is the lowest place of these rows in the index.
    """

    ids: list[int]
    is_truncated: bool
    first_place: int = 0


def searched_places(model: type[Model]) -> tuple[str, ...]:
    """Returns the names of the places in which rows of this model are searched."""
    return _SEARCH_DOCUMENTS[model].places


def compile_full_text_query(model: type[Model], query: FullTextQuery) -> str | None:
    """Compiles a query into the query language of the current database; None if nothing can match."""
    if not query.required:
        return None
    if connection.vendor == "postgresql":
        return _to_tsquery(query, searched_places(model))
    return _to_fts5(query)


def full_text_condition(model: type[Model]) -> Callable[[FullTextQuery], Q]:
    """Builds the condition that a released row of this model matches a query."""
    documents: Any = _SEARCH_DOCUMENTS[model]._base_manager

    def build(query: FullTextQuery) -> Q:
        compiled = compile_full_text_query(model, query)
        return Q(pk__in=[]) if compiled is None else Q(pk__in=documents.filter(words__matches=compiled).values("row"))

    return build


def filter_with_list_order(rows: Rows, query: FullTextQuery) -> Rows:
    """Returns the rows that match a query, annotated with `place`, their position in the list, newest last."""
    compiled = compile_full_text_query(rows.model, query)
    return rows.none() if compiled is None else filter_by_compiled_query(rows, compiled)


def filter_by_compiled_query(rows: Rows, compiled: str | Combinable) -> Rows:
    """Does the same for a compiled query, or for an expression that yields one."""
    filtered: Rows = rows.filter(document__words__matches=compiled).annotate(place=F(_POSITION_COLUMN))
    return filtered


def has_list_order(model: type[Model]) -> bool:
    """Whether lists of this model are sorted by time, so that the index knows their order."""
    return model in _ORDERED_BY_TIME


def rank_by_relevance(model: type[Model], query: FullTextQuery, *, limit: int = MAX_RANKED_CANDIDATES) -> RankedIds:
    """Returns the matching rows by relevance, newest first among equals; only the `limit` newest matches are ranked.

    The database computes the ranks: BM25 on SQLite, `ts_rank` with the logarithm of the length on PostgreSQL. The
    caller must drop the ids of rows that are not public.
    """
    compiled = compile_full_text_query(model, query)
    if compiled is None:
        return RankedIds([], is_truncated=False)
    table = connection.ops.quote_name(_SEARCH_DOCUMENTS[model]._meta.db_table)
    if connection.vendor == "postgresql":
        matches = (
            f"SELECT rowid, row_id, ts_rank(words, %s::tsquery, 1) AS score FROM {table} WHERE words @@ %s::tsquery"
        )
        values: list[str] = [compiled, compiled]
    else:
        matches = f"SELECT rowid, row_id, -bm25({table}) AS score FROM {table} WHERE {table} MATCH %s"
        values = [compiled]
    with read_connection().cursor() as cursor:
        cursor.execute(
            f"SELECT row_id, rowid FROM ({matches} ORDER BY rowid DESC LIMIT %s) f ORDER BY score DESC, rowid DESC",
            [*values, limit + 1],
        )
        ranked = cursor.fetchall()
    ids = [pk for pk, _ in ranked]
    return RankedIds(ids[:limit], len(ids) > limit, min((place for _, place in ranked), default=0))


def filter_ranked(rows: Rows, ranked: RankedIds, ids: Sequence[int]) -> Rows:
    """Returns those of the matching rows that have these ids, which are among the ranked ones."""
    if "place" in rows.query.annotations:
        # SQLite reads all matches, and the ids of each from the disk, unless it is told where the ranked ones begin.
        rows = rows.filter(**{f"{_POSITION_COLUMN}__gte": ranked.first_place})
    return rows.filter(pk__in=ids)


def is_index_order(column: str) -> bool:
    """Whether the column to sort by, with or without a sign, is the position in the full-text index."""
    return column.removeprefix("-") == _POSITION_COLUMN


def list_ordering(rows: Rows, ordering: KeysetOrdering) -> KeysetOrdering:
    """Returns the ordering for matching rows: by `place`, which is the list's order, if they are annotated with it."""
    if "place" not in rows.query.annotations:
        return ordering
    # By this column alone: it is unique, and FTS5 returns rows sorted by one column, but would sort them by two.
    return (f"-{_POSITION_COLUMN}", f"-{_POSITION_COLUMN}") if ordering[0].startswith("-") else (_POSITION_COLUMN,) * 2


def _to_fts5(query: FullTextQuery) -> str:
    required = " AND ".join(f"({' OR '.join(map(_fts5_term, group))})" for group in query.required)
    excluded = " OR ".join(map(_fts5_term, query.excluded))
    compiled = f"({required}) NOT ({excluded})" if excluded else required
    return f"{{{' '.join(query.places)}}} : ({compiled})" if query.places else compiled


def _fts5_term(term: SearchTerm) -> str:
    if term.is_stemmed and (stem := stem_word(term.words[0])):
        return f'"{stem}" OR "{STEM_SIGN}{stem}"'
    return f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}'


def _to_tsquery(query: FullTextQuery, places: Sequence[str]) -> str:
    named = zip(places, PLACE_WEIGHTS, strict=False)
    weights = "".join(weight for place, weight in named if place in query.places)
    required = " & ".join(f"({' | '.join(_tsquery_term(term, weights) for term in group)})" for group in query.required)
    return required + "".join(f" & !({_tsquery_term(term, weights)})" for term in query.excluded)


def _tsquery_term(term: SearchTerm, weights: str) -> str:
    if term.is_stemmed and (stem := stem_word(term.words[0])):
        # The word itself as well: another version of PostgreSQL may stem it in another way.
        forms = dict.fromkeys([*term.words, stem, STEM_SIGN + stem])
        return " | ".join(f"'{form}':{weights}" for form in forms)
    *before, last = (f"'{word}':{weights}" for word in term.words)
    return f"({' <-> '.join([*before, f'{last}*' if term.is_prefix else last])})"
