"""The context of the dashboard: the user's tasks, the review queue, and metrics. Everything links to a changelist."""

from collections import Counter
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin.common.base import current_user
from claims.admin.common.capped_count import capped_counts, format_capped_count
from claims.admin.common.decision_date_filter import format_day_range
from claims.admin.common.filters import ConfidenceFilter
from claims.admin.common.formatting import truncate_line
from claims.admin.dashboard import charts, metrics
from claims.admin.dashboard.badges import review_queue_url
from claims.admin.dashboard.tasks import my_drafts, sent_back_to
from claims.admin.people.comment_thread import with_mentions
from claims.models import Claim, Comment, Hold, Quote, QuoteDecision, Source, Verification
from claims.services.verification.approvers import approvable_verifications

admin.site.index_template = "claims/admin/dashboard/dashboard.html"

MAX_TASKS_COUNTED = 99  # more are shown as "99+"
MAX_TASKS_SHOWN = 5  # of each kind; the changelist has the others


def filtered_list_url(model: str, **filters: str) -> str:
    page = reverse(f"admin:claims_{model}_changelist")
    return f"{page}?{urlencode(filters)}" if filters else page


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, object]:
    """Adds the sections of the dashboard that the user may see."""
    user = current_user(request)
    may_view = {name: user.has_perm(f"claims.view_{name}") for name in ("quote", "claim", "verification", "comment")}
    dashboard: dict[str, Any] = {"may_see": any(may_view.values()), "may_add": user.has_perm("claims.add_source")}
    context |= {"dashboard": dashboard, "title": "Dashboard"}
    if not dashboard["may_see"]:
        return context
    dashboard["no_articles"] = not Source.objects.exists()
    tasks = verification_tasks(user) if may_view["verification"] else {}
    counts = capped_counts(
        user.pk,
        {
            **{name: (rows, MAX_TASKS_COUNTED) for name, (_, rows) in tasks.items()},
            "mentions": (Comment.objects.with_open_mention_of(user.pk), MAX_TASKS_COUNTED),
            "claims": (Claim.objects.all(), metrics.MAX_ROWS_COUNTED_LIVE),
            "pending": (Quote.objects.pending(), metrics.MAX_ROWS_COUNTED_LIVE),
            "decided": (metrics.recently_decided_quotes(), metrics.MAX_ROWS_COUNTED_LIVE),
        },
    )
    dashboard["tasks"] = [
        task_section(name, title, rows, counts[name]) for name, (title, rows) in tasks.items() if counts[name]
    ]
    if may_view["comment"] and counts["mentions"]:
        dashboard["tasks"].append(mentions_section(user, counts["mentions"]))
    if may_view["quote"]:
        dashboard["locked_quotes"] = locked_quotes(user)
        dashboard["queue"] = queue_section(counts["pending"])
        dashboard |= decisions_section(counts["decided"])
    if may_view["claim"]:
        dashboard["claims"] = claims_section(counts["claims"])
    return context


def verification_tasks(user: User) -> dict[str, tuple[str, QuerySet[Verification]]]:
    """The verifications that the user has to work on, by the value of the task filter, with a title."""
    return {
        "sent-back": ("Sent back to you", sent_back_to(user)),
        "approval": ("Waiting for your approval", approvable_verifications(by=user)),
        "draft": ("Your drafts", my_drafts(user)),
    }


def task_section(name: str, title: str, rows: QuerySet[Verification], count: int) -> dict[str, object]:
    """The oldest verifications of a task, their number, and a link to all."""
    oldest = rows.select_related("claim", "rating", "author").order_by("submitted_at", "created_at", "pk")
    return {
        "title": title,
        "count": format_capped_count(count, MAX_TASKS_COUNTED),
        "url": filtered_list_url("verification", waiting=name),
        "rows": [
            {
                "url": reverse("admin:claims_verification_change", args=[verification.pk]),
                "text": truncate_line(verification.claim.text, 160),
                "about": f"{verification.rating or 'No rating'}, by {verification.author}",
                "note": truncate_line(verification.comment, 160) if name == "sent-back" else "",
            }
            for verification in oldest[:MAX_TASKS_SHOWN]
        ],
    }


