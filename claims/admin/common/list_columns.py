"""What lists of one kind say of rows of another: how many there are, and where to find them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, Count, Model, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.admin_urls import cached_reverse
from claims.admin.common.formatting import label
from claims.models import QuoteDecision


def count_related(rows: QuerySet[Any], by: str, *, of: str = "pk") -> Coalesce:
    """How many of `rows` each row has; `by` is their way to it, or to what its column `of` refers to."""
    grouped = rows.filter(**{by: OuterRef(of)}).order_by().values(by)
    return Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0)


class JoinedColumn(Aggregate):
    """The values of a column of text as one text, with `SEPARATOR` between them."""

    function = "group_concat"
    template = "%(function)s(%(expressions)s, '\x1f')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Which has another name for it there."""
        return self.as_sql(compiler, connection, function="string_agg", **context)


JOIN_SEPARATOR = "\x1f"


def join_related(rows: QuerySet[Any], by: str, column: str) -> Coalesce:
    """The values of `column` that `rows` of each row have, as one text; `by` is their way to it."""
    grouped = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(
        Subquery(grouped.annotate(joined=JoinedColumn(column)).values("joined")), Value(""), output_field=TextField()
    )


def quote_list_url(**asked: Model | str) -> str:
    """The list of quotes that this holds of."""
    query = "&".join(f"{key}={value.pk if isinstance(value, Model) else value}" for key, value in asked.items())
    return f"{cached_reverse('admin:claims_quote_changelist')}?{query}"


def quote_count_links(row: Any, by: str, decisions: Iterable[QuoteDecision]) -> SafeString:
    """How many quotes `row` has of each decision (its `n_pending` and so on), each a link to them.

    `by` is the quotes' way to it.
    """
    counts = ((decision, getattr(row, f"n_{decision}")) for decision in decisions)
    links = (
        (
            quote_list_url(**{f"{by}__id__exact": row, "decision__exact": str(decision)}),
            label(decision, f"{count} {decision.label.lower()}"),
        )
        for decision, count in counts
        if count
    )
    return format_html_join(" ", '<a href="{}">{}</a>', links) or SafeString("none")
