"""The start page: the editors' work first, in the sidebar's order, then the machinery."""

from typing import Any

from django.http import HttpRequest


def editors_first(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Django sorts apps and models by name; "Authentication" would come first."""
    groups = context["sidebar_navigation"]
    links = [str(item["link"]).partition("?")[0] for group in groups for item in group["items"]]

    def place(model: dict[str, Any]) -> int:
        address = model["admin_url"]
        return links.index(address) if address in links else len(links)

    for app in context["app_list"]:
        app["models"].sort(key=place)
    context["app_list"].sort(key=lambda app: place(app["models"][0]))
    return context
