"""The start page: what waits for the person who signs in, and how the work stands. Everything on it leads to a list."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin import chart, figures
from claims.admin.badges import queue_address
from claims.admin.base import editor
from claims.admin.bounded import bounded_counts, told
from claims.admin.conversation import with_mentions
from claims.admin.decided_filter import spoken
from claims.admin.waiting import my_drafts, sent_back
from claims.admin.wording import shortened
from claims.models import Claim, Comment, Decision, Hold, Quote, Source
from claims.services.approvers import to_approve

admin.site.index_template = "claims/admin/start.html"

MOST = 99  # counted no further
ROWS = 5  # shown of each; the list has the others


def listed(model: str, **asked: str) -> str:
    """The list of a model, so filtered."""
    page = reverse(f"admin:claims_{model}_changelist")
    return f"{page}?{urlencode(asked)}" if asked else page


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the template needs; of each, only what this person may see."""
    sees = {
        name: request.user.has_perm(f"claims.view_{name}") for name in ("quote", "claim", "verification", "comment")
    }
    start: dict[str, Any] = {"may_see": any(sees.values()), "may_add": request.user.has_perm("claims.add_source")}
    context |= {"start": start, "title": "Start"}
    if not start["may_see"]:
        return context
    start["no_articles"] = not Source.objects.exists()
    kinds = waiting_kinds(request) if sees["verification"] else []
    called = Comment.objects.waiting_for(request.user.pk)
    sizes = bounded_counts(
        request.user.pk or 0,
        {kind["name"]: (kind["rows"], MOST) for kind in kinds}
        | {"called": (called, MOST), "claims": (Claim.objects.all(), figures.SMALL)}
        | {"pending": (Quote.objects.pending(), figures.SMALL), "decided": (figures.decided_lately(), figures.SMALL)},
    )
    start["waiting"] = [waiting(kind, sizes[kind["name"]]) for kind in kinds if sizes[kind["name"]]]
    if sees["comment"] and sizes["called"]:
        start["waiting"].append(calls(request, sizes["called"]))
    if sees["quote"]:
        start["held"] = held(request)
        start["queue"] = queue(sizes["pending"])
        start |= decided(sizes["decided"])
    if sees["claim"]:
        start["claims"] = claims(sizes["claims"])
    return context


def waiting_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Verifications that wait for this person, by what is to be done."""
    user = editor(request)
    return [
        {"name": "sent-back", "title": "Sent back to you", "rows": sent_back(user)},
        {"name": "approval", "title": "For your approval", "rows": to_approve(by=user)},
        {"name": "draft", "title": "Your drafts", "rows": my_drafts(user)},
    ]


def waiting(kind: dict[str, Any], count: int) -> dict[str, Any]:
    """How many, the first few, and the list of all."""
    rows = kind["rows"].select_related("claim", "rating", "author").order_by("submitted_at", "created_at", "pk")[:ROWS]
    return {
        "title": kind["title"],
        "count": told(count, MOST),
        "link": listed("verification", waiting=kind["name"]),
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


def calls(request: HttpRequest, count: int) -> dict[str, Any]:
    """Comments that mention this person, the oldest first."""
    rows = with_mentions(Comment.objects.waiting_for(request.user.pk)).order_by("created_at", "pk")[:ROWS]
    return {
        "title": "Comments that mention you",
        "count": told(count, MOST),
        "link": listed("comment", waiting="me"),
        "rows": [{"link": page_of(row), "text": shortened(row.text, 160), "about": str(row.author)} for row in rows],
    }


def page_of(comment: Comment) -> str:
    """Where the comment stands, without reading what it stands under."""
    kind, pk = next((kind, pk) for kind in ("quote", "claim", "verification") if (pk := getattr(comment, f"{kind}_id")))
    return f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comment-{comment.pk}"


def held(request: HttpRequest) -> list[dict[str, str]]:
    """The quote that the others find taken by this person."""
    mine = Hold.objects.filter(editor=editor(request), until__gt=timezone.now()).select_related("quote")
    return [
        {
            "link": reverse("admin:claims_quote_change", args=[row.quote_id]),
            "text": shortened(row.quote.exact, 160),
            "about": f"until {row.until:%H:%M} UTC",
        }
        for row in mine
    ]


def queue(size: int) -> dict[str, Any]:
    """How long it is, and how old."""
    found = figures.counted("queue", size, figures.queue)
    return {
        "length": found.value.length,
        "oldest": found.value.oldest,
        "median": found.value.median,
        "at": found.at,
        "link": listed("quote", decision__exact=Decision.PENDING),
        "review": queue_address(),
    }


def decided(size: int) -> dict[str, Any]:
    """Decisions day by day, and how often the extractor was right in them."""
    found = figures.counted("decisions", size, figures.decisions)
    lately = {"decided": spoken(found.value.first, found.value.last)}
    bands = {"high": "sure (90 % and more)", "medium": "fairly sure (70 to 90 %)", "low": "unsure (below 70 %)"}
    kinds = [(kind, name.lower(), {"kind__exact": kind}) for kind, name in figures.KINDS]
    return {
        "days": chart.days(found.value, lambda **asked: listed("quote", **asked)),
        "days_link": listed("quote", **lately),
        "decided_at": found.at,
        "precision": [
            ("By kind", precision(found.value.by_kind, kinds, lately)),
            (
                "By confidence",
                precision(found.value.by_band, [(n, w, {"confidence": n}) for n, w in bands.items()], lately),
            ),
        ],
    }


def precision(found: Any, rows: list[tuple[str, str, dict[str, str]]], lately: dict[str, str]) -> list[chart.Share]:
    """Of each kind or band: how many of the decided were accepted."""
    shares = []
    for value, name, asked in rows:
        accepted, of = figures.accepted_of(found, value)
        every = {"found_by": "machine", **asked, **lately}
        shares.append(
            chart.Share(
                name=name,
                part=accepted,
                whole=of,
                part_link=listed("quote", **every, decision__exact=Decision.ACCEPTED),
                whole_link=listed("quote", **every),
            )
        )
    return shares


def claims(size: int) -> dict[str, Any]:
    """How many claims stand how."""
    found = figures.counted("claims", size, figures.claims_by_status)
    most = max(n for _, _, n in found.value)
    return {
        "rows": [
            {"name": name, "n": n, "width": chart.width(n, most), "link": listed("claim", status=status)}
            for status, name, n in found.value
        ],
        "none": most == 0,
        "link": listed("claim"),
        "at": found.at,
    }
