"""The start page: what waits for the person who signs in, and how the work stands. Everything on it leads to a list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin.common.base import current_user
from claims.admin.common.capped_count import capped_counts, format_capped_count
from claims.admin.common.decision_date_filter import format_day_range
from claims.admin.common.formatting import shortened
from claims.admin.dashboard import charts, metrics
from claims.admin.dashboard.badges import review_queue_url
from claims.admin.dashboard.tasks import my_drafts, sent_back_to
from claims.admin.people.comment_thread import with_mentions
from claims.models import Claim, Comment, Hold, Quote, QuoteDecision, Source
from claims.services.verification.approvers import approvable_verifications

admin.site.index_template = "claims/admin/dashboard/dashboard.html"

MAX_TASKS_COUNTED = 99  # counted no further
MAX_TASKS_SHOWN = 5  # shown of each; the list has the others


def filtered_list_url(model: str, **asked: str) -> str:
    """The list of a model, so filtered."""
    page = reverse(f"admin:claims_{model}_changelist")
    return f"{page}?{urlencode(asked)}" if asked else page


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the template needs; of each, only what this person may see."""
    sees = {
        name: request.user.has_perm(f"claims.view_{name}") for name in ("quote", "claim", "verification", "comment")
    }
    start: dict[str, Any] = {"may_see": any(sees.values()), "may_add": request.user.has_perm("claims.add_source")}
    context |= {"start": start, "title": "Start"}
    if not start["may_see"]:
        return context
    start["no_articles"] = not Source.objects.exists()
    kinds = verification_tasks(request) if sees["verification"] else []
    called = Comment.objects.waiting_for(request.user.pk)
    sizes = capped_counts(
        request.user.pk or 0,
        {kind["name"]: (kind["rows"], MAX_TASKS_COUNTED) for kind in kinds}
        | {"called": (called, MAX_TASKS_COUNTED), "claims": (Claim.objects.all(), metrics.MAX_ROWS_COUNTED_LIVE)}
        | {
            "pending": (Quote.objects.pending(), metrics.MAX_ROWS_COUNTED_LIVE),
            "decided": (metrics.recently_decided_quotes(), metrics.MAX_ROWS_COUNTED_LIVE),
        },
    )
    start["waiting"] = [task_section(kind, sizes[kind["name"]]) for kind in kinds if sizes[kind["name"]]]
    if sees["comment"] and sizes["called"]:
        start["waiting"].append(mentions_section(request, sizes["called"]))
    if sees["quote"]:
        start["held"] = locked_quotes(request)
        start["queue"] = queue_section(sizes["pending"])
        start |= decisions_section(sizes["decided"])
    if sees["claim"]:
        start["claims"] = claims_section(sizes["claims"])
    return context


