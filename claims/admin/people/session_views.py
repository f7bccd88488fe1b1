"""The session as the admin's scripts see it: whether it lasts, and the page on which a new sign-in ends."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


def session_urls(site: AdminSite) -> list[URLPattern]:
    """The URL patterns, relative to the admin's root."""

    @require_GET
    @never_cache
    def session_state(request: HttpRequest) -> JsonResponse:
        return JsonResponse({"signed_in": site.has_permission(request)})

    @require_GET
    def signed_in(request: HttpRequest) -> HttpResponse:
        """Tells the pages in other tabs that they can go on."""
        context = site.each_context(request) | {"title": "You are signed in again"}
        return TemplateResponse(request, "claims/admin/people/signed_in.html", context)

    return [
        path("session/", session_state, name="session"),
        path("session/signed-in/", site.admin_view(signed_in), name="session-signed-in"),
    ]
