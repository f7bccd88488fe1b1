"""Counting no further than is worth saying: one query for any number of such counts, quick whatever the size."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import IntegerField, QuerySet, Subquery


class CappedCount(Subquery):
    """How many rows there are, counted to `most` + 1 and no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], most: int) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1])


def capped_counts(user_id: int, rows: dict[str, tuple[QuerySet[Any], int]]) -> dict[str, int]:
    """Each count by its name, in one query; `rows` has the rows and how far to count them."""
    columns = [CappedCount(queryset, most) for queryset, most in rows.values()]
    counted = User.objects.filter(pk=user_id).values_list(*columns).first()  # of the one row that there is for certain
    return dict(zip(rows, counted or [0] * len(rows), strict=True))


def format_capped_count(count: int, most: int) -> str:
    """The count, or that there are more."""
    return f"{most}+" if count > most else str(count)
