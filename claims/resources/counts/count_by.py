"""Counts the rows of a list by a property, in one SQL statement. What readers do not see is not counted."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count
from django.db.models.expressions import Combinable

from claims.reading import read_connection
from claims.resources.counts.dimensions import Dimension, Filters
from claims.resources.fields import feed_is_current
from claims.resources.resource import Resource
from claims.resources.sql.expressions import CompilationTime
from claims.search.filterset import Rows

# The first row is that of rows without a value, if there are any.
_RANKED_SQL = """WITH counted(group_key, row_count) AS ({counted})
SELECT {value}, {label}, row_count, COUNT(*) OVER () FROM counted{join}{condition}
ORDER BY group_key IS NOT NULL, row_count DESC, {value} LIMIT %s"""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The number of rows with a value. The filters `selected_by` select them within the list that was counted."""

    value: str
    label: str
    count: int
    selected_by: Filters

    def query_parameters(self) -> dict[str, list[str]]:
        """Returns the filters `selected_by` as they are written in a query."""
        lists = {name: value if isinstance(value, list) else [value] for name, value in self.selected_by.items()}
        return {name: list(map(str, values)) for name, values in lists.items()}


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """The values that most rows have, the number of all values, and the number of rows without a value."""

    groups: list[GroupCount]
    group_count: int = 0
    without_value: int = 0


def count_by(resource: Resource, name: str, filters: Filters, *, limit: int) -> GroupCounts:
    """Counts the rows that match these filters by a dimension of the resource.

    Returns the `limit` values that most of them have, in that order. `filters` are Python values by the filters' names,
    as `FilterSet.parse` returns them.
    """
    dimension = resource.dimensions[name]
    try:
        sql, parameters = ranked_groups_sql(resource, dimension, filters, limit=limit)
    except EmptyResultSet:
        return GroupCounts([])
    with read_connection().cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return build_group_counts(dimension, rows, filters, limit=limit)


def ranked_groups_sql(
    resource: Resource, dimension: Dimension, filters: Filters, *, limit: int, within: Combinable | None = None
) -> tuple[str, list[Any]]:
    """Returns the SQL of the groups, and its parameters. Raises EmptyResultSet.

    `within` are the ids of the rows that are counted, instead of those that match the filters.
    """
    rows = _grouped(resource, dimension, filters, within)
    is_kept = dimension.kept_in and not filters and within is None
    groups = _kept_groups(rows, dimension) if is_kept else [_count_groups(rows, dimension)]
    compiled = [query.query.sql_with_params() for query in groups]
    sql, label_parameters = _ranked_sql(dimension, " UNION ALL ".join(part for part, _ in compiled), filters)
    parameters = [parameter for _, parameters in compiled for parameter in parameters]
    return sql, [*parameters, *label_parameters, limit + 1]


def build_group_counts(dimension: Dimension, rows: list[Any], filters: Filters, *, limit: int) -> GroupCounts:
    without_value = rows.pop(0) if rows and rows[0][0] is None else None
    return GroupCounts(
        [
            GroupCount(value, label or dimension.label(value), count, dimension.selected_by(value, filters))
            for value, label, count, _ in rows[:limit]
        ],
        group_count=rows[0][3] - (without_value is not None) if rows else 0,
        without_value=without_value[2] if without_value else 0,
    )


def _grouped(resource: Resource, dimension: Dimension, filters: Filters, within: Combinable | None) -> Rows:
    """Returns the rows, or their quotes, with their `group_key`."""
    filterset = resource.filterset_class
    # Django stores its own state in the aliases that it is given.
    aliases = {name: alias.clone() for name, alias in (dimension.annotations or {}).items()}
    annotations = {**aliases, "group_key": dimension.key}
    if dimension.of_quotes:
        on_rows = {name: value for name, value in filters.items() if not filterset.base_filters[name].on_quotes}
        ids = within or filterset.apply(resource.rows(), on_rows).order_by().values("pk")
        rows = filterset.matching_quotes(filters).filter(**{f"{filterset.quotes_of_row}__in": ids})
    elif within:
        rows = resource.model._base_manager.filter(pk__in=within)
    else:
        rows = filterset.apply(resource.rows(), filters)
    grouped: Rows = rows.order_by().annotate(**annotations)
    return grouped


def _count_groups(rows: Rows, dimension: Dimension) -> Rows:
    counted: Rows = rows.values("group_key").annotate(row_count=_row_count(dimension))
    return counted


def _kept_groups(rows: Rows, dimension: Dimension) -> list[Rows]:
    """Returns the groups of a whole list: as the change feed keeps them, or else counted, and those without a value."""
    model, column = dimension.kept_in  # type: ignore[misc]  # the caller has checked
    is_current = feed_is_current(CompilationTime())
    kept = model.objects.filter(is_current, **{f"{column}__gt": 0}).values_list("pk", column)
    return [
        kept,
        _count_groups(rows.filter(~is_current), dimension),
        _count_groups(rows.filter(is_current, group_key=None), dimension),
    ]


def _row_count(dimension: Dimension) -> Count:
    if dimension.of_quotes:
        return Count("claim", distinct=True)
    return Count("pk", distinct=True) if dimension.multiple_of else Count("*")


def _ranked_sql(dimension: Dimension, counted: str, filters: Filters) -> tuple[str, list[str]]:
    labels, value = dimension.labels, "group_key"
    collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    if labels is None:
        return _RANKED_SQL.format(
            counted=counted, value=f"group_key{collation}", label="NULL", join="", condition=""
        ), []
    table = connection.ops.quote_name(labels.model._meta.db_table)
    join = f" LEFT JOIN {table} labels ON labels.{labels.key} = group_key"
    value = "group_key" if labels.key == labels.value else f"labels.{labels.value}"
    # Rows that have several values are counted by those that the list is filtered by: no filter selects the others.
    wanted = list(filters.get(dimension.multiple_of) or ())
    condition = f" WHERE {value} IN ({', '.join(['%s'] * len(wanted))})" if wanted else ""
    text = f"CAST({value} AS text){collation}"
    return _RANKED_SQL.format(counted=counted, value=text, label="labels.name", join=join, condition=condition), wanted
