"""Full-text search of public rows, with the same results on SQLite (FTS5) and PostgreSQL (tsvector).

A query has words, "phrases", -excluded words and prefix*. All of it must hold for the same row, but the words may stand
in different places of it (the quote, the speaker's name, the source's title) and in any order. `tokenizer` defines what
a word is; `claims.database.full_text` defines the places.

The index knows the order of lists that are sorted by time: `filter_with_list_order` annotates rows with `place`, newest
last, so that a page is read from the index alone. `place` has a resolution of one second; within a second, the row with
the higher id is newer.
"""

import re
from collections.abc import Callable
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
from claims.search.keyset import KeysetOrdering
from claims.search.tokenizer import tokenize

MAX_FULL_TEXT_QUERY_LENGTH = 200  # characters
MAX_FULL_TEXT_QUERY_WORDS = 32
MIN_PREFIX_LENGTH = 2  # letters; for shorter prefixes, the index would have to be scanned
MAX_RANKED_CANDIDATES = 1000  # rows

Rows = QuerySet[Any]

_TERM_PATTERN = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_SEARCH_DOCUMENTS: dict[type[Model], type[Model]] = {
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
class SearchTerm:
    """Adjacent words. If `is_prefix`, the last one is a prefix; if `is_excluded`, the words must not occur."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class RankedIds:
    """Ids of rows, best first; `is_truncated` if more rows matched than were ranked."""

    ids: list[int]
    is_truncated: bool


def parse_search_terms(query: str) -> list[SearchTerm]:
    """Parses a query. Signs without a meaning where they stand are ignored, as are terms without a word."""
    terms = []
    for match in _TERM_PATTERN.finditer(query):
        words = tokenize(match["phrase"] if match["word"] is None else match["word"])
        if words:
            is_prefix = (match["word"] or "").endswith("*") and len(words[-1]) >= MIN_PREFIX_LENGTH
            terms.append(SearchTerm(tuple(words), is_prefix, bool(match["excluded"])))
    return list(dict.fromkeys(terms))


def compile_full_text_query(query: str) -> str | None:
    """Compiles a query into the query language of the current database; None if nothing can match."""
    terms = parse_search_terms(query)
    wanted, excluded = ([term for term in terms if term.is_excluded is flag] for flag in (False, True))
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        compiled = " & ".join(map(_to_tsquery, wanted))
        return compiled + "".join(f" & !({_to_tsquery(term)})" for term in excluded)
    compiled = " AND ".join(map(_to_fts5, wanted))
    return f"({compiled}) NOT ({' OR '.join(map(_to_fts5, excluded))})" if excluded else compiled


def full_text_condition(model: type[Model]) -> Callable[[str], Q]:
    """Builds the condition that a released row of this model matches a query."""
    documents = _SEARCH_DOCUMENTS[model]._base_manager

    def build(query: str) -> Q:
        compiled = compile_full_text_query(query)
        return Q(pk__in=[]) if compiled is None else Q(pk__in=documents.filter(words__matches=compiled).values("row"))

    return build


def filter_with_list_order(rows: Rows, query: str) -> Rows:
    """Returns the rows that match a query, annotated with `place`, their position in the list, newest last."""
    compiled = compile_full_text_query(query)
    return rows.none() if compiled is None else filter_by_compiled_query(rows, compiled)


def filter_by_compiled_query(rows: Rows, compiled: str | Combinable) -> Rows:
    """Does the same for a compiled query, or for an expression that yields one."""
    filtered: Rows = rows.filter(document__words__matches=compiled).annotate(place=F(_POSITION_COLUMN))
    return filtered


def has_list_order(model: type[Model]) -> bool:
    """Whether lists of this model are sorted by time, so that the index knows their order."""
    return model in _ORDERED_BY_TIME


def rank_by_relevance(model: type[Model], query: str, *, limit: int = MAX_RANKED_CANDIDATES) -> RankedIds:
    """Returns the matching rows by relevance, newest first among equals; only the `limit` newest matches are ranked.

    The database computes the ranks: BM25 on SQLite, `ts_rank` with the logarithm of the length on PostgreSQL. The
    caller must drop the ids of rows that are not public.
    """
    compiled = compile_full_text_query(query)
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
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT row_id FROM ({matches} ORDER BY rowid DESC LIMIT %s) f ORDER BY score DESC, rowid DESC",
            [*values, limit + 1],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    return RankedIds(ids[:limit], is_truncated=len(ids) > limit)


def list_ordering(rows: Rows, ordering: KeysetOrdering) -> KeysetOrdering:
    """Returns the ordering for matching rows: by `place`, which is the list's order, if they are annotated with it."""
    if "place" not in rows.query.annotations:
        return ordering
    # By this column alone: it is unique, and FTS5 returns rows sorted by one column, but would sort them by two.
    return (f"-{_POSITION_COLUMN}", f"-{_POSITION_COLUMN}") if ordering[0].startswith("-") else (_POSITION_COLUMN,) * 2


def _to_fts5(term: SearchTerm) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}'


def _to_tsquery(term: SearchTerm) -> str:
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)}{':*' if term.is_prefix else ''})"
