"""What a public resource declares. The API, the exports and the change feed derive the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from claims.resources.sql.expressions import CompilationTime
from claims.resources.sql.sql_table import Path, SQLTable, sql_table_for
from claims.search.filterset import FilterSet
from claims.search.keyset import KeysetOrdering

Orderings = Mapping[str, KeysetOrdering | None]


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A public list and its rows.

    `released` returns the rows that readers see. With `has_prepared_pages`, it takes the moment as of which they are
    released (a value or an expression), so that the query for a page can be prepared. The first of the `orderings` is
    the default; that of `relevance` is None, as full-text search orders by itself. `columns` are those of its CSV, each
    the path of a field (see `sql_table`). `page_formats` are those besides JSON in which single pages are shown.
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

    @property
    def model(self) -> Any:
        return self.serializer_class.Meta.model

    @property
    def table(self) -> SQLTable:
        return sql_table_for(self.serializer_class, self.columns)

    @property
    def default_ordering(self) -> KeysetOrdering:
        return next(filter(None, self.orderings.values()))

    def rows(self) -> QuerySet[Any]:
        """Returns the rows released by the time of the query."""
        return self._released_now.all() if self.has_prepared_pages else self.released()

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
