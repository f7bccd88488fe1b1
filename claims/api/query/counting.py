"""The number of rows in a list, counted or estimated."""

from django.db.models import Model, QuerySet

from claims.api.http.problems import ParameterProblem

COUNT_MODES = ("exact", "estimate")
MAX_EXACT_ROWS = 10_000  # up to here, an estimate is exact too


def count_rows(rows: QuerySet[Model], mode: str) -> dict[str, object]:
    """Returns the members `count` and `count_is_estimate` of a response, for `count=exact` or `count=estimate`."""
    if mode not in COUNT_MODES:
        raise ParameterProblem({"count": f"must be one of {', '.join(COUNT_MODES)}"})
    rows = rows.order_by("-id")
    if mode == "exact":
        return {"count": rows.count(), "count_is_estimate": False}
    newest_ids = list(rows.values_list("pk", flat=True)[: MAX_EXACT_ROWS + 1])
    if len(newest_ids) <= MAX_EXACT_ROWS:
        return {"count": len(newest_ids), "count_is_estimate": False}
    # Assumes that the newest rows are as dense among the ids as all are.
    first_id = rows.model._base_manager.order_by("id").values_list("pk", flat=True)[0]
    density = MAX_EXACT_ROWS / (newest_ids[0] - newest_ids[-1])
    return {"count": round(density * (newest_ids[0] - first_id + 1)), "count_is_estimate": True}
