"""Full-text results by relevance."""

from django.db.models import Model, QuerySet

from claims.search.full_text import MAX_RANKED_CANDIDATES, rank_by_relevance


def rank_ids(rows: QuerySet[Model], query: str) -> tuple[list[int], bool]:
    """Returns the ids of these rows by relevance, best first, and whether there were more than could be ranked.

    `rows` are already filtered by the query.
    """
    ranked = rank_by_relevance(rows.model, query, limit=MAX_RANKED_CANDIDATES)
    matching = set(rows.order_by().filter(pk__in=ranked.ids).values_list("pk", flat=True))
    return [pk for pk in ranked.ids if pk in matching], ranked.is_truncated
