"""How many rows a list has, when that is asked for."""

from typing import Any

from django.db.models import QuerySet

from claims.api.http.problems import ParameterProblem

COUNT_MODES = ("exact", "estimate")
MAX_EXACT_ROWS = 10_000  # rows that are counted one by one, whatever is asked


def count_rows(rows: QuerySet[Any], asked: str) -> dict[str, Any]:
    """The number, and whether it is estimated: what is said of a list with `count=` in its address."""
    if asked not in COUNT_MODES:
        raise ParameterProblem({"count": f"must be one of {', '.join(COUNT_MODES)}"})
    rows = rows.order_by("-id")
    if asked == "exact":
        return {"count": rows.count(), "count_is_estimate": False}
    newest = list(rows.values_list("pk", flat=True)[: MAX_EXACT_ROWS + 1])
    if len(newest) <= MAX_EXACT_ROWS:
        return {"count": len(newest), "count_is_estimate": False}
    # The newest are taken to lie as close together as all do.
    first = rows.model._base_manager.order_by("id").values_list("pk", flat=True)[0]  # documented API
    density = MAX_EXACT_ROWS / (newest[0] - newest[-1])
    return {"count": round(density * (newest[0] - first + 1)), "count_is_estimate": True}
