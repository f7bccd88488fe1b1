"""What lists of one kind say of rows of another: how many there are, and where to find them."""

from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` each row has; `by` is their way to it."""
    grouped = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0)


def list_address(**asked: Model | str) -> str:
    """The list of quotes that this holds of."""
    query = "&".join(f"{key}={value.pk if isinstance(value, Model) else value}" for key, value in asked.items())
    return f"{reverse('admin:claims_quote_changelist')}?{query}"
