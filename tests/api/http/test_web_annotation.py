"""Quotes as Web Annotations."""

import pytest

from claims.models import Snapshot
from tests import factories as f
from tests.export.vocabularies import ANNOTATION_PAGE, check_annotation

pytestmark = pytest.mark.sqlite_suffices


def test_a_quote_is_an_annotation(client, full_quote):
    document = client.get(f"/api/v1/quotes/{full_quote.pk}.annotation").json()
    check_annotation(document)
    assert client.get(document["id"]).json() == document
    target = document["target"]
    assert target["source"].endswith(
        f"/sources/{full_quote.snapshot.source_id}/snapshots/{full_quote.snapshot.sha256}/"
    )
    assert target["scope"] == full_quote.snapshot.source.url
    words, place = target["selector"]
    assert (words["exact"], words["prefix"], words["suffix"]) == (
        full_quote.exact,
        full_quote.prefix,
        full_quote.suffix,
    )
    assert full_quote.snapshot.text[place["start"] : place["end"]] == words["exact"]


def test_offsets_count_code_points_and_each_part_is_a_target(client, db):
    text = "😀 “Rivers,” 😀 he said, “are full.”"
    first, second = text.index("Rivers"), text.index("are")
    spans = [[first, first + 7], [second, second + 9]]
    quote = f.QuoteFactory(
        accepted=True,
        snapshot=f.SnapshotFactory(text=text),
        spans=spans,
        start=spans[0][0],
        end=spans[1][1],
        exact="Rivers, are full.",
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    document = client.get(f"/api/v1/quotes/{quote.pk}.annotation").json()
    check_annotation(document)
    parts = [target["selector"] for target in document["target"]]
    assert [words["exact"] for words, _ in parts] == ["Rivers,", "are full."]
    assert [text[place["start"] : place["end"]] for _, place in parts] == ["Rivers,", "are full."]
    assert "prefix" in parts[0][0]
    assert "suffix" not in parts[0][0]
    assert Snapshot.objects.get(pk=quote.snapshot_id).text == text


def test_a_list_is_a_page_of_a_collection(client, full_quote):
    page = client.get("/api/v1/quotes.annotation?page_size=1").json()
    check_annotation(page, ANNOTATION_PAGE)
    next_page = client.get(page["next"]).json()
    check_annotation(next_page, ANNOTATION_PAGE)
    assert next_page["partOf"] == page["partOf"]
    assert next_page["items"] != page["items"]
    assert client.get(next_page["prev"]).json()["items"] == page["items"]
    check_annotation(client.get("/api/v1/quotes.annotation?kind=mixed").json(), ANNOTATION_PAGE)
