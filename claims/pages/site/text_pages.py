"""Pages in the operator's own words: about the site, and its methodology with the scale of ratings."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims.models import SitePageSlug
from claims.pages.common.page import Page, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import read_rows
from claims.resources.permalinks import list_url
from claims.resources.ratings import RATINGS
from claims.services.site.site_texts import read_site_text


class AboutPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        text = read_site_text(SitePageSlug.ABOUT)
        return Page(
            template="claims/pages/site/about.html",
            title=text.title,
            path=reverse("page-about"),
            context={"text": text},
        )


class CorrectionsPolicyView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        text = read_site_text(SitePageSlug.CORRECTIONS)
        return Page(
            template="claims/pages/site/about.html",
            title=text.title,
            path=reverse("page-corrections-policy"),
            context={"text": text},
        )


class MethodologyPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        text = read_site_text(SitePageSlug.METHODOLOGY)
        ratings = read_rows(RATINGS, RATINGS.rows().order_by("id"))
        ratings.sort(key=lambda rating: (rating["value"] is None, -(rating["value"] or 0)))
        return Page(
            template="claims/pages/site/methodology.html",
            title=text.title,
            path=reverse("page-methodology"),
            alternates=(json_alternate(list_url("ratings")), csv_alternate(list_url("ratings", format="csv"))),
            context={"text": text, "ratings": ratings},
        )
