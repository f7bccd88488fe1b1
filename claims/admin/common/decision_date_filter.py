"""Quotes by the day on which an editor decided them; the start page's figures lead here."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.common.unfold_compat import RadioFilter

DAY_RANGE_SEPARATOR = ".."


def parse_day_range(value: str) -> tuple[date, date] | None:
    """The first and the last day that `2026-11-22` or `2026-10-24..2026-11-22` says; None for anything else."""
    first, _, last = value.partition(DAY_RANGE_SEPARATOR)
    try:
        found = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None
    return found if found[0] <= found[1] < date.max else None


def day_range_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day (UTC) to the end of the last, exclusive."""
    return datetime.combine(first, time.min, UTC), datetime.combine(last + timedelta(days=1), time.min, UTC)


def format_day_range(first: date, last: date) -> str:
    """The days as the filter takes them."""
    return f"{first}" if first == last else f"{first}{DAY_RANGE_SEPARATOR}{last}"


class DecisionDateFilter(RadioFilter):
    """By the day of the decision; only what was decided has one."""

    title = "decided"
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Spans that are asked for often, and the one in the address."""
        today = timezone.now().date()
        usual = [(format_day_range(today - timedelta(days=n - 1), today), words) for n, words in COMMON_DAY_RANGES]
        asked = request.GET.get(self.parameter_name, "")
        known = {value for value, _ in usual}
        return (
            usual
            if asked in known or not parse_day_range(asked)
            else [*usual, (asked, asked.replace(DAY_RANGE_SEPARATOR, " to "))]
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those decided within these days; what says no days lists everything."""
        if (asked := parse_day_range(self.value() or "")) is None:
            return queryset
        start, end = day_range_bounds(*asked)
        return queryset.filter(decided_at__gte=start, decided_at__lt=end)


COMMON_DAY_RANGES = [(1, "Today"), (7, "Last 7 days"), (30, "Last 30 days")]
