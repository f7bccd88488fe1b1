"""What crawlers and security researchers look for: robots.txt and security.txt (RFC 9116)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from claims.pages.common.page_view import PublicView
from claims.resources.permalinks import absolute_url

MEDIA_TYPE = "text/plain"
LISTS = (
    *("page-claims", "page-quotes", "page-speakers", "page-sources", "page-corrections", "page-search"),
    "page-check",
)
_EXPIRES_IN = dt.timedelta(days=200)  # RFC 9116 recommends less than a year


class RobotsView(PublicView):
    """Pages may be indexed, lists with a query not: there is no end of them. Operators may override the template."""

    media_type = MEDIA_TYPE

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        context = {
            "lists": [reverse(name) for name in LISTS],
            "api": reverse("api-root"),
            "api_docs": reverse("api-docs"),
            "sitemap": absolute_url("sitemap"),
        }
        return HttpResponse(render_to_string("claims/pages/site/robots.txt", context), content_type="text/plain")


class SecurityTxtView(PublicView):
    media_type = MEDIA_TYPE

    def validator_parts(self) -> tuple[str, ...]:
        return (self._expires(),)

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not settings.FACTBASE_CONTACT:
            raise Http404
        lines = {
            "Contact": f"mailto:{settings.FACTBASE_CONTACT}",
            "Expires": self._expires(),
            "Preferred-Languages": settings.FACTBASE_LANGUAGE,
            "Canonical": absolute_url("security-txt"),
        }
        text = "".join(f"{name}: {value}\n" for name, value in lines.items())
        return HttpResponse(text, content_type="text/plain; charset=utf-8")

    @staticmethod
    def _expires() -> str:
        """Returns the first of a month, so that the response changes once a month only."""
        day = (timezone.now() + _EXPIRES_IN).date().replace(day=1)
        return f"{day}T00:00:00Z"
