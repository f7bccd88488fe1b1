"""The context of the dashboard: the user's tasks, the review queue, and metrics. Everything links to a changelist."""

from collections import Counter
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin.common.base import current_user
from claims.admin.common.capped_count import capped_counts
from claims.admin.common.decision_date_filter import format_day_range
from claims.admin.common.filters import ConfidenceFilter
from claims.admin.common.formatting import quoted
from claims.admin.dashboard import charts, metrics, task_sections
from claims.admin.dashboard.task_sections import filtered_list_url
from claims.models import Claim, Hold, Notice, Quote, QuoteDecision, Source
from claims.services.site.scheduled_backups import find_backup_problem

admin.site.index_template = "claims/admin/dashboard/dashboard.html"


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, object]:
    """Adds the sections of the dashboard that the user may see."""
    user = current_user(request)
    may_view = {name: user.has_perm(f"claims.view_{name}") for name in ("quote", "claim", "verification", "comment")}
    dashboard: dict[str, Any] = {"may_see": any(may_view.values()), "may_add": user.has_perm("claims.add_source")}
    context |= {"dashboard": dashboard, "title": "Dashboard"}
    if not dashboard["may_see"]:
        return context
    dashboard["no_articles"] = not Source.objects.exists()
    tasks = task_sections.list_tasks(user)
    counts = capped_counts(
        user.pk,
        {
            **{task.name: (task.rows, task_sections.MAX_TASKS_COUNTED) for task in tasks},
            "claims": (Claim.objects.confirmed(), metrics.MAX_ROWS_COUNTED_LIVE),
            "pending": (Quote.objects.pending(), metrics.MAX_ROWS_COUNTED_LIVE),
            "undelivered": (Notice.objects.given_up(), task_sections.MAX_TASKS_COUNTED),
            "decided": (metrics.recently_decided_quotes(), metrics.MAX_ROWS_COUNTED_LIVE),
        },
    )
    dashboard["tasks"] = task_sections.build_sections(tasks, counts)
    if user.has_perm("claims.view_notice") and counts["undelivered"]:
        dashboard["undelivered"] = {
            "count": counts["undelivered"],
            "url": filtered_list_url("notice", state="failed"),
        }
    if user.has_perm("claims.view_notice"):
        dashboard["backup_problem"] = find_backup_problem()
    if may_view["quote"]:
        dashboard["locked_quotes"] = locked_quotes(user)
        dashboard["queue"] = queue_section(counts["pending"])
        dashboard |= decisions_section(counts["decided"])
    if may_view["claim"]:
        dashboard["claims"] = claims_section(counts["claims"])
    return context


def locked_quotes(user: User) -> list[dict[str, str]]:
    """The quotes that the user has locked for reviewing: at most one."""
    locks = Hold.objects.filter(editor=user, until__gt=timezone.now()).select_related("quote")
    return [
        {
            "url": reverse("admin:claims_quote_change", args=[lock.quote_id]),
            "text": quoted(lock.quote.text, lock.quote.kind, 160),
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
