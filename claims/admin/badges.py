"""What the sidebar says beside its links: how many quotes wait, and how many comments call on this person."""

from typing import Any

from django.http import HttpRequest

from claims.admin.addresses import page
from claims.admin.bounded import bounded_counts, told
from claims.models import Comment, Quote

MOST_QUOTES, MOST_COMMENTS = 999, 99  # counted no further: the numbers are on every page


def badges(request: HttpRequest) -> dict[str, str]:
    """The badges by name, one query a page; none for 0."""
    kept: dict[str, str] | None = getattr(request, "_badges", None)
    if kept is None:
        rows: dict[str, tuple[Any, int]] = {}
        if request.user.has_perm("claims.view_quote"):
            rows["queue"] = (Quote.objects.pending(), MOST_QUOTES)
        if request.user.has_perm("claims.view_comment"):
            rows["comments"] = (Comment.objects.waiting_for(request.user.pk), MOST_COMMENTS)
        counts = bounded_counts(request.user.pk, rows) if rows and request.user.pk else {}
        kept = {name: told(count, rows[name][1]) for name, count in counts.items() if count}
        request._badges = kept  # type: ignore[attr-defined]  # noqa: SLF001  # pages ask for the sidebar twice
    return kept


def queue_address() -> str:
    """Where the quotes that wait are gone through."""
    return page("admin:claims_review")
