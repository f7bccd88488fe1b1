"""Pages of a list: keyset pagination, by the parameters `cursor`, `page_size` and `ordering` of a query.

Every page costs the same at any depth, and no row comes twice or is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.http.cursors import Cursor, CursorCodec, InvalidParameterError
from claims.resources.resource import Resource
from claims.resources.sql.list_query import ListQuery
from claims.resources.sql.prepared_query import IdQuery
from claims.resources.sql.sql_serializer import JSONRow
from claims.search.full_text import (
    MAX_RANKED_CANDIDATES,
    compile_full_text_query,
    filter_ranked,
    list_ordering,
    rank_by_relevance,
)
from claims.search.full_text_query import parse_full_text_query
from claims.search.keyset import (
    KeysetOrdering,
    KeysetPosition,
    filter_after_position,
    order_by_keyset,
    parse_position_value,
    position_before,
)
from claims.search.suggestions import must_be_one_of

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200

Rows = QuerySet[Any] | ListQuery
ReadRows = Callable[[QuerySet[Any] | IdQuery], list[tuple[Any, int, JSONRow]]]  # each behind its keyset position


@dataclass(frozen=True, slots=True)
class ListPage:
    """The rows of a page and the cursors of its neighbours: scope and position, None where there is no such page."""

    rows: list[JSONRow]
    next: Cursor | None
    previous: Cursor | None
    extra: dict[str, object]


def read_list_page(
    query: QueryDict, rows: Rows, ordering: KeysetOrdering | None, read: ReadRows, cursors: CursorCodec
) -> ListPage:
    """Reads the page of these rows that the query asks for; without an ordering, by relevance to its `q`.

    Raises InvalidParameterError.
    """
    if ordering is None:
        return _relevance_page(query, rows, read, cursors)
    return _keyset_page(query, rows, ordering, read, cursors)


def parse_page_size(query: QueryDict) -> int:
    text = query.get("page_size", str(PAGE_SIZE))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MAX_PAGE_SIZE):
        raise InvalidParameterError({"page_size": f"must be a whole number from 1 to {MAX_PAGE_SIZE}"})
    return int(text)


def parse_ordering(query: QueryDict, resource: Resource) -> KeysetOrdering | None:
    """Returns the ordering that the query asks for; None for relevance. Raises InvalidParameterError."""
    orderings = resource.orderings
    name = query.get("ordering", next(iter(orderings)))
    if name not in orderings:
        raise InvalidParameterError({"ordering": must_be_one_of(name, list(orderings))})
    if orderings[name] is None and "q" not in query:
        raise InvalidParameterError({"ordering": _("relevance requires `q`")})
    return orderings[name]


def prepared_list(query: QueryDict, resource: Resource) -> ListQuery | None:
    """Returns the prepared query for the list that is asked for; None if it is filtered by more than full text."""
    filters = query.keys() & resource.filterset_class.base_filters.keys()
    if not resource.has_prepared_pages or not filters <= {"q", "q_in"}:
        return None
    if not filters:
        return ListQuery(resource.model, resource.released)
    values, errors = resource.filterset_class.parse(query)
    full_text = None if errors else compile_full_text_query(resource.model, values["q"])
    return ListQuery(resource.model, resource.released, full_text) if full_text else None


def _keyset_page(
    query: QueryDict, rows: Rows, ordering: KeysetOrdering, read: ReadRows, cursors: CursorCodec
) -> ListPage:
    size = parse_page_size(query)
    ordering = rows.ordering(ordering) if isinstance(rows, ListQuery) else list_ordering(rows, ordering)
    scope = f"{rows.model.__name__} {' '.join(ordering)}"
    cursor = cursors.read(query, scope, 3)
    position, backwards = None, False
    if cursor:
        backwards, value, pk = cursor
        position = parse_position_value(rows.model, ordering, value), pk
    page: Any
    if isinstance(rows, ListQuery):  # one row more than the page has tells whether there is another page
        page = rows.page(ordering, position, backwards=backwards, size=size + 1)
    else:
        remaining = filter_after_position(rows, ordering, position, backwards=backwards) if position else rows
        page = order_by_keyset(remaining, ordering, backwards=backwards)[: size + 1]
    page_rows = read(page)
    has_more = len(page_rows) > size
    page_rows = page_rows[:size]
    if backwards:
        page_rows.reverse()

    def neighbour(*, before: bool) -> Cursor | None:
        return _neighbour_cursor(scope, [(value, pk) for value, pk, _ in page_rows], ordering, position, before=before)

    return ListPage(
        rows=[row for _, _, row in page_rows],
        next=neighbour(before=False) if has_more or (position and backwards) else None,
        previous=neighbour(before=True) if (has_more and backwards) or (position and not backwards) else None,
        extra={},
    )


def _neighbour_cursor(
    scope: str,
    positions: list[KeysetPosition],
    ordering: KeysetOrdering,
    position: KeysetPosition | None,
    *,
    before: bool,
) -> Cursor | None:
    """Returns the cursor of the page after the one with rows at these positions, or `before` it."""
    if positions:
        value, pk = positions[0] if before else positions[-1]
    elif position is None:
        return None  # an empty list has one page
    else:
        # All rows here are gone by now: the way back starts at the row from which the page was reached.
        value, pk = position_before(ordering, position, backwards=before)
        value = value.isoformat() if hasattr(value, "isoformat") else value
    return [scope, before, value, pk]


def _relevance_page(query: QueryDict, rows: Any, read: ReadRows, cursors: CursorCodec) -> ListPage:
    """Returns a page of the best matches. They are ranked for each page anew, so the position is a number."""
    size = parse_page_size(query)
    scope = f"{rows.model.__name__} relevance"
    cursor = cursors.read(query, scope, 1)
    start = cursor[0] if cursor else 0
    # Valid: `rows` are filtered by both.
    places = filter(None, ",".join(query.getlist("q_in")).split(","))
    full_text = replace(parse_full_text_query(query.get("q", "")), places=tuple(places))
    ranked = rank_by_relevance(rows.model, full_text, limit=MAX_RANKED_CANDIDATES)
    matching = set(filter_ranked(rows, ranked, ranked.ids).order_by().values_list("pk", flat=True))
    ids = [pk for pk in ranked.ids if pk in matching]
    page_ids = ids[start : start + size]
    page = order_by_keyset(filter_ranked(rows, ranked, page_ids), ("id", "id"))
    rows_by_id = {pk: row for _, pk, row in read(page)}
    return ListPage(
        rows=[rows_by_id[pk] for pk in page_ids if pk in rows_by_id],
        next=[scope, start + size] if start + size < len(ids) else None,
        previous=[scope, max(start - size, 0)] if start else None,
        extra={"ranking_is_cut": ranked.is_truncated},
    )
