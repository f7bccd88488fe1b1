"""Changelist columns about related objects: how many there are, and a link to them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.admin_urls import cached_reverse
from claims.admin.common.formatting import badge
from claims.models import QuoteDecision
from claims.resources.sql.expressions import JoinedText


def count_related(rows: QuerySet[Model], by: str, *, of: str = "pk") -> Coalesce:
    """An annotation with the number of `rows` whose field `by` refers to the row's column `of`."""
    grouped = rows.filter(**{by: OuterRef(of)}).order_by().values(by)
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0)


JOIN_SEPARATOR = "\x1f"  # the ASCII unit separator, which no name contains


def join_related(rows: QuerySet[Model], by: str, column: str) -> Coalesce:
    """An annotation with the joined values of `column` of the `rows` whose field `by` refers to the row."""
    related = rows.filter(**{by: OuterRef("pk")}).order_by("pk").annotate(label=F(column)).values("label")
    return Coalesce(JoinedText(related, separator=JOIN_SEPARATOR), Value(""), output_field=TextField())


def quote_list_url(**filters: Model | str) -> str:
    query = "&".join(f"{key}={value.pk if isinstance(value, Model) else value}" for key, value in filters.items())
    return f"{cached_reverse('admin:claims_quote_changelist')}?{query}"


def quote_count_links(row: Any, by: str, decisions: Iterable[QuoteDecision]) -> SafeString:
    """Links to the quotes of `row` with each decision, showing its annotations `n_pending` etc.

    `by` is the lookup from a quote to the row.
    """
    counts = ((decision, getattr(row, f"n_{decision}")) for decision in decisions)
    links = (
        (
            quote_list_url(**{f"{by}__id__exact": row, "decision__exact": str(decision)}),
            badge(decision, f"{count} {decision.label.lower()}"),
        )
        for decision, count in counts
        if count
    )
    return format_html_join(" ", '<a href="{}">{}</a>', links) or SafeString("none")
