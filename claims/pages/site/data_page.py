"""The page of the data: its licence, how to cite it, and where to download it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from claims.models import SitePageSlug
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.services.site.site_texts import read_site_text


class DataPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        text = read_site_text(SitePageSlug.DATA)
        return Page(
            template="claims/pages/site/data.html",
            title=text.title,
            path=reverse("page-data"),
            context={"text": text},
        )
