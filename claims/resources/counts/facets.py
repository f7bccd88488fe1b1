"""Counts the newest rows of a list by several properties at once, for the facets beside it, in one SQL statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet

from claims.reading import read_connection
from claims.resources.counts.count_by import GroupCounts, build_group_counts, ranked_groups_sql
from claims.resources.counts.dimensions import Filters
from claims.resources.resource import Resource
from claims.resources.sql.prepared_query import MatchedIds
from claims.search.full_text import list_ordering
from claims.search.keyset import order_by_keyset

# However long a list is, no more of it is read. Beyond it, counts are those of the newest rows.
MAX_COUNTED_ROWS = 1_000
_ALL_ROWS = -1  # the number of the part that counts the rows
_COUNT_SQL = "WITH found(id) AS MATERIALIZED ({found}) SELECT {part}, NULL, NULL, COUNT(*), 0 FROM found"
_PART_SQL = "SELECT {part}, ranked.* FROM ({sql}) ranked"


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The groups by dimension, of the first `row_count` rows; `is_cut` if there may be more."""

    groups: dict[str, GroupCounts]
    row_count: int
    is_cut: bool = False


def count_facets(
    resource: Resource, names: Sequence[str], filters: Filters, *, limit: int, max_rows: int = MAX_COUNTED_ROWS
) -> FacetCounts:
    """Counts the newest rows that match these filters by each of these dimensions, `limit` groups of each at most."""
    rows = resource.filterset_class.apply(resource.rows(), filters)
    newest = order_by_keyset(rows, list_ordering(rows, resource.default_ordering))[:max_rows]
    dimensions = [resource.dimensions[name] for name in names]
    try:
        found, parameters = newest.values("pk").query.sql_with_params()
        groups = [ranked_groups_sql(resource, each, filters, limit=limit, within=MatchedIds()) for each in dimensions]
    except EmptyResultSet:
        return FacetCounts({}, 0)
    parts = [_PART_SQL.format(part=number, sql=sql) for number, (sql, _) in enumerate(groups)]
    statement = " UNION ALL ".join([_COUNT_SQL.format(found=found, part=_ALL_ROWS), *parts])
    with read_connection().cursor() as cursor:
        cursor.execute(statement, [*parameters, *(value for _, values in groups for value in values)])
        counted = cursor.fetchall()
    (row_count,) = [count for part, _, _, count, _ in counted if part == _ALL_ROWS]
    return FacetCounts(
        {
            name: build_group_counts(dimension, [row for part, *row in counted if part == number], filters, limit=limit)
            for number, (name, dimension) in enumerate(zip(names, dimensions, strict=True))
        },
        row_count=row_count,
        is_cut=row_count == max_rows,
    )
