"""Quotes as Web Annotations."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from claims.export.text_fragments import quote_fragment_url
from claims.models import Snapshot, Source
from tests import factories as f
from tests.api.formats import ANNOTATION_TYPE
from tests.export.vocabularies import ANNOTATION_PAGE, check_annotation

pytestmark = pytest.mark.sqlite_suffices
QUERIES = ["", "?target=snapshot", "?target=article"]


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


def test_the_target_is_the_snapshot_or_the_article_at_its_publisher(client, full_quote):
    source = full_quote.snapshot.source
    url = f"/api/v1/quotes/{full_quote.pk}.annotation"
    by_default, at_snapshot, in_article = (client.get(f"{url}{query}").json() for query in QUERIES)
    assert by_default == at_snapshot
    check_annotation(in_article)
    assert in_article["id"] == f"{by_default['id']}?target=article"
    assert client.get(in_article["id"]).json() == in_article
    target = in_article["target"]
    words, fragment = target["selector"]
    assert target["source"] == source.url
    assert words == by_default["target"]["selector"][0]
    assert fragment["conformsTo"] == "https://wicg.github.io/scroll-to-text-fragment/"
    row = client.get(f"/api/v1/quotes/{full_quote.pk}/").json()
    assert f"{target['source']}#{fragment['value']}" == quote_fragment_url(row)
    page = client.get("/api/v1/quotes/?page_size=1&target=article", headers={"accept": ANNOTATION_TYPE}).json()
    check_annotation(page, ANNOTATION_PAGE)
    assert "target=article" in page["next"]
    assert all(item["id"].endswith(".annotation?target=article") for item in page["items"])


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://example.org/a#comments", "comments:~:text="),
        ("https://example.org/a#comments:~:text=else", "comments:~:text="),
        ("https://example.org/a?b=1#", ":~:text="),
    ],
)
def test_a_fragment_of_the_article_itself_is_kept(client, full_quote, address, value):
    Source.objects.filter(pk=full_quote.snapshot.source_id).update(url=address)
    target = client.get(f"/api/v1/quotes/{full_quote.pk}.annotation?target=article").json()["target"]
    assert target["source"] == address
    assert target["selector"][1]["value"].startswith(value)
    assert target["selector"][1]["value"].count(":~:") == 1


def test_each_part_is_found_in_the_article(client, db):
    text = "“Rivers,” he said, “are full - and dry.”"
    first, second = text.index("Rivers"), text.index("are")
    spans = [[first, first + 7], [second, second + 19]]
    quote = f.QuoteFactory(
        accepted=True,
        snapshot=f.SnapshotFactory(text=text, source__url="https://example.org/a"),
        spans=spans,
        start=spans[0][0],
        end=spans[1][1],
        exact="Rivers, are full - and dry.",
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    document = client.get(f"/api/v1/quotes/{quote.pk}.annotation?target=article").json()
    check_annotation(document)
    values = [target["selector"][1]["value"] for target in document["target"]]
    assert "Rivers%2C" in values[0]
    assert "are%20full%20%2D%20and%20dry." in values[1]
    assert all(value.count("text=") == 1 for value in values)


@pytest.mark.parametrize("address", ["", "ftp://example.org/a"])
def test_a_source_without_web_address_is_annotated_in_its_snapshot(client, full_quote, address):
    Source.objects.filter(pk=full_quote.snapshot.source_id).update(url=address)
    url = f"/api/v1/quotes/{full_quote.pk}.annotation"
    document = client.get(f"{url}?target=article").json()
    assert document["id"].endswith("?target=article")
    assert document["target"] == client.get(url).json()["target"]
    assert "/snapshots/" in document["target"]["source"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("quotes.annotation?target=articel", "must be one of snapshot, article; did you mean article?"),
        ("quotes/{id}.annotation?target=", "must not be empty"),
        ("quotes.annotation?target=article&target=snapshot", "may be given only once"),
        ("quotes/?target=article", "not allowed with format=json"),
        ("quotes/{id}/?target=snapshot", "not allowed with format=json"),
        ("quotes.csv?target=article", "not allowed with format=csv"),
        ("quotes.xlsx?target=article", "not allowed with format=xlsx"),
        ("quotes.jsonld?target=article", "not allowed with format=jsonld"),
        ("quotes/{id}.jsonld?target=article", "not allowed with format=jsonld"),
        ("quotes.atom?target=article", "not allowed with format=atom"),
        ("claims.jsonld?target=article", "unknown parameter"),
    ],
)
def test_a_target_is_of_annotations_alone(client, full_quote, path, message):
    response = client.get(f"/api/v1/{path.format(id=full_quote.pk)}")
    assert response.status_code == 400
    assert response.json()["errors"] == [{"parameter": "target", "detail": message}]


def test_the_schema_has_the_target_of_annotations_alone():
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    targets = {
        path: parameter["schema"]["enum"]
        for path, operations in paths.items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "target"
    }
    assert set(targets) == {"/api/v1/quotes.annotation", "/api/v1/quotes/{id}.annotation"}
    assert set(map(tuple, targets.values())) == {("snapshot", "article")}
