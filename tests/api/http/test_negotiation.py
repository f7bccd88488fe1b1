"""Content negotiation: how the formats of lists and rows are selected."""

import pytest

from claims.resources import RESOURCES
from tests.api.formats import ANNOTATION_TYPE, LIST_FORMATS, MEDIA_TYPES, ROW_FORMATS, response_content

pytestmark = pytest.mark.sqlite_suffices


def test_every_format_is_offered():
    assert {format_name for _, format_name in LIST_FORMATS} == set(MEDIA_TYPES)
    assert all(
        (resource, format_name) in LIST_FORMATS
        for resource in RESOURCES
        for format_name in ("json", "csv", "jsonl", "xlsx")
    )
    assert {resource for resource, format_name in LIST_FORMATS if format_name == "atom"} == {
        "claims",
        "quotes",
        "verifications",
        "corrections",
    }


@pytest.mark.parametrize(("resource", "format_name"), LIST_FORMATS)
def test_a_list_format_is_selected_by_parameter_suffix_or_accept_header(client, full_quote, resource, format_name):
    media_type = MEDIA_TYPES[format_name]
    responses = [
        client.get(f"/api/v1/{resource}/?format={format_name}", headers={"Accept": "text/html"}),
        client.get(f"/api/v1/{resource}.{format_name}"),
        client.get(
            f"/api/v1/{resource}/", headers={"Accept": f"text/html, {media_type.split('; charset')[0]}, */*;q=0.1"}
        ),
    ]
    for response in responses:
        assert response.status_code == 200, response.content
        assert response["Content-Type"] == media_type
        assert "Accept" in response["Vary"].split(", ")
        assert response["Cache-Control"]
        assert response_content(response)
    if format_name in {"csv", "jsonl", "xlsx"}:
        assert responses[0]["Content-Disposition"] == f'attachment; filename="{resource}.{format_name}"'
    head = client.head(f"/api/v1/{resource}.{format_name}")
    assert (head.status_code, response_content(head), head["Content-Type"]) == (200, b"", media_type)
    if head.has_header("Content-Disposition"):
        assert head["Content-Disposition"] == responses[1]["Content-Disposition"]


@pytest.mark.parametrize(("resource", "format_name"), ROW_FORMATS)
def test_a_row_format_is_selected_by_suffix_or_parameter(client, full_quote, resource, format_name):
    pk = client.get(f"/api/v1/{resource}/").json()["results"][0]["id"]
    for response in (
        client.get(f"/api/v1/{resource}/{pk}.{format_name}"),
        client.get(f"/api/v1/{resource}/{pk}/?format={format_name}"),
    ):
        assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPES[format_name])
    assert client.get(f"/api/v1/{resource}/999999999.{format_name}").status_code == 404


ACCEPTS = [
    ("application/json;q=0.1, text/csv", "text/csv; charset=utf-8; header=present"),
    ("text/csv;q=0.1, application/json", "application/json"),
    ("text/csv; charset=utf-8", "text/csv; charset=utf-8; header=present"),
    ("application/*", "application/json"),
    ("text/*", "text/csv; charset=utf-8; header=present"),
    ("application/ld+json", "application/ld+json"),
    ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', ANNOTATION_TYPE),
    ("application/x-ndjson", "application/x-ndjson"),
    ("application/json;q=nonsense", "application/json"),
    ("", "application/json"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("accept", "media_type"), ACCEPTS)
def test_the_accept_header_is_honoured(client, accept, media_type):
    response = client.get("/api/v1/quotes/", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response["Content-Type"]) == (200, media_type)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "accept", ["text/html", "application/json;q=0", "nonsense", "a" * 10_000, ",", "x" * 300 + "/y"]
)
def test_an_unacceptable_request_lists_the_media_types(client, accept):
    response = client.get("/api/v1/quotes/", headers={"Accept": accept})
    assert response.status_code == 406
    assert "application/atom+xml" in response.json()["detail"]


@pytest.mark.django_db
def test_an_unknown_format_lists_the_formats(client):
    problem = client.get("/api/v1/topics/?format=atom").json()
    assert problem["errors"] == [{"parameter": "format", "detail": "must be one of json, csv, jsonl, xlsx"}]


LIST_SUFFIXES, ROW_SUFFIXES = ".json, .csv, .jsonl, .xlsx", ".json, .annotation, .jsonld"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "suffix", "available"),
    [
        ("topics.atom", ".atom", LIST_SUFFIXES),
        ("topics.xml?page_size=3", ".xml", LIST_SUFFIXES),
        ("topics.tar.gz", ".tar.gz", LIST_SUFFIXES),
        ("topics.JSON", ".JSON", f"{LIST_SUFFIXES}; did you mean .json?"),
        ("topics.%00", ".\0", LIST_SUFFIXES),
        ("quotes/12.csv", ".csv", ROW_SUFFIXES),
        ("quotes/12.x%22%3Cy", '.x"<y', ROW_SUFFIXES),
        (f"quotes/12.{'x' * 5000}", "." + "x" * 100, ROW_SUFFIXES),
    ],
)
def test_an_unknown_suffix_is_named_beside_those_available(client, url, suffix, available):
    response = client.get(f"/api/v1/{url}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error == {
        "parameter": "suffix",
        "detail": f"{suffix} is not available here: the URL may end in {available}",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["topics.", "topicsxml", "nothing.xml", "quotes/twelve.json", "quotes/12.json/"])
def test_other_urls_are_not_found(client, url):
    assert client.get(f"/api/v1/{url}").status_code == 404