def mentions_section(user: User, count: int) -> dict[str, object]:
    """The oldest comments that mention the user."""
    comments = with_mentions(Comment.objects.with_open_mention_of(user.pk)).order_by("created_at", "pk")
    return {
        "title": "Comments that mention you",
        "count": format_capped_count(count, MAX_TASKS_COUNTED),
        "url": filtered_list_url("comment", waiting="me"),
        "rows": [
            {"url": comment_url(comment), "text": truncate_line(comment.text, 160), "about": str(comment.author)}
            for comment in comments[:MAX_TASKS_SHOWN]
        ],
    }


def comment_url(comment: Comment) -> str:
    """The comment on the page of its subject, without reading the subject."""
    kind, pk = next((kind, pk) for kind in ("quote", "claim", "verification") if (pk := getattr(comment, f"{kind}_id")))
    return f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comment-{comment.pk}"


def locked_quotes(user: User) -> list[dict[str, str]]:
    """The quotes that the user has locked for reviewing: at most one."""
    locks = Hold.objects.filter(editor=user, until__gt=timezone.now()).select_related("quote")
    return [
        {
            "url": reverse("admin:claims_quote_change", args=[lock.quote_id]),
            "text": truncate_line(lock.quote.exact, 160),
            "about": f"locked until {lock.until:%H:%M} UTC",
        }
        for lock in locks
    ]


def queue_section(row_count: int) -> dict[str, object]:
    metric = metrics.cached_metric("queue", row_count, metrics.measure_queue)
    return {
        "length": metric.value.length,
        "oldest": metric.value.oldest,
        "median": metric.value.median,
        "counted_at": metric.counted_at,
        "list_url": filtered_list_url("quote", decision__exact=QuoteDecision.PENDING),
        "review_url": review_queue_url(),
    }


def decisions_section(row_count: int) -> dict[str, object]:
    """The daily decisions, and the accuracy of the extractor by kind and by confidence."""
    metric = metrics.cached_metric("decisions", row_count, metrics.count_decisions)
    decisions: metrics.DecisionMetrics = metric.value
    period = {"decided": format_day_range(decisions.first, decisions.last)}
    kinds = [(kind, label, {"kind__exact": kind}) for kind, label in metrics.QUOTE_KINDS]
    bands = [(band, label, {"confidence": band}) for band, label in ConfidenceFilter.LABELS.items()]
    return {
        "decision_chart": charts.build_decision_chart(decisions, partial(filtered_list_url, "quote")),
        "decisions_url": filtered_list_url("quote", **period),
        "decisions_counted_at": metric.counted_at,
        "accuracy": [
            ("By kind", accuracy_shares(decisions.by_kind, kinds, period)),
            ("By confidence", accuracy_shares(decisions.by_band, bands, period)),
        ],
    }


def accuracy_shares(
    counts: Counter[tuple[str, str]], groups: list[tuple[str, str, dict[str, str]]], period: dict[str, str]
) -> list[charts.Share]:
    """The share of accepted quotes among those decided, for each group (value, label, list filters)."""
    shares = []
    for value, label, group_filters in groups:
        accepted, decided = metrics.acceptance_counts(counts, value)
        filters = {"found_by": "machine", **group_filters, **period}
        shares.append(
            charts.Share(
                name=label,
                part=accepted,
                whole=decided,
                part_url=filtered_list_url("quote", **filters, decision__exact=QuoteDecision.ACCEPTED),
                whole_url=filtered_list_url("quote", **filters),
            )
        )
    return shares


def claims_section(row_count: int) -> dict[str, object]:
    """The number of claims by status."""
    metric = metrics.cached_metric("claims", row_count, metrics.count_claims_by_status)
    largest = max(count for _, _, count in metric.value)
    return {
        "rows": [
            {
                "name": name,
                "count": count,
                "width": charts.bar_width(count, largest),
                "url": filtered_list_url("claim", status=status),
            }
            for status, name, count in metric.value
        ],
        "is_empty": largest == 0,
        "list_url": filtered_list_url("claim"),
        "counted_at": metric.counted_at,
    }
