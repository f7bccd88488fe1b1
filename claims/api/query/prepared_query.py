"""A prepared query that reads all columns of the requested rows.

    SELECT columns FROM model, joins WHERE id IN (SELECT id FROM … LIMIT 51) ORDER BY …

The inner query selects the rows. Django compiles it for each request, except where `claims.api.query.page_query` has it
prepared. The outer query is compiled once and kept: compiling forty columns takes Django longer than the database takes
to read them. Selecting the ids first also limits the joins and subqueries to the rows of the page.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Expression, FilteredRelation, Func, IntegerField, Model, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from claims.api.query.page_query import IdQuery
from claims.resources.sql.expressions import EXECUTION_TIME, CompiledSQL, Placeholder

REQUESTED_IDS = Placeholder("ids of the requested rows")
REQUESTED_IDS_SLOT = "/*requested ids*/"


class RequestedIds(Expression):
    """The slot for the query that selects the ids of the requested rows, filled in when the query is run."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return f"({REQUESTED_IDS_SLOT})", [REQUESTED_IDS]


class MatchedIds(Expression):
    """The ids in `found`: the full-text matches with their positions (see `PreparedQuery`)."""

    output_field = DateTimeField()  # unused, but Django wants one

    def as_sql(self, *_: object) -> CompiledSQL:
        return "(SELECT found.id FROM found)", []


class MatchedPosition(Func):
    """The row's position in `found`."""

    output_field = IntegerField()
    template = "(SELECT found.place FROM found WHERE found.id = %(expressions)s)"


class PreparedQuery:
    """Reads columns of one model's rows, in one order. The last two columns are the row's keyset position."""

    def __init__(
        self,
        model: type[Model],
        ordering: Sequence[str],
        aliases: Mapping[str, FilteredRelation],
        columns: Sequence[Combinable],
    ) -> None:
        # Django stores its own state in the aliases that it is given.
        aliases = {name: alias.clone() for name, alias in aliases.items()}
        rows = model._base_manager.annotate(**aliases)
        if ordering and "__" in ordering[0]:
            self._prepare_in_index_order(rows, ordering[0], columns)
            return
        rows = rows.order_by(*ordering).filter(pk__in=RequestedIds())
        sql, parameters = rows.values_list(*columns).query.sql_with_params()
        before, _, after = sql.partition(REQUESTED_IDS_SLOT)
        slot = parameters.index(REQUESTED_IDS)
        self.before, self.parameters_before = _inline_constants(before, parameters[:slot])
        self.after, self.parameters_after = _inline_constants(after, parameters[slot + 1 :])

    def _prepare_in_index_order(self, rows: QuerySet[Model], ordering: str, columns: Sequence[Combinable]) -> None:
        """Prepares the query for rows in the order of the full-text index, which is searched once, as `found`.

        If the index were joined, SQLite would search it from its beginning for each row.
        """
        position = MatchedPosition("pk")
        rows = rows.order_by(position.desc() if ordering.startswith("-") else position.asc())
        columns = [*columns[:-2], position, position]
        query = rows.filter(pk__in=MatchedIds()).values_list(*columns).query
        sql, self.parameters_after = _inline_constants(*query.sql_with_params())
        self.before, self.after = "WITH found(id, place) AS MATERIALIZED (", f") {sql}"
        self.parameters_before = ()

    def read(self, ids: IdQuery) -> list[Any]:
        """Returns the rows as the database cursor does."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        parameters = chain(self.parameters_before, ids.parameters, self.parameters_after)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self.before}{ids.sql}{self.after}",
                [now if parameter is EXECUTION_TIME else parameter for parameter in parameters],
            )
            rows: list[Any] = cursor.fetchall()
        return rows


_PARAMETER_PATTERN = re.compile("%[s%]")
_SAFE_TEXT = re.compile(r"[^'\\%\0]*")


def _inline_constants(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Writes constant parameters into the SQL, as passing a parameter takes longer than parsing it.

    Only integers, and strings without any character that could end an SQL literal. The rest are returned as parameters.
    """
    remaining = iter(parameters)
    kept: list[Any] = []

    def inline(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return match[0]
        value = next(remaining)
        if type(value) is int:
            return str(value)
        if isinstance(value, str) and _SAFE_TEXT.fullmatch(value):
            return f"'{value!s}'"
        kept.append(value)
        return match[0]

    return _PARAMETER_PATTERN.sub(inline, sql), tuple(kept)
