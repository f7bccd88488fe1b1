"""The page of a speaker."""

from typing import Any

from django.http import HttpRequest

from claims.export.syndication.jsonld import speaker_document
from claims.models import ResourceKind
from claims.pages.common.page import Page, atom_alternate, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView, removed_page
from claims.pages.common.rows import read_row
from claims.pages.speakers.speaker_row import SpeakerRow
from claims.pages.speakers.timeline import build_timeline
from claims.resources.claims import CLAIMS
from claims.resources.counts.count_by import count_by
from claims.resources.permalinks import list_url, page_path
from claims.resources.quotes import QUOTES
from claims.resources.speakers import SPEAKERS

MAX_RATINGS = 50
MAX_MONTHS = 2000


class SpeakerPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        pk: int = kwargs["pk"]
        speaker = read_row(SPEAKERS, pk, serializer_class=SpeakerRow)
        if speaker is None:
            return removed_page(ResourceKind.SPEAKERS, pk)
        by_speaker = {"speaker": [pk]}
        verdicts = count_by(CLAIMS, "verdict", by_speaker, limit=MAX_RATINGS)
        months = count_by(QUOTES, "month", by_speaker, limit=MAX_MONTHS)
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
            context={
                "speaker": speaker,
                "verdict_counts": verdicts.groups,
                "timeline": build_timeline({month.value: month.count for month in months.groups}, speaker_id=pk),
                "undated_count": months.without_value,
            },
        )