def verification_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Verifications that wait for this person, by what is to be done."""
    user = current_user(request)
    return [
        {"name": "sent-back", "title": "Sent back to you", "rows": sent_back_to(user)},
        {"name": "approval", "title": "For your approval", "rows": approvable_verifications(by=user)},
        {"name": "draft", "title": "Your drafts", "rows": my_drafts(user)},
    ]


def task_section(kind: dict[str, Any], count: int) -> dict[str, Any]:
    """How many, the first few, and the list of all."""
    rows = (
        kind["rows"]
        .select_related("claim", "rating", "author")
        .order_by("submitted_at", "created_at", "pk")[:MAX_TASKS_SHOWN]
    )
    return {
        "title": kind["title"],
        "count": format_capped_count(count, MAX_TASKS_COUNTED),
        "link": filtered_list_url("verification", waiting=kind["name"]),
        "rows": [
            {
                "link": reverse("admin:claims_verification_change", args=[row.pk]),
                "text": shortened(row.claim.text, 160),
                "about": f"{row.rating or 'Unrated'}, by {row.author}",
                "note": shortened(row.comment, 160) if kind["name"] == "sent-back" else "",
            }
            for row in rows
        ],
    }


def mentions_section(request: HttpRequest, count: int) -> dict[str, Any]:
    """Comments that mention this person, the oldest first."""
    rows = with_mentions(Comment.objects.waiting_for(request.user.pk)).order_by("created_at", "pk")[:MAX_TASKS_SHOWN]
    return {
        "title": "Comments that mention you",
        "count": format_capped_count(count, MAX_TASKS_COUNTED),
        "link": filtered_list_url("comment", waiting="me"),
        "rows": [
            {"link": comment_url(row), "text": shortened(row.text, 160), "about": str(row.author)} for row in rows
        ],
    }


def comment_url(comment: Comment) -> str:
    """Where the comment stands, without reading what it stands under."""
    kind, pk = next((kind, pk) for kind in ("quote", "claim", "verification") if (pk := getattr(comment, f"{kind}_id")))
    return f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comment-{comment.pk}"


def locked_quotes(request: HttpRequest) -> list[dict[str, str]]:
    """The quote that the others find taken by this person."""
    mine = Hold.objects.filter(editor=current_user(request), until__gt=timezone.now()).select_related("quote")
    return [
        {
            "link": reverse("admin:claims_quote_change", args=[row.quote_id]),
            "text": shortened(row.quote.exact, 160),
            "about": f"until {row.until:%H:%M} UTC",
        }
        for row in mine
    ]


def queue_section(size: int) -> dict[str, Any]:
    """How long it is, and how old."""
    found = metrics.cached_metric("queue", size, metrics.measure_queue)
    return {
        "length": found.value.length,
        "oldest": found.value.oldest,
        "median": found.value.median,
        "at": found.at,
        "link": filtered_list_url("quote", decision__exact=QuoteDecision.PENDING),
        "review": review_queue_url(),
    }


def decisions_section(size: int) -> dict[str, Any]:
    """Decisions day by day, and how often the extractor was right in them."""
    found = metrics.cached_metric("decisions", size, metrics.count_decisions)
    lately = {"decided": format_day_range(found.value.first, found.value.last)}
    bands = {"high": "sure (90 % and more)", "medium": "fairly sure (70 to 90 %)", "low": "unsure (below 70 %)"}
    kinds = [(kind, name.lower(), {"kind__exact": kind}) for kind, name in metrics.QUOTE_KINDS]
    return {
        "days": charts.build_decision_chart(found.value, lambda **asked: filtered_list_url("quote", **asked)),
        "days_link": filtered_list_url("quote", **lately),
        "decided_at": found.at,
        "precision": [
            ("By kind", accuracy_shares(found.value.by_kind, kinds, lately)),
            (
                "By confidence",
                accuracy_shares(found.value.by_band, [(n, w, {"confidence": n}) for n, w in bands.items()], lately),
            ),
        ],
    }


def accuracy_shares(
    found: Any, rows: list[tuple[str, str, dict[str, str]]], lately: dict[str, str]
) -> list[charts.Share]:
    """Of each kind or band: how many of the decided were accepted."""
    shares = []
    for value, name, asked in rows:
        accepted, of = metrics.acceptance_counts(found, value)
        every = {"found_by": "machine", **asked, **lately}
        shares.append(
            charts.Share(
                name=name,
                part=accepted,
                whole=of,
                part_link=filtered_list_url("quote", **every, decision__exact=QuoteDecision.ACCEPTED),
                whole_link=filtered_list_url("quote", **every),
            )
        )
    return shares


def claims_section(size: int) -> dict[str, Any]:
    """How many claims stand how."""
    found = metrics.cached_metric("claims", size, metrics.count_claims_by_status)
    most = max(n for _, _, n in found.value)
    return {
        "rows": [
            {
                "name": name,
                "n": n,
                "width": charts.bar_width(n, most),
                "link": filtered_list_url("claim", status=status),
            }
            for status, name, n in found.value
        ],
        "none": most == 0,
        "link": filtered_list_url("claim"),
        "at": found.at,
    }
