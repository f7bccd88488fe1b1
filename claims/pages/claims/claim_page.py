"""The page of a claim."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from claims.export.syndication.jsonld import jsonld_document
from claims.models import Claim, ResourceKind
from claims.pages.common.page import Page, json_alternate, jsonld_alternate
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.rows import read_row
from claims.pages.embeds.sharing import share_fields
from claims.resources.claims import CLAIMS
from claims.resources.permalinks import page_path


class ClaimPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        claim = read_row(CLAIMS, pk, expand=("speaker",))
        if claim is None:
            return removed_page(ResourceKind.CLAIMS, pk)
        return Page(
            template="claims/pages/claim.html",
            title=claim["text"],
            path=page_path("claims", pk, claim["text"]),
            alternates=(json_alternate(claim["url"]), jsonld_alternate(f"{claim['url'].rstrip('/')}.jsonld")),
            structured_data=jsonld_document("claims", claim),
            og_type="article",
            **share_fields("claims", claim),
            published_at=claim["released_at"],
            modified_at=claim["updated_at"],
            is_indexed=claim["status"] != Claim.UNREVIEWED or settings.FACTBASE_INDEX_UNREVIEWED,
            context={"claim": claim},
        )
