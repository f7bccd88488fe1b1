"""The views in the sidebar: those that everybody has, one's own, and what colleagues share."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.people.saveable_lists import get_saveable_lists, saved_list_url
from claims.models import SavedView

MAX_VIEWS_SHOWN = 12  # of the saved ones; the list of views has the others
# What every newsroom asks for, whoever works there.
BUILT_IN_VIEWS = [
    ("Waiting for me", "claims.verification", [("waiting", "me")]),
    ("Disputed", "claims.claim", [("disputed", "yes")]),
]


def sidebar_views(request: HttpRequest) -> list[dict[str, Any]]:
    """The links, in order. Each only for whom the list is; names are escaped here, since the sidebar trusts titles."""
    if not request.user.has_perm("claims.view_savedview"):
        return []
    saved = list(SavedView.objects.for_user(request.user.pk).order_by("shared", "name", "pk")[: MAX_VIEWS_SHOWN + 1])
    every = [*BUILT_IN_VIEWS, *((view.name, view.listing, view.query) for view in saved[:MAX_VIEWS_SHOWN])]
    lists = get_saveable_lists()
    found = []
    for name, listing, query in every:
        page = saved_list_url(listing, query)
        if page is None or not lists[listing].has_view_permission(request):
            continue
        title = format_html("<bdi>{}</bdi>", name)
        found.append({"title": title, "icon": "bookmark", "link": page, "active": is_current_list(request, page)})
    more = "All views" if len(saved) > MAX_VIEWS_SHOWN else "Manage views"
    if saved:
        found.append({"title": more, "icon": "bookmarks", "link": reverse("admin:claims_savedview_changelist")})
    return found


def is_current_list(request: HttpRequest, page: str) -> bool:
    """Whether that is the list being looked at, whatever its page."""
    path, _, query = page.partition("?")
    asked = sorted((name, value) for name, values in request.GET.lists() for value in values if name != "p")
    return request.path == path and bool(query) and asked == sorted(parse_qsl(query))
