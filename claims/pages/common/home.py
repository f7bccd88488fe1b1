"""The home page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from claims.models import Verification
from claims.pages.common.page import Page, atom_alternate
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import read_rows
from claims.resources.claims import CLAIMS
from claims.resources.permalinks import list_url

NEWEST_VERDICTS = 6


class HomePageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        newest = Verification.objects.released().order_by("-published_at", "-id").values("claim")[:NEWEST_VERDICTS]
        claims = read_rows(CLAIMS, CLAIMS.rows().filter(pk__in=list(newest.values_list("claim", flat=True))))
        return Page(
            template="claims/pages/home.html",
            title=settings.FACTBASE_SITE_NAME,
            path=reverse("home"),
            alternates=(atom_alternate(list_url("verifications", format="atom")),),
            context={"claims": claims},
        )
