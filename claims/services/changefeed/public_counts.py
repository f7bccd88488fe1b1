"""Keeps the numbers of public quotes and claims of speakers and topics: what their lists are sorted by, and show."""

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from claims.models import ResourceKind, SpeakerCounts, TopicCounts
from claims.resources import RESOURCES
from claims.resources.sql.expressions import EXECUTION_TIME
from claims.services.changefeed.change_dependencies import IdQuerySet

COUNTS_OF_KIND: dict[str, type[SpeakerCounts | TopicCounts]] = {
    ResourceKind.SPEAKERS: SpeakerCounts,
    ResourceKind.TOPICS: TopicCounts,
}


def recount(kind: str, public: QuerySet[Any], affected: IdQuerySet | None, *, moment: Any) -> int:
    """Counts anew what the `affected` objects of this kind have (with None, all objects); returns how many were wrong.

    `public` are those of them that readers see; the others have nothing. `moment` is the time as the database takes it.
    """
    model = COUNTS_OF_KIND[kind]
    key, *columns = (str(field.column) for field in model._meta.concrete_fields)
    fields = RESOURCES[kind].serializer_class().fields
    counts = [fields[column].count() for column in columns]
    stored = model.objects.all() if affected is None else model.objects.filter(pk__in=affected)
    has_any = Q(*(Q(**{f"{column}__gt": 0}) for column in columns), _connector=Q.OR)
    wrong = stored.filter(has_any).exclude(pk__in=public.order_by().values("pk")).update(**dict.fromkeys(columns, 0))
    sql, parameters = public.order_by().values_list("pk", *counts).query.sql_with_params()
    table, names = model._meta.db_table, ", ".join(columns)
    new = ", ".join(f"{column} = excluded.{column}" for column in columns)
    differs = " OR ".join(f"{table}.{column} <> excluded.{column}" for column in columns)
    statement = (
        f"INSERT INTO {table} ({key}, {names}) WITH counted ({key}, {names}) AS ({sql})"
        f" SELECT {key}, {names} FROM counted WHERE TRUE ON CONFLICT ({key}) DO UPDATE SET {new} WHERE {differs}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment if parameter is EXECUTION_TIME else parameter for parameter in parameters])
        return wrong + int(cursor.rowcount)
