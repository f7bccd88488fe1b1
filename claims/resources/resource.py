"""What a public resource declares. The API, the exports and the change feed derive the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from claims.models import RemovalCause
from claims.resources.counts.dimensions import Dimension
from claims.resources.sql.expressions import CompilationTime
from claims.resources.sql.list_query import ListQuery
from claims.resources.sql.prepared_query import IdQuery
from claims.resources.sql.sql_serializer import column_paths
from claims.resources.sql.sql_table import Path, SQLTable, sql_table_for
from claims.search.filterset import FilterSet
from claims.search.keyset import KeysetOrdering, order_by_keyset

Orderings = Mapping[str, KeysetOrdering | None]


@dataclass(frozen=True)
class Embargo:
    """The rows that are, or were, public only from a moment on, and the column or lookup of that moment."""

    rows: Callable[[], QuerySet[Any]]
    ends_at: str


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A public list and its rows.

    `released` returns the rows that readers see. With `has_prepared_pages`, it takes the moment as of which they are
    released (a value or an expression), so that the query for a page can be prepared. The first of the `orderings` is
    the default; that of `relevance` is None, as full-text search orders by itself. `columns` are those of its CSV, each
    the path of a field (see `sql_table`). `page_formats` are those besides JSON in which single pages are shown. The
    rows can be counted by each of the `dimensions`. `searched_fields` are those that have the very words that full-text
    search finds, by the names of the places that it searches.

    For the change feed: `also_depends_on` are lookups of objects whose changes readers see in this list, besides those
    that the serializer shows or counts. A row is no longer public because of the first of the `removal_causes` whose
    condition it fulfils. `embargo` is None where it follows from that of other resources.
    """

    name: str
    description: str
    serializer_class: Any
    released: Callable[..., QuerySet[Any]]
    filterset_class: type[FilterSet]
    orderings: Orderings
    columns: Mapping[str, str | Path]
    has_prepared_pages: bool = False
    page_formats: tuple[str, ...] = ()
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    searched_fields: Mapping[str, str] = field(default_factory=dict)
    also_depends_on: tuple[str, ...] = ()
    removal_causes: tuple[tuple[Q, RemovalCause], ...] = ()
    default_removal_cause: RemovalCause = RemovalCause.WITHDRAWN
    embargo: Embargo | None = None

    @property
    def model(self) -> Any:
        return self.serializer_class.Meta.model

    @property
    def table(self) -> SQLTable:
        return sql_table_for(self.serializer_class, self.columns)

    def table_of(self, fields: Sequence[str], expand: Sequence[str]) -> SQLTable:
        """Returns the table of these fields; without any, the usual one and the fields of the `expand`ed objects.

        Raises UnknownFieldError.
        """
        paths, expanded = column_paths(self.serializer_class, fields, expand)
        columns = paths if fields else {**self.columns, **paths}
        return sql_table_for(self.serializer_class, columns, expand=expanded)

    @property
    def default_ordering(self) -> KeysetOrdering:
        return next(filter(None, self.orderings.values()))

    def rows(self) -> QuerySet[Any]:
        """Returns the rows released by the time of the query."""
        return self._released_now.all() if self.has_prepared_pages else self.released()

    def first_rows(self, limit: int) -> QuerySet[Any] | IdQuery:
        """Returns what reads the first rows of the list in its default order."""
        if self.has_prepared_pages:
            whole_list = ListQuery(self.model, self.released)
            return whole_list.page(self.default_ordering, None, backwards=False, size=limit)
        return order_by_keyset(self.rows(), self.default_ordering)[:limit]

    def row(self, pk: int) -> QuerySet[Any] | IdQuery:
        """Returns what reads the row with this id, if it is released by the time of the query."""
        if self.has_prepared_pages:
            return ListQuery(self.model, self.released).row(pk)
        return self.rows().filter(pk=pk)

    @cached_property
    def _released_now(self) -> QuerySet[Any]:
        # Building these conditions takes Django as long as the database takes to find fifty rows.
        return self.released(CompilationTime())


def orderings_by(column: str, *, full_text: bool = False) -> Orderings:
    """Returns the orderings by this column, and by relevance if the resource has full-text search."""
    orderings: Orderings = {"newest": (f"-{column}", "-id"), "oldest": (column, "id")}
    return {**orderings, "relevance": None} if full_text else orderings


def orderings_by_name() -> Orderings:
    """Returns the orderings of a resource that is listed by name and has full-text search."""
    return {"name": ("name", "id"), **orderings_by("id", full_text=True)}


def same_names(*names: str) -> dict[str, str]:
    """Returns columns that are called like their fields."""
    return dict(zip(names, names, strict=True))
