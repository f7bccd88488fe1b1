"""One statement that reads all columns of the rows that are asked for.

    SELECT the columns FROM the model, joined WHERE id IN (SELECT id FROM … LIMIT 51) ORDER BY …

The inner query says which rows, and is made by Django anew for each request that asks for some of a list (see
`claims.api.query.page_query` for those that ask for all of it); the outer one is written once and kept, as
writing forty columns takes Django longer than the database takes to read them. That the ids are found first also keeps
the joins and what hangs on a row to the rows of the page.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from claims.api.query.db_version import record_version
from claims.api.query.json_expressions import (
    EXECUTION_TIME,
    REQUESTED_IDS,
    REQUESTED_IDS_SLOT,
    DatabaseVersion,
    MatchedIds,
    MatchedPosition,
    RequestedIds,
)
from claims.api.query.page_query import IdQuery


class PreparedQuery:
    """The columns of one model's rows, in one order."""

    def __init__(
        self, model: type[Model], ordering: Sequence[str], aliases: dict[str, Any], columns: Sequence[Any]
    ) -> None:
        # Django writes its own things into those that it is given.
        aliases = {name: alias.clone() for name, alias in aliases.items()}
        rows = model._base_manager.annotate(**aliases)  # Django's documented API
        # Asked for apart, it would be a statement more (see `claims.api.http.etags`); SQLite needs none.
        self.state = [DatabaseVersion()] if connection.vendor == "postgresql" else []
        if ordering and "__" in ordering[0]:
            self._read_found(rows, ordering[0], columns)
            return
        rows = rows.order_by(*ordering).filter(pk__in=RequestedIds())
        sql, parameters = rows.values_list(*columns, *self.state).query.sql_with_params()
        before, _, after = sql.partition(REQUESTED_IDS_SLOT)
        place = parameters.index(REQUESTED_IDS)
        self.before, self.parameters_before = _inline_constants(before, parameters[:place])
        self.after, self.parameters_after = _inline_constants(after, parameters[place + 1 :])

    def _read_found(self, rows: QuerySet[Any], ordering: str, columns: Sequence[Any]) -> None:
        """Those found by their words: their places are asked for once. Joined, the index of words would be searched
        from its beginning for each row, on SQLite."""
        place = MatchedPosition("pk")
        rows = rows.order_by(place.desc() if ordering.startswith("-") else place.asc()).filter(pk__in=MatchedIds())
        columns = [*columns[:-2], place, place, *self.state]
        sql, self.parameters_after = _inline_constants(*rows.values_list(*columns).query.sql_with_params())
        self.before, self.after = "WITH found(id, place) AS MATERIALIZED (", f") {sql}"
        self.parameters_before = ()

    def read(self, asked: IdQuery) -> list[Any]:
        """The rows asked for, as the cursor gives them."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        given = chain(self.parameters_before, asked.parameters, self.parameters_after)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self.before}{asked.sql}{self.after}", [now if each is EXECUTION_TIME else each for each in given]
            )
            rows: list[Any] = cursor.fetchall()
        if self.state and rows:
            record_version(rows[0][-1])
        return rows


_PARAMETER_PATTERN = re.compile("%[s%]")
_SAFE_TEXT = re.compile(r"[^'\\%\0]*")


def _inline_constants(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement with what never differs in its text: to hand a parameter over takes longer than to read it.

    Only numbers and words without anything that a text in SQL could end with; the rest stay parameters.
    """
    left = iter(parameters)
    kept: list[Any] = []

    def settle(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        value = next(left)
        if type(value) is int:
            return str(value)
        if isinstance(value, str) and _SAFE_TEXT.fullmatch(value):
            return f"'{value!s}'"
        kept.append(value)
        return found[0]

    return _PARAMETER_PATTERN.sub(settle, sql), tuple(kept)
