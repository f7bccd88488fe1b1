"""Snapshots with quotes, and the page of their source."""

from typing import Any

from django.test import Client

from claims.models import Quote, Snapshot, Source
from tests import factories as make
from tests.admin.admin_client import admin_url

MAX_PAGE_BYTES = 300_000


NO_ATTRIBUTION: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}


def create_snapshot(text: str, source: Source | None = None) -> Snapshot:
    row: Snapshot = make.SnapshotFactory(text=text, **({"source": source} if source else {}))
    return row


def create_quotes(of: Snapshot, places: list[tuple[int, int]], **fields: Any) -> list[Quote]:
    speaker = fields.pop("speaker", None) or make.SpeakerFactory()
    return Quote.objects.bulk_create(
        Quote(
            snapshot=of, kind="direct", spans=[[start, end]], start=start, end=end, exact=of.text[start:end],
            text=of.text[start:end], speaker=speaker, confidence=0.9, extractor="tagger", extractor_version="1",
            **fields,
        )
        for start, end in places
    )  # fmt: skip


def get_source_page(client: Client, source: Source, **query: Any) -> Any:
    response = client.get(admin_url("change", source), query)
    assert response.status_code == 200
    return response
