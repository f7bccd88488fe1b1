"""One statement that reads all columns of the rows that are asked for.

    SELECT the columns FROM the model, joined WHERE id IN (SELECT id FROM … LIMIT 51) ORDER BY …

The inner query says which rows, and is made by Django anew for each request; the outer one is written once and kept, as
writing forty columns takes Django longer than the database takes to read them. That the ids are found first also keeps
the joins and what hangs on a row to the rows of the page. Where a row's place comes from an index (`claims.search.words`),
the inner query finds it along with the id, and stands before: WITH found (pk, place) AS (…).
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from claims.api.columns import ASKED, NOW, PLACE_OF_ASKED, AskedFor, AskedPlace


class Statement:
    """The columns of one model's rows, in one order."""

    def __init__(
        self, model: type[Model], ordering: Sequence[str], aliases: dict[str, Any], columns: Sequence[Any]
    ) -> None:
        self.place_of_index = next((column.lstrip("-") for column in ordering if "__" in column), None)
        if self.place_of_index:
            meta = model._meta  # noqa: SLF001  # Django's documented API
            place = AskedPlace(".".join(map(connection.ops.quote_name, (meta.db_table, "id"))))
            columns = [place if column == F(self.place_of_index) else column for column in columns]
            ordering = [place.desc() if ordering[0].startswith("-") else place.asc()]
        # Django writes its own things into those that it is given.
        aliases = {name: alias.clone() for name, alias in aliases.items()}
        rows = model._base_manager.annotate(**aliases).order_by(*ordering)  # noqa: SLF001  # as above
        sql, parameters = rows.filter(pk__in=AskedFor()).values_list(*columns).query.sql_with_params()
        self.before, _, self.after = sql.partition(PLACE_OF_ASKED)
        place_of_ids = parameters.index(ASKED)
        self.parameters_before, self.parameters_after = parameters[:place_of_ids], parameters[place_of_ids + 1 :]

    def read(self, asked: QuerySet[Any]) -> list[Any]:
        """The rows asked for, as the cursor gives them."""
        try:
            ids, parameters = asked.values("pk", *filter(None, [self.place_of_index])).query.sql_with_params()
        except EmptyResultSet:
            return []
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        before, after = _at(now, self.parameters_before), _at(now, self.parameters_after)
        if self.place_of_index:
            statement = f"WITH found (pk, place) AS MATERIALIZED ({ids}) {self.before}SELECT pk FROM found{self.after}"
            given = chain(parameters, before, after)
        else:
            statement = f"{self.before}{ids}{self.after}"
            given = chain(before, parameters, after)
        with connection.cursor() as cursor:
            cursor.execute(statement, tuple(given))
            rows: list[Any] = cursor.fetchall()
        return rows


def _at(now: Any, parameters: Sequence[Any]) -> Sequence[Any]:
    return [now if parameter is NOW else parameter for parameter in parameters]
