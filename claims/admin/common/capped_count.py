"""Counts up to a maximum, such as "99+": several in one query, in a time that does not grow with the table."""

from django.contrib.auth.models import User
from django.db.models import IntegerField, Model, QuerySet, Subquery


class CappedCount(Subquery):
    """The number of rows, at most `maximum` + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Model], maximum: int) -> None:
        super().__init__(rows.order_by().values("pk")[: maximum + 1])


def capped_counts(user_id: int, rows: dict[str, tuple[QuerySet[Model], int]]) -> dict[str, int]:
    """The counts by name, in one query; each value of `rows` is a queryset and the maximum of its count."""
    columns = [CappedCount(queryset, maximum) for queryset, maximum in rows.values()]
    counts = User.objects.filter(pk=user_id).values_list(*columns).first()  # any row that certainly exists
    return dict(zip(rows, counts or [0] * len(rows), strict=True))


def format_capped_count(count: int, maximum: int) -> str:
    """The count, or "99+" if there are more than the maximum of 99."""
    return f"{maximum}+" if count > maximum else str(count)
