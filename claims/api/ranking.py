"""The rows of a list that fit best what is looked for."""

from typing import Any

from django.db.models import QuerySet

MOST = 1000  # rows that are ranked; where there are more, the answer says so


def ranked(rows: QuerySet[Any], asked: str) -> tuple[list[int], bool]:  # noqa: ARG001  # what full text ranks by
    """The ids of these rows, which are those that fit, the best first; and whether there are more than are ranked."""
    ids = list(rows.order_by("-id").values_list("pk", flat=True)[: MOST + 1])
    return ids[:MOST], len(ids) > MOST
