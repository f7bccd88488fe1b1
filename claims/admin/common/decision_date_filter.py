"""Filters quotes by the day of their decision. The dashboard's charts link to it."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter

DAY_RANGE_SEPARATOR = ".."
COMMON_DAY_RANGES = [(1, "Today"), (7, "Last 7 days"), (30, "Last 30 days")]


def parse_day_range(value: str) -> tuple[date, date] | None:
    """The first and last day of `2026-11-22` or `2026-10-24..2026-11-22`; None for anything else."""
    first, _, last = value.partition(DAY_RANGE_SEPARATOR)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None
    return days if days[0] <= days[1] < date.max else None


def day_range_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The start of the first day (UTC) and the end of the last, exclusive."""
    return datetime.combine(first, time.min, UTC), datetime.combine(last + timedelta(days=1), time.min, UTC)


def format_day_range(first: date, last: date) -> str:
    """The inverse of `parse_day_range`."""
    return f"{first}" if first == last else f"{first}{DAY_RANGE_SEPARATOR}{last}"


class DecisionDateFilter(RadioFilter):
    """Filters quotes by the day of their decision. Pending quotes have none."""

    title = "decision date"
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Common ranges, and the one in the URL."""
        today = timezone.now().date()
        ranges = {format_day_range(today - timedelta(days=n - 1), today): label for n, label in COMMON_DAY_RANGES}
        value = request.GET.get(self.parameter_name, "")
        if value not in ranges and parse_day_range(value):
            ranges[value] = value.replace(DAY_RANGE_SEPARATOR, " to ")
        return list(ranges.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Ignores an invalid range."""
        if (days := parse_day_range(self.value() or "")) is None:
            return queryset
        start, end = day_range_bounds(*days)
        return queryset.filter(decided_at__gte=start, decided_at__lt=end)
