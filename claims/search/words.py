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
from claims.search.keyset import Ordering
from claims.search.tokens import words_of

MAX_LENGTH = 200  # characters of what is asked for
MAX_WORDS = 32
SHORTEST_BEGINNING = 2  # letters; of fewer, the index would have to read itself
MOST_CANDIDATES = 1000  # rows that are ranked

Rows = QuerySet[Any]

_TERM = re.compile(r'(?P<excluded>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_DOCUMENTS: dict[type[Model], Any] = {
    Claim: ClaimWords,
    Quote: QuoteWords,
    Source: SourceWords,
    Speaker: SpeakerWords,
    Topic: TopicWords,
    Verification: VerificationWords,
}
_PLACE = "document__place"
_BY_MOMENT = {Claim, Quote, Source, Verification}


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; whether the last is only a beginning, and whether they must not be there."""

    words: tuple[str, ...]
    begun: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids of rows, best first; whether more rows fit than were ranked."""

    ids: list[int]
    cut: bool


def parsed(asked: str) -> list[Term]:
    """What is asked for. Signs that mean nothing where they stand are passed over, as are terms without a word."""
    terms = []
    for match in _TERM.finditer(asked):
        words = words_of(match["phrase"] if match["word"] is None else match["word"])
        if words:
            begun = (match["word"] or "").endswith("*") and len(words[-1]) >= SHORTEST_BEGINNING
            terms.append(Term(tuple(words), begun, bool(match["excluded"])))
    return list(dict.fromkeys(terms))


def compiled(asked: str) -> str | None:
    """The same in the query language of the database in use; None if there is nothing to find."""
    terms = parsed(asked)
    wanted, excluded = ([term for term in terms if term.excluded is is_so] for is_so in (False, True))
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        query = " & ".join(map(_postgresql, wanted))
        return query + "".join(f" & !({_postgresql(term)})" for term in excluded)
    query = " AND ".join(map(_sqlite, wanted))
    return f"({query}) NOT ({' OR '.join(map(_sqlite, excluded))})" if excluded else query


def condition(model: type[Model]) -> Callable[[str], Q]:
    """The condition, for released rows of this model, that what is asked for holds of a row."""
    documents = _DOCUMENTS[model]._base_manager  # noqa: SLF001  # public by its docs

    def of(asked: str) -> Q:
        query = compiled(asked)
        return Q(pk__in=[]) if query is None else Q(pk__in=documents.filter(words__matches=query).values("row"))

    return of


def ordered(rows: Rows, asked: str) -> Rows:
    """The rows of which it holds, each with its `place` in the order of the list, newest last."""
    query = compiled(asked)
    return rows.none() if query is None else found(rows, query)


def found(rows: Rows, query: Any) -> Rows:
    """The same for a query that is compiled already, or an expression for one."""
    placed: Rows = rows.filter(document__words__matches=query).annotate(place=F(_PLACE))
    return placed


def has_places(model: type[Model]) -> bool:
    """Whether rows of this model are listed by a moment, and so by place."""
    return model in _BY_MOMENT


def relevance(model: type[Model], asked: str, *, most: int = MOST_CANDIDATES) -> Ranked:
    """The rows found, best first, and newest first among equals: of the `most` that were added last.

    Ranks are the database's own: BM25 on SQLite, of PostgreSQL `ts_rank` with the logarithm of the length. Which rows
    are released is not looked at: the caller asks for those of the ids that are.
    """
    query = compiled(asked)
    if query is None:
        return Ranked([], cut=False)
    table = connection.ops.quote_name(_DOCUMENTS[model]._meta.db_table)  # noqa: SLF001  # as above
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
    return Ranked(ids[:most], cut=len(ids) > most)


def order_of(rows: Rows, ordering: Ordering) -> Ordering:
    """The order that rows found are listed in: by place, which is the order of the list, where they have one."""
    if "place" not in rows.query.annotations:
        return ordering
    # By it alone: no two rows share one, and FTS5 has an order by one column ready, while it sorts by two.
    return (f"-{_PLACE}", f"-{_PLACE}") if ordering[0].startswith("-") else (_PLACE, _PLACE)


def _sqlite(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.begun else ""}'


def _postgresql(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)}{':*' if term.begun else ''})"
