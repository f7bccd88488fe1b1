"""The views in the sidebar: built-in ones, the user's own, and those shared by colleagues."""

from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.people.saveable_lists import get_saveable_lists, saved_list_url
from claims.models import SavedView

MAX_VIEWS_SHOWN = 12  # saved views; the changelist has the others
BUILT_IN_VIEWS = [
    ("My tasks", "claims.verification", [("waiting", "me")]),
    ("Disputed", "claims.claim", [("disputed", "yes")]),
]


def sidebar_views(request: HttpRequest) -> list[dict[str, object]]:
    """The links, without lists that the user may not see. Names are escaped here, since the sidebar trusts titles."""
    if not request.user.has_perm("claims.view_savedview"):
        return []
    saved = list(SavedView.objects.for_user(request.user.pk).order_by("shared", "name", "pk")[: MAX_VIEWS_SHOWN + 1])
    views = [*BUILT_IN_VIEWS, *((view.name, view.listing, view.query) for view in saved[:MAX_VIEWS_SHOWN])]
    lists = get_saveable_lists()
    links: list[dict[str, object]] = []
    for name, listing, query in views:
        url = saved_list_url(listing, query)
        if url is None or not lists[listing].has_view_permission(request):
            continue
        name_html = format_html("<bdi>{}</bdi>", name)
        links.append({"title": name_html, "icon": "bookmark", "link": url, "active": is_current_list(request, url)})
    if saved:
        title = "All views" if len(saved) > MAX_VIEWS_SHOWN else "Manage views"
        links.append({"title": title, "icon": "bookmarks", "link": reverse("admin:claims_savedview_changelist")})
    return links


def is_current_list(request: HttpRequest, url: str) -> bool:
    """Whether the request is for this list, whatever its page."""
    path, _, query = url.partition("?")
    current = sorted((name, value) for name, values in request.GET.lists() for value in values if name != "p")
    return request.path == path and bool(query) and current == sorted(parse_qsl(query))
