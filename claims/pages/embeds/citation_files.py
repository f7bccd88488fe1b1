"""Citations of claims and quotes as files for reference managers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from claims.export.citations import CITATION_FORMATS, claim_citation, quote_citation
from claims.pages.common.rows import APIRow
from claims.pages.embeds.views import SharedView

CITATIONS = {"claims": claim_citation, "quotes": quote_citation}


class CitationFileView(SharedView):
    url_prefix = "cite"

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if kwargs["extension"] not in CITATION_FORMATS:
            raise Http404
        return super().respond(request, **kwargs)

    def show(self, request: HttpRequest, row: APIRow) -> HttpResponseBase:
        extension = self.kwargs["extension"]
        file_format, citation = CITATION_FORMATS[extension], CITATIONS[self.resource](row)
        return HttpResponse(
            file_format.render(citation),
            content_type=f"{file_format.media_type}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{citation.key}.{extension}"',
                "X-Robots-Tag": "noindex",
            },
        )
