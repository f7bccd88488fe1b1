"""Quotation marks mean verbatim: a direct, an indirect, a partly direct and a two-part quote, as readers get them."""

import csv
import io
from xml.etree import ElementTree as ET

import pytest

from claims.models import Quote
from tests import factories as f
from tests.export.vocabularies import (
    ANNOTATION_PAGE,
    ATOM,
    atom_errors,
    check_annotation,
    schema_org_errors,
)

pytestmark = pytest.mark.django_db

TEXT = (
    'Lena Ford said: "Rivers are full," and left. She told us that roads are dry, too. Ford called the rain "a relief,"'
    ' later. "We will go," Ford said. "We will stay until \'Friday\'."'
)
# kind, parts, title of the feed's entry, its content, what JSON-LD calls it, the text in API, JSON-LD and CSV
QUOTES = [
    (
        "direct",
        ["Rivers are full,"],
        "Lena Ford: “Rivers are full”",
        "“Rivers are full”\n— Lena Ford (The Daily Example, Rain, 2025-05-16)",
        "Quotation",
        "Rivers are full",
    ),
    (
        "indirect",
        ["roads are dry"],
        "Lena Ford: roads are dry",
        "roads are dry\n— Lena Ford, as reported (The Daily Example, Rain, 2025-05-16)",
        "Statement",
        "roads are dry",
    ),
    (
        "mixed",
        ['the rain "a relief,"'],
        'Lena Ford: the rain "a relief"',
        'the rain "a relief"\n— Lena Ford, as reported (The Daily Example, Rain, 2025-05-16)',
        "Statement",
        'the rain "a relief"',
    ),
    (
        "direct",
        ["We will go,", "We will stay until 'Friday'."],
        "Lena Ford: “We will go […] We will stay until 'Friday'.”",
        "“We will go […] We will stay until 'Friday'.”\n— Lena Ford (The Daily Example, Rain, 2025-05-16)",
        "Quotation",
        "We will go […] We will stay until 'Friday'.",
    ),
]


@pytest.fixture
def four_quotes(db) -> list[Quote]:
    speaker = f.SpeakerFactory(name="Lena Ford")
    snapshot = f.SnapshotFactory(text=TEXT, source__title="Rain", source__published_on="2025-05-16")
    rows = []
    for kind, parts, *_ in QUOTES:
        spans = [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]
        rows.append(
            f.QuoteFactory(
                accepted=True,
                snapshot=snapshot,
                speaker=speaker,
                kind=kind,
                spans=spans,
                start=spans[0][0],
                end=spans[-1][1],
                exact=" ".join(parts),
            )
        )
    return rows


def test_feed(client, four_quotes):
    content = client.get("/api/v1/quotes.atom?ordering=oldest").content
    assert atom_errors(content) == []
    entries = ET.fromstring(content).findall(f"{ATOM}entry")
    shown = [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}content")) for entry in entries]
    assert shown == [(title, text) for _, _, title, text, _, _ in QUOTES]
    categories = [entry.find(f"{ATOM}category").attrib for entry in entries]
    assert [category["term"] for category in categories] == [kind for kind, *_ in QUOTES]
    assert {category["scheme"] for category in categories} == {"http://127.0.0.1:8000/api/v1/quotes/#kind"}


def test_json_ld(client, four_quotes):
    page = client.get("/api/v1/quotes.jsonld?ordering=oldest").json()
    assert schema_org_errors(page) == []
    nodes = page["itemListElement"]
    shown = [(node["keywords"]["termCode"], node["@type"], node["text"]) for node in nodes]
    assert shown == [(kind, node_type, text) for kind, _, _, _, node_type, text in QUOTES]
    speakers = [node["creator"] for node in nodes]
    assert [speaker["name"] for speaker in speakers] == ["Lena Ford"] * 4
    claim = client.get(f"/api/v1/claims/{four_quotes[1].claim_id}.jsonld").json()
    assert schema_org_errors(claim) == []
    assert (claim["appearance"][0]["@type"], claim["appearance"][0]["text"]) == ("Statement", "roads are dry")


def test_annotations(client, four_quotes):
    page = client.get("/api/v1/quotes.annotation?ordering=oldest").json()
    check_annotation(page, ANNOTATION_PAGE)
    kinds = [body["value"] for item in page["items"] for body in item["body"] if body["purpose"] == "classifying"]
    assert kinds == [kind for kind, *_ in QUOTES]
    targets = [item["target"] if isinstance(item["target"], list) else [item["target"]] for item in page["items"]]
    assert [[part["selector"][0]["exact"] for part in parts] for parts in targets] == [parts for _, parts, *_ in QUOTES]


def test_json_and_csv(client, four_quotes):
    rows = client.get("/api/v1/quotes/?ordering=oldest").json()["results"]
    assert [(row["kind"], row["exact"], row["text"]) for row in rows] == [
        (kind, " ".join(parts), text) for kind, parts, _, _, _, text in QUOTES
    ]
    for resource, kind_column in (("quotes", "kind"), ("claims", "quote_kind")):
        response = client.get(f"/api/v1/{resource}.csv?ordering=oldest")
        cells = csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline=""))
        assert [(row[kind_column], row["quote"]) for row in cells] == [(kind, text) for kind, *_, text in QUOTES]


def test_search_finds_words_of_both_parts(client, four_quotes):
    for words in ("go stay", '"we will go"', '"until friday"'):
        rows = client.get("/api/v1/quotes/", {"q": words}).json()["results"]
        assert [row["id"] for row in rows] == [four_quotes[3].pk]
