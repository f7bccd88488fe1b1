"""What the sidebar says beside its links: how many quotes wait, and how many comments call on this person."""

from typing import Any

from django.http import HttpRequest

from claims.admin.common.admin_urls import cached_reverse
from claims.admin.common.capped_count import capped_counts, format_capped_count
from claims.models import Comment, Quote

MAX_QUEUE_BADGE, MAX_COMMENTS_BADGE = 999, 99  # counted no further: the numbers are on every page


def sidebar_badges(request: HttpRequest) -> dict[str, str]:
    """The badges by name, one query a page; none for 0."""
    kept: dict[str, str] | None = getattr(request, "_badges", None)
    if kept is None:
        rows: dict[str, tuple[Any, int]] = {}
        if request.user.has_perm("claims.view_quote"):
            rows["queue"] = (Quote.objects.pending(), MAX_QUEUE_BADGE)
        if request.user.has_perm("claims.view_comment"):
            rows["comments"] = (Comment.objects.waiting_for(request.user.pk), MAX_COMMENTS_BADGE)
        counts = capped_counts(request.user.pk, rows) if rows and request.user.pk else {}
        kept = {name: format_capped_count(count, rows[name][1]) for name, count in counts.items() if count}
        request._badges = kept  # type: ignore[attr-defined]  # noqa: SLF001  # pages ask for the sidebar twice
    return kept


def review_queue_url() -> str:
    """Where the quotes that wait are gone through."""
    return cached_reverse("admin:claims_review")
