"""The rows of a list that fit best what is looked for."""

from typing import Any

from django.db.models import QuerySet

from claims.search.full_text import MAX_RANKED_CANDIDATES as MOST
from claims.search.full_text import rank_by_relevance

__all__ = ["MOST", "rank_ids"]


def rank_ids(rows: QuerySet[Any], asked: str) -> tuple[list[int], bool]:
    """The ids of these rows, which are those that fit, the best first; and whether more might be than were ranked."""
    found = rank_by_relevance(rows.model, asked, most=MOST)
    there = set(rows.order_by().filter(pk__in=found.ids).values_list("pk", flat=True))
    return [pk for pk in found.ids if pk in there], found.cut
