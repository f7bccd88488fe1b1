"""How many rows a list has, when that is asked for."""

from typing import Any

from django.db.models import QuerySet

from claims.api.problems import ParameterProblem

WAYS = ("exact", "estimate")
FEW = 10_000  # rows that are counted one by one, whatever is asked


def count_of(rows: QuerySet[Any], asked: str) -> dict[str, Any]:
    """The number, and whether it is estimated: what is said of a list with `count=` in its address."""
    if asked not in WAYS:
        raise ParameterProblem({"count": f"must be one of {', '.join(WAYS)}"})
    rows = rows.order_by("-id")
    if asked == "exact":
        return {"count": rows.count(), "count_is_estimate": False}
    newest = list(rows.values_list("pk", flat=True)[: FEW + 1])
    if len(newest) <= FEW:
        return {"count": len(newest), "count_is_estimate": False}
    # The newest are taken to lie as close together as all do.
    first = rows.model._base_manager.order_by("id").values_list("pk", flat=True)[0]  # noqa: SLF001  # documented API
    density = FEW / (newest[0] - newest[-1])
    return {"count": round(density * (newest[0] - first + 1)), "count_is_estimate": True}
