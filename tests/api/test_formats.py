"""The forms in which lists and rows can be had: which are asked for how, and whether each is what it says it is."""

import csv
import datetime as dt
import io
import json
import zipfile
from functools import partial
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from claims.api import exports
from claims.api.views import RESOURCES
from claims.export import annotation, atom, linked, xlsx
from claims.models import Claim, Correction, Quote, Rating, Snapshot
from tests import factories as f
from tests.export.vocabularies import ANNOTATION_PAGE, ATOM, check_annotation, faults, feed_faults

ANNOTATION = annotation.MEDIA_TYPE
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl",
    "xlsx": xlsx.MEDIA_TYPE,
    "jsonld": "application/ld+json",
    "annotation": ANNOTATION,
    "atom": "application/atom+xml",
}
LISTS = [(kind, form.format) for kind in RESOURCES for form in exports.forms_of(kind, detail=False)]
ROWS = [(kind, form.format) for kind in RESOURCES for form in exports.forms_of(kind, detail=True)]


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def sheet(workbook: bytes) -> list[list[str]]:
    """The texts and numbers of a workbook's only sheet."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(workbook)).read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row.iter(f"{main}c")] for row in root.iter(f"{main}row")]


@pytest.fixture
def quote(db) -> Quote:
    """One of everything."""
    quote = f.QuoteFactory(
        accepted=True, speaker__wikidata_id="Q42", snapshot__source__published_on=dt.date(2025, 5, 16)
    )
    quote.claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    verification = f.VerificationFactory(claim=quote.claim, published=True)
    f.EvidenceFactory(verification=verification, source=f.SourceFactory(), archive_url="https://archive.example/1")
    f.QuoteFactory(accepted=True, claim__speaker=None)
    Correction.objects.create(
        claim=quote.claim, kind="correction", text="A date.", reason="It was wrong.", made_by=f.UserFactory()
    )
    return Quote.objects.get(pk=quote.pk)


def test_every_form_is_there():
    assert {form for _, form in LISTS} == set(MEDIA_TYPES)
    assert all((kind, form) in LISTS for kind in RESOURCES for form in ("json", "csv", "jsonl", "xlsx"))
    assert {kind for kind, form in LISTS if form == "atom"} == {"quotes", "verifications", "corrections"}


@pytest.mark.parametrize(("kind", "form"), LISTS)
def test_a_list_is_had_by_name_suffix_or_media_type(client, quote, kind, form):
    media_type = MEDIA_TYPES[form]
    answers = [
        client.get(f"/api/v1/{kind}/?format={form}", headers={"Accept": "text/html"}),
        client.get(f"/api/v1/{kind}.{form}"),
        client.get(f"/api/v1/{kind}/", headers={"Accept": f"text/html, {media_type.split('; charset')[0]}, */*;q=0.1"}),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"] == media_type
        assert "Accept" in answer["Vary"].split(", ")
        assert answer["Cache-Control"]
        assert content(answer)
    if form in {"csv", "jsonl", "xlsx"}:
        assert answers[0]["Content-Disposition"] == f'attachment; filename="{kind}.{form}"'
    head = client.head(f"/api/v1/{kind}.{form}")
    assert (head.status_code, content(head), head["Content-Type"]) == (200, b"", media_type)
    if head.has_header("Content-Disposition"):
        assert head["Content-Disposition"] == answers[1]["Content-Disposition"]


@pytest.mark.parametrize(("kind", "form"), ROWS)
def test_a_row_is_had_in_its_forms(client, quote, kind, form):
    pk = client.get(f"/api/v1/{kind}/").json()["results"][0]["id"]
    for answer in (client.get(f"/api/v1/{kind}/{pk}.{form}"), client.get(f"/api/v1/{kind}/{pk}/?format={form}")):
        assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPES[form])
    assert client.get(f"/api/v1/{kind}/999999999.{form}").status_code == 404


ACCEPTS = [
    ("application/json;q=0.1, text/csv", "text/csv; charset=utf-8; header=present"),
    ("text/csv;q=0.1, application/json", "application/json"),
    ("text/csv; charset=utf-8", "text/csv; charset=utf-8; header=present"),
    ("application/*", "application/json"),
    ("text/*", "text/csv; charset=utf-8; header=present"),
    ("application/ld+json", "application/ld+json"),
    ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', ANNOTATION),
    ("application/x-ndjson", "application/x-ndjson"),
    ("application/json;q=nonsense", "application/json"),
    ("", "application/json"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("accept", "media_type"), ACCEPTS)
def test_what_is_most_wanted_is_given(client, accept, media_type):
    answer = client.get("/api/v1/quotes/", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "accept", ["text/html", "application/json;q=0", "nonsense", "a" * 10_000, ",", "x" * 300 + "/y"]
)
def test_what_cannot_be_given_is_told_what_can(client, accept):
    answer = client.get("/api/v1/quotes/", headers={"Accept": accept})
    assert answer.status_code == 406
    assert "application/atom+xml" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_form_that_is_not_there_is_told_those_that_are(client):
    for address in ("topics.atom", "topics/?format=atom"):
        problem = client.get(f"/api/v1/{address}").json()
        assert problem["errors"] == [{"parameter": "format", "detail": "must be one of json, csv, jsonl, xlsx"}]


# --- Whole lists ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", RESOURCES)
def test_whole_lists_have_every_row_of_the_pages(client, quote, kind, monkeypatch):
    monkeypatch.setattr(exports, "BLOCK", 1)
    rows = client.get(f"/api/v1/{kind}/?page_size=200").json()["results"]
    ids = [row["id"] for row in rows]
    assert ids
    lines = [json.loads(line) for line in content(client.get(f"/api/v1/{kind}.jsonl")).splitlines()]
    assert lines == rows
    cells = list(csv.reader(io.StringIO(content(client.get(f"/api/v1/{kind}.csv")).decode(), newline="")))
    described = client.get(f"/api/v1/{kind}.csv-metadata.json").json()["tableSchema"]
    assert cells[0] == [column["name"] for column in described["columns"]]
    assert described["primaryKey"] == cells[0][0]
    assert [int(row[0]) for row in cells[1:]] == ids
    table = sheet(content(client.get(f"/api/v1/{kind}.xlsx")))
    assert table[0] == cells[0]
    assert [int(row[0]) for row in table[1:]] == ids
    for address in (f"{kind}/?format=csv", f"{kind}.xlsx"):
        link = client.get(f"/api/v1/{address}")["Link"].partition("<")[2].partition(">")[0]
        assert link.endswith(f"/api/v1/{kind}.csv-metadata.json")


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_table_is_what_its_description_says(client, quote, kind):
    rows = list(csv.DictReader(io.StringIO(content(client.get(f"/api/v1/{kind}.csv")).decode(), newline="")))
    reads = {"integer": int, "double": float, "date": dt.date.fromisoformat, "dateTime": dt.datetime.fromisoformat}
    for column in client.get(f"/api/v1/{kind}.csv-metadata.json").json()["tableSchema"]["columns"]:
        for row in rows:
            cell = row[column["name"]]
            assert cell or not column.get("required"), column
            if cell and column["datatype"] in reads:
                reads[column["datatype"]](cell)


def test_the_cells_of_every_table_are_safe(client, quote):
    f.SpeakerFactory(name="x")
    type(quote.speaker).objects.filter(pk=quote.speaker_id).update(name="=cmd|' /C calc'!A0")
    text = content(client.get("/api/v1/quotes.csv")).decode()
    assert ",'=cmd|" in text
    assert ",=cmd|" in content(client.get("/api/v1/quotes.csv?raw=1")).decode()
    assert content(client.get("/api/v1/quotes.csv?bom=1")).startswith(b"\xef\xbb\xbfquote_id")
    book = zipfile.ZipFile(io.BytesIO(content(client.get("/api/v1/quotes.xlsx"))))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_whole_list_is_in_the_order_asked_for(client, quote):
    for kind in ("quotes", "claims"):
        newest = [row["id"] for row in client.get(f"/api/v1/{kind}/").json()["results"]]
        for form in ("csv", "jsonl"):
            text = content(client.get(f"/api/v1/{kind}.{form}?ordering=oldest")).decode()
            first = text.splitlines()[1 if form == "csv" else 0]
            assert (int(first.split(",")[0]) if form == "csv" else json.loads(first)["id"]) == newest[-1]
        assert client.get(f"/api/v1/{kind}.csv?ordering=relevance&q=a").status_code == 400


@pytest.mark.parametrize("asked", ["speaker_name=Nobody", "wikidata=Q9", "q=nowhere", "topic=none"])
@pytest.mark.parametrize(("kind", "form"), LISTS)
def test_a_list_of_nothing_is_had_in_every_form(client, quote, kind, form, asked):
    if asked.partition("=")[0] not in RESOURCES[kind].filterset_class.base_filters:
        return
    answer = client.get(f"/api/v1/{kind}.{form}?{asked}")
    assert answer.status_code == 200
    told = answer.getvalue()
    if form == "csv":
        assert told.count(b"\r\n") == 1
    elif form in {"jsonl", "ndjson"}:
        assert told == b""
    else:
        assert str(quote.exact).encode() not in told


def test_json_lines_have_the_fields_asked_for(client, quote):
    line = content(client.get("/api/v1/quotes.jsonl?fields=id,exact")).splitlines()[0]
    assert set(json.loads(line)) == {"id", "exact"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonld", "annotation", "atom"])
def test_a_form_with_columns_of_its_own_takes_no_choice_of_fields(client, quote, form):
    answer = client.get(f"/api/v1/quotes.{form}?fields=id")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize("kind", ["claims", "quotes"])
def test_a_workbook_is_whole_or_refused(client, quote, kind, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    assert client.get(f"/api/v1/{kind}.xlsx").status_code == 200
    f.QuoteFactory(accepted=True)
    for ask in (client.get, client.head):
        answer = ask(f"/api/v1/{kind}.xlsx")
        assert answer.status_code == 400
    problem = client.get(f"/api/v1/{kind}.xlsx").json()["errors"][0]
    assert problem["parameter"] == "format"
    assert "at most 2 rows" in problem["detail"]
    assert "csv or jsonl" in problem["detail"]


def test_a_text_that_no_cell_holds_refuses_the_workbook(client, quote):
    Claim.objects.filter(pk=quote.claim_id).update(text="a" * 40_000)
    answer = client.get("/api/v1/claims.xlsx")
    assert answer.status_code == 400
    assert "an Excel cell holds 32,767" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("kind", ["claims", "quotes"])
def test_what_fails_half_way_is_no_file_that_looks_whole(client, quote, kind, form, monkeypatch):
    """Our server ends such an answer as any other, so the file ends in what no program reads as a row."""
    monkeypatch.setattr(exports, "BLOCK", 1)
    monkeypatch.setattr(exports.csv, "blocks", partial(exports.csv.blocks, size=1, first=1))
    answer = client.get(f"/api/v1/{kind}.{form}")
    blocks = iter(answer.streaming_content)
    assert next(blocks)

    def gone(execute, *args):
        raise RuntimeError

    monkeypatch.setattr(exports.csv.copying, "_copied", gone)  # PostgreSQL's way goes by no wrapper
    with connection.execute_wrapper(gone):
        last = next(blocks).decode()
        with pytest.raises(RuntimeError):
            next(blocks)
    assert "THIS LIST IS NOT COMPLETE" in last
    with pytest.raises((csv.Error, json.JSONDecodeError)):
        list(csv.reader([last], strict=True)) if form == "csv" else json.loads(last)


@pytest.mark.django_db
def test_what_fails_at_once_is_a_problem(client, quote, monkeypatch):
    def gone(execute, *args):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr(exports.csv.copying, "_copied", gone)  # as above
    with connection.execute_wrapper(gone):
        for kind in ("claims", "quotes"):
            answer = client.get(f"/api/v1/{kind}.csv")
            assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


def test_a_reader_that_goes_away_ends_the_work(client, quote, monkeypatch):
    closed = []

    def endless(*_, **__):
        try:
            while True:
                yield b"x"
        finally:
            closed.append(True)

    monkeypatch.setattr(exports.csv, "blocks", endless)
    answer = client.get("/api/v1/claims.csv")
    assert next(iter(answer.streaming_content)) == b"xx"
    answer.close()
    assert closed


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def test_a_claim_with_a_verdict_is_a_claim_review(client, quote):
    review = client.get(f"/api/v1/claims/{quote.claim_id}.jsonld").json()
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert faults(review) == []
    assert review["claimReviewed"] == review["itemReviewed"]["text"] == quote.claim.text
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "True",
        "ratingValue": 5,
        "worstRating": 1,
        "bestRating": 5,
    }
    said = review["itemReviewed"]
    assert (said["@type"], said["author"]["sameAs"]) == ("Claim", "http://www.wikidata.org/entity/Q42")
    assert said["appearance"][0]["text"] == quote.exact
    assert review["citation"][0]["archivedAt"] == "https://archive.example/1"
    assert review["author"]["name"] == "127.0.0.1"


def test_a_rating_outside_the_scale_has_no_value(client, quote):
    quote.claim.verifications.update(state="withdrawn")
    f.VerificationFactory(claim=quote.claim, published=True, rating=Rating.objects.get(value=None))
    review = client.get(f"/api/v1/claims/{quote.claim_id}.jsonld").json()
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Unverifiable"}


def test_a_claim_without_a_verdict_is_a_claim(client, quote):
    quote.claim.verifications.update(state="withdrawn")
    said = client.get(f"/api/v1/claims/{quote.claim_id}.jsonld").json()
    assert (said["@type"], said["text"]) == ("Claim", quote.claim.text)
    assert faults(said) == []


def test_a_quote_is_a_quotation(client, quote):
    said = client.get(f"/api/v1/quotes/{quote.pk}.jsonld").json()
    assert faults(said) == []
    assert (said["@type"], said["text"], said["spokenByCharacter"]["@type"]) == ("Quotation", quote.exact, "Person")
    assert said["isPartOf"]["datePublished"] == said["datePublished"] == "2025-05-16"
    assert said["about"]["@id"].endswith(f"/claims/{quote.claim_id}/")


@pytest.mark.parametrize("kind", linked.NODES)
def test_a_list_is_an_item_list_page_by_page(client, quote, kind):
    answer = client.get(f"/api/v1/{kind}.jsonld?page_size=1")
    page = answer.json()
    assert page["@type"] == "ItemList"
    assert faults(page) == []
    assert len(page["itemListElement"]) == 1
    if kind != "verifications":
        following = answer["Link"].partition("<")[2].partition(">")[0]
        assert f"/{kind}.jsonld?page_size=1&cursor=" in following
        assert client.get(following).json()["itemListElement"] != page["itemListElement"]


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Quote"}, ": type Quote"),
        ({"@type": "Quotation", "said": "x"}, "/said: Quotation has none"),
        ({"@type": "Quotation", "spokenByCharacter": {"@type": "Rating"}}, "/spokenByCharacter: no Rating"),
        ({"@type": "Claim", "claimReviewed": "x"}, "/claimReviewed: Claim has none"),
        ({"@type": "Claim", "dateModified": "yesterday"}, "/dateModified: 'yesterday'"),
        ({"@type": "Claim", "url": ""}, "/url: ''"),
    ],
)
def test_the_vocabulary_finds_faults(node, fault):
    assert faults(node) == [fault]


# --- Web Annotation ---------------------------------------------------------------------------------------------------


def test_a_quote_is_an_annotation(client, quote):
    document = client.get(f"/api/v1/quotes/{quote.pk}.annotation").json()
    check_annotation(document)
    assert client.get(document["id"]).json() == document
    target = document["target"]
    assert target["source"].endswith(f"/sources/{quote.snapshot.source_id}/snapshots/{quote.snapshot.sha256}/")
    assert target["scope"] == quote.snapshot.source.url
    words, place = target["selector"]
    assert (words["exact"], words["prefix"], words["suffix"]) == (quote.exact, quote.prefix, quote.suffix)
    assert quote.snapshot.text[place["start"] : place["end"]] == words["exact"]


def test_positions_are_code_points_and_parts_are_targets_of_their_own(client, db):
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
    assert Snapshot.objects.get().text == text


def test_quotes_are_a_page_of_a_collection(client, quote):
    page = client.get("/api/v1/quotes.annotation?page_size=1").json()
    check_annotation(page, ANNOTATION_PAGE)
    following = client.get(page["next"]).json()
    check_annotation(following, ANNOTATION_PAGE)
    assert following["partOf"] == page["partOf"]
    assert following["items"] != page["items"]
    assert client.get(following["prev"]).json()["items"] == page["items"]
    check_annotation(client.get("/api/v1/quotes.annotation?kind=mixed").json(), ANNOTATION_PAGE)


# --- Atom -------------------------------------------------------------------------------------------------------------


def feed(client, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert feed_faults(answer.content) == []
    return ET.fromstring(answer.content)


def link(element: ET.Element, relation: str) -> str | None:
    return next((each.get("href") for each in element.findall(f"{ATOM}link") if each.get("rel") == relation), None)


@pytest.mark.parametrize("kind", atom.ENTRIES)
def test_a_feed_says_what_its_list_says(client, quote, kind):
    root = feed(client, f"/api/v1/{kind}.atom")
    rows = client.get(f"/api/v1/{kind}/").json()["results"]
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [row["url"] for row in rows]
    assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert all(entry.findtext(f"{ATOM}content") for entry in entries)
    empty = feed(client, f"/api/v1/{kind}.atom?claim=999999999")
    assert empty.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_a_feed_has_pages(client, quote):
    first = feed(client, "/api/v1/quotes.atom?page_size=1")
    assert link(first, "previous") is None
    second = feed(client, link(first, "next"))
    assert second.findtext(f"{ATOM}id") == first.findtext(f"{ATOM}id") == link(second, "first")
    assert second.findtext(f"{ATOM}entry/{ATOM}id") != first.findtext(f"{ATOM}entry/{ATOM}id")
    assert link(feed(client, link(second, "previous")), "self")


def test_an_entry_of_a_quote_names_its_speaker_and_source(client, quote):
    entry = next(
        each
        for each in feed(client, "/api/v1/quotes.atom").findall(f"{ATOM}entry")
        if each.findtext(f"{ATOM}id").endswith(f"/quotes/{quote.pk}/")
    )
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == quote.speaker.name
    assert link(entry, "via") == quote.snapshot.source.url
    assert quote.exact in entry.findtext(f"{ATOM}content")


def test_a_feed_is_xml_whatever_the_text_is(client, quote):
    nasty = "<script>&\x01\x0b\ufffe]]>\"'" + "ж" * 200
    quote.claim.verifications.update(state="withdrawn")
    f.VerificationFactory(claim=quote.claim, published=True, explanation=nasty)
    Claim.objects.update(text=nasty)
    entry = feed(client, "/api/v1/verifications.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == nasty.replace("\x01", "�").replace("\x0b", "�").replace("\ufffe", "�")
    assert len(entry.findtext(f"{ATOM}title")) == 120


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<feed/>", "root feed"),
        (f'<feed xmlns="{ATOM[1:-1]}"/>', "0 id in feed"),
        (f'<feed xmlns="{ATOM[1:-1]}"><entry><updated>now</updated></entry></feed>', "updated: now"),
    ],
)
def test_the_feeds_rules_find_faults(text, fault):
    assert fault in feed_faults(text.encode())
