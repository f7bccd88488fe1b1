"""The page of a claim."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from claims.export.citations import claim_citation
from claims.export.syndication.jsonld import jsonld_document
from claims.models import Claim, CorrectionKind, ResourceKind
from claims.models.rating import translate_rating
from claims.pages.claims.claim_history import claim_history
from claims.pages.claims.claim_row import ClaimRow
from claims.pages.claims.stories import group_by_story
from claims.pages.common.page import (
    MAX_DESCRIPTION_LENGTH,
    Page,
    atom_alternate,
    csv_alternate,
    json_alternate,
    jsonld_alternate,
)
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.reuse import reuse_of
from claims.pages.common.rows import APIRow, read_row
from claims.pages.embeds.sharing import share_fields
from claims.resources.claims import CLAIMS
from claims.resources.permalinks import list_url, page_path
from claims.truncation import truncate

MAX_NOTICES = 3  # at the top


class ClaimPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        claim = read_row(CLAIMS, pk, serializer_class=ClaimRow)
        if claim is None:
            return removed_page(ResourceKind.CLAIMS, pk)
        corrections, share = claim["corrections"], share_fields("claims", claim)
        return Page(
            template="claims/pages/claims/claim.html",
            title=claim["text"],
            description=truncate(_description(claim) or share["image_alt"], MAX_DESCRIPTION_LENGTH),
            path=page_path("claims", pk, claim["text"]),
            alternates=(
                json_alternate(claim["url"]),
                jsonld_alternate(f"{claim['url'].rstrip('/')}.jsonld"),
                csv_alternate(list_url("quotes", claim=pk, format="csv")),
                atom_alternate(list_url("corrections", claim=pk, format="atom")),
            ),
            structured_data=jsonld_document("claims", claim),
            og_type="article",
            **share,
            published_at=claim["released_at"],
            modified_at=claim["updated_at"],
            is_indexed=claim["status"] != Claim.UNREVIEWED or settings.FACTBASE_INDEX_UNREVIEWED,
            context={
                "claim": claim,
                "repeats_feed": list_url("quotes", repeats_claim=pk, format="atom"),
                "stories": group_by_story(claim["quotes"]),
                "notices": [row for row in corrections if row["kind"] != CorrectionKind.EDIT][:MAX_NOTICES],
                "history": claim_history(claim),
                "reuse": reuse_of("claims", pk, claim_citation(claim)),
            },
        )


def _description(claim: APIRow) -> str:
    if not claim["verification"]:
        return ""
    explanation = " ".join(claim["verification"]["explanation"].split())
    return f"{translate_rating(claim['rating']['name'])}: {explanation}"
