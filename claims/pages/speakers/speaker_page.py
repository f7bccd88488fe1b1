"""The page of a speaker."""

from typing import Any

from django.http import HttpRequest

from claims.export.syndication.jsonld import speaker_document
from claims.models import ResourceKind
from claims.pages.common.page import Page, atom_alternate, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.rows import read_row
from claims.pages.speakers.speaker_row import SpeakerRow
from claims.resources.permalinks import list_url, page_path
from claims.resources.speakers import SPEAKERS


class SpeakerPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        speaker = read_row(SPEAKERS, pk, serializer_class=SpeakerRow)
        if speaker is None:
            return removed_page(ResourceKind.SPEAKERS, pk)
        return Page(
            template="claims/pages/speaker.html",
            title=speaker["name"],
            description=speaker["description"],
            path=page_path("speakers", pk, speaker["name"]),
            alternates=(
                json_alternate(speaker["url"]),
                csv_alternate(list_url("quotes", speaker=pk, format="csv")),
                atom_alternate(list_url("quotes", speaker=pk, format="atom")),
            ),
            structured_data=speaker_document(speaker),
            og_type="profile",
            modified_at=speaker["updated_at"],
            context={"speaker": speaker},
        )
