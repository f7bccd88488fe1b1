"""The page of a quote: alone, in context, and how to check it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from claims.export.citations import quote_citation, quote_title
from claims.export.syndication.jsonld import jsonld_document
from claims.export.text_fragments import passages_of
from claims.models import ResourceKind
from claims.pages.common.page import (
    MAX_DESCRIPTION_LENGTH,
    Page,
    annotation_alternate,
    json_alternate,
    jsonld_alternate,
)
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.reuse import reuse_of
from claims.pages.common.rows import APIRow, read_row
from claims.pages.embeds.sharing import card_in_words, quote_card, share_fields
from claims.pages.quotes.quote_row import FIELDS, QuoteRow
from claims.resources.permalinks import page_path, snapshot_url
from claims.resources.quotes import QUOTES
from claims.templatetags.pages import surroundings
from claims.truncation import truncate

MAX_QUOTED = 100  # characters of the quote in the title and description of its page


class QuotePageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        quote = read_row(QUOTES, pk, fields=FIELDS, serializer_class=QuoteRow)
        if quote is None:
            return removed_page(ResourceKind.QUOTES, pk)
        citation, share = quote_citation(quote), share_fields("quotes", quote)
        url = quote["url"].rstrip("/")
        return Page(
            template="claims/pages/quotes/quote.html",
            title=quote_title(quote, max_quoted=MAX_QUOTED),
            path=page_path("quotes", pk),
            alternates=(
                json_alternate(quote["url"]),
                jsonld_alternate(f"{url}.jsonld"),
                annotation_alternate(f"{url}.annotation"),
            ),
            structured_data=jsonld_document("quotes", quote),
            og_type="article",
            description=truncate(card_in_words(quote_card(quote, max_quoted=MAX_QUOTED)), MAX_DESCRIPTION_LENGTH),
            **share,
            published_at=quote["accepted_at"],
            modified_at=quote["updated_at"],
            context={
                "quote": quote,
                "context": surroundings(quote),
                "passages": passages_of(quote["exact"], quote["spans"]),
                "snapshot": next(s for s in quote["source"]["snapshots"] if s["sha256"] == quote["snapshot_sha256"]),
                "proof": _proof(quote),
                "reuse": reuse_of("quotes", pk, citation),
            },
        )


def _proof(quote: APIRow) -> dict[str, Any]:
    """Returns what `proof.js` compares a text with."""
    path = urlsplit(snapshot_url(quote["source"]["id"], quote["snapshot_sha256"])).path
    return {
        "sha256": quote["snapshot_sha256"],
        **{name: quote[name] for name in ("exact", "spans", "prefix", "suffix")},
        # A path, as the page may be served from another host than the one of its links.
        "textPath": path if settings.FACTBASE_PUBLISH_TEXTS else "",
    }
