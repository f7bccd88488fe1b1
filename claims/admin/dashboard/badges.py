"""Badges in the sidebar: the numbers of pending quotes, of the user's assignments, and of comments with a mention."""

from typing import Any

from django.http import HttpRequest

from claims.admin.common.admin_urls import cached_reverse
from claims.admin.common.capped_count import capped_counts, format_capped_count
from claims.models import Assignment, Comment, Quote

MAX_QUEUE_BADGE, MAX_COMMENTS_BADGE, MAX_ASSIGNMENTS_BADGE = (
    999,
    99,
    99,
)  # the maximum of each count, since every page shows them


def sidebar_badges(request: HttpRequest) -> dict[str, str]:
    """The badges by name, read with one query. A count of 0 has no badge."""
    badges: dict[str, str] | None = getattr(request, "sidebar_badges", None)
    if badges is None:
        rows: dict[str, tuple[Any, int]] = {}
        if request.user.has_perm("claims.view_quote"):
            rows["queue"] = (Quote.objects.pending(), MAX_QUEUE_BADGE)
        if request.user.has_perm("claims.view_comment"):
            rows["comments"] = (Comment.objects.with_open_mention_of(request.user.pk), MAX_COMMENTS_BADGE)
        if request.user.has_perm("claims.view_assignment"):
            rows["assignments"] = (Assignment.objects.open().filter(assignee=request.user.pk), MAX_ASSIGNMENTS_BADGE)
        counts = capped_counts(request.user.pk, rows) if rows and request.user.pk else {}
        badges = {name: format_capped_count(count, rows[name][1]) for name, count in counts.items() if count}
        request.sidebar_badges = badges  # type: ignore[attr-defined]  # pages render the sidebar twice
    return badges


def review_queue_url() -> str:
    return cached_reverse("admin:claims_review")
