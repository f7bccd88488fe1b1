"""Full text for readers: the rows that hold the words asked for, in what readers may see of them.

The one face of it. What is asked for is words, "phrases", -what must not be there and beginnings*: all of it holds of
one row, whose words may stand in any of its places (the quote, the speaker's name, the source's title), in any order.
What a word is, `tokens` says; where words are looked for, migration 0013. FTS5 and tsvector answer alike.

The index knows the order of the lists by moment: `ordered` rows have a `place` to order by, newest last, which takes a
page from the index without reading what is not on it. It is as fine as a second; within one, the later row is newer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

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

MAX_FULL_TEXT_QUERY_LENGTH = 200  # characters of what is asked for
MAX_FULL_TEXT_QUERY_WORDS = 32
MIN_PREFIX_LENGTH = 2  # letters; of fewer, the index would have to read itself
MAX_RANKED_CANDIDATES = 1000  # rows that are ranked

Rows = QuerySet[Any]

_TERM_PATTERN = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_SEARCH_DOCUMENTS: dict[type[Model], Any] = {
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
    """Words that stand side by side; whether the last is only a beginning, and whether they must not be there."""

    words: tuple[str, ...]
    begun: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class RankedIds:
    """Ids of rows, best first; whether more rows fit than were ranked."""

    ids: list[int]
    cut: bool


def parse_search_terms(asked: str) -> list[SearchTerm]:
    """What is asked for. Signs that mean nothing where they stand are passed over, as are terms without a word."""
    terms = []
    for match in _TERM_PATTERN.finditer(asked):
        words = tokenize(match["phrase"] if match["word"] is None else match["word"])
        if words:
            begun = (match["word"] or "").endswith("*") and len(words[-1]) >= MIN_PREFIX_LENGTH
            terms.append(SearchTerm(tuple(words), begun, bool(match["excluded"])))
    return list(dict.fromkeys(terms))


def compile_full_text_query(asked: str) -> str | None:
    """The same in the query language of the database in use; None if there is nothing to find."""
    terms = parse_search_terms(asked)
    wanted, excluded = ([term for term in terms if term.excluded is is_so] for is_so in (False, True))
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        query = " & ".join(map(_to_tsquery, wanted))
        return query + "".join(f" & !({_to_tsquery(term)})" for term in excluded)
    query = " AND ".join(map(_to_fts5, wanted))
    return f"({query}) NOT ({' OR '.join(map(_to_fts5, excluded))})" if excluded else query


def full_text_condition(model: type[Model]) -> Callable[[str], Q]:
    """The condition, for released rows of this model, that what is asked for holds of a row."""
    documents = _SEARCH_DOCUMENTS[model]._base_manager  # public by its docs

    def of(asked: str) -> Q:
        query = compile_full_text_query(asked)
        return Q(pk__in=[]) if query is None else Q(pk__in=documents.filter(words__matches=query).values("row"))

    return of


def filter_with_list_order(rows: Rows, asked: str) -> Rows:
    """The rows of which it holds, each with its `place` in the order of the list, newest last."""
    query = compile_full_text_query(asked)
    return rows.none() if query is None else filter_by_compiled_query(rows, query)


def filter_by_compiled_query(rows: Rows, query: Any) -> Rows:
    """The same for a query that is compiled already, or an expression for one."""
    placed: Rows = rows.filter(document__words__matches=query).annotate(place=F(_POSITION_COLUMN))
    return placed


def has_list_order(model: type[Model]) -> bool:
    """Whether rows of this model are listed by a moment, and so by place."""
    return model in _ORDERED_BY_TIME


def rank_by_relevance(model: type[Model], asked: str, *, most: int = MAX_RANKED_CANDIDATES) -> RankedIds:
    """The rows found, best first, and newest first among equals: of the `most` that were added last.

    Ranks are the database's own: BM25 on SQLite, of PostgreSQL `ts_rank` with the logarithm of the length. Which rows
    are released is not looked at: the caller asks for those of the ids that are.
    """
    query = compile_full_text_query(asked)
    if query is None:
        return RankedIds([], cut=False)
    table = connection.ops.quote_name(_SEARCH_DOCUMENTS[model]._meta.db_table)  # as above
    if connection.vendor == "postgresql":
        found = (
            "SELECT rowid, row_id, ts_rank(words, %s::tsquery, 1) AS score "  # noqa: S608  # our names  # nosec B608
            f"FROM {table} WHERE words @@ %s::tsquery"
        )
        values: list[Any] = [query, query]
    else:
        found = f"SELECT rowid, row_id, -bm25({table}) AS score FROM {table} WHERE {table} MATCH %s"  # noqa: S608  # as above  # nosec B608
        values = [query]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT row_id FROM ({found} ORDER BY rowid DESC LIMIT %s) f ORDER BY score DESC, rowid DESC",  # noqa: S608  # our names  # nosec B608
            [*values, most + 1],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    return RankedIds(ids[:most], cut=len(ids) > most)


def list_ordering(rows: Rows, ordering: KeysetOrdering) -> KeysetOrdering:
    """The order that rows found are listed in: by place, which is the order of the list, where they have one."""
    if "place" not in rows.query.annotations:
        return ordering
    # By it alone: no two rows share one, and FTS5 has an order by one column ready, while it sorts by two.
    return (
        (f"-{_POSITION_COLUMN}", f"-{_POSITION_COLUMN}")
        if ordering[0].startswith("-")
        else (_POSITION_COLUMN, _POSITION_COLUMN)
    )


def _to_fts5(term: SearchTerm) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.begun else ""}'


def _to_tsquery(term: SearchTerm) -> str:
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)}{':*' if term.begun else ''})"
