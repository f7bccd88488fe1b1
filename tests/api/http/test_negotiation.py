"""The forms in which lists and rows can be had: which are asked for how, and what cannot be given."""

import pytest

from claims.api.resources.viewsets import RESOURCES
from tests.api.formats import ANNOTATION_TYPE, LIST_FORMATS, MEDIA_TYPES, ROW_FORMATS, response_content


def test_every_form_is_there():
    assert {form for _, form in LIST_FORMATS} == set(MEDIA_TYPES)
    assert all((kind, form) in LIST_FORMATS for kind in RESOURCES for form in ("json", "csv", "jsonl", "xlsx"))
    assert {kind for kind, form in LIST_FORMATS if form == "atom"} == {"quotes", "verifications", "corrections"}


@pytest.mark.parametrize(("resource", "format_name"), LIST_FORMATS)
def test_a_list_is_had_by_name_suffix_or_media_type(client, full_quote, resource, format_name):
    media_type = MEDIA_TYPES[format_name]
    answers = [
        client.get(f"/api/v1/{resource}/?format={format_name}", headers={"Accept": "text/html"}),
        client.get(f"/api/v1/{resource}.{format_name}"),
        client.get(
            f"/api/v1/{resource}/", headers={"Accept": f"text/html, {media_type.split('; charset')[0]}, */*;q=0.1"}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"] == media_type
        assert "Accept" in answer["Vary"].split(", ")
        assert answer["Cache-Control"]
        assert response_content(answer)
    if format_name in {"csv", "jsonl", "xlsx"}:
        assert answers[0]["Content-Disposition"] == f'attachment; filename="{resource}.{format_name}"'
    head = client.head(f"/api/v1/{resource}.{format_name}")
    assert (head.status_code, response_content(head), head["Content-Type"]) == (200, b"", media_type)
    if head.has_header("Content-Disposition"):
        assert head["Content-Disposition"] == answers[1]["Content-Disposition"]


@pytest.mark.parametrize(("resource", "format_name"), ROW_FORMATS)
def test_a_row_is_had_in_its_forms(client, full_quote, resource, format_name):
    pk = client.get(f"/api/v1/{resource}/").json()["results"][0]["id"]
    for answer in (
        client.get(f"/api/v1/{resource}/{pk}.{format_name}"),
        client.get(f"/api/v1/{resource}/{pk}/?format={format_name}"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (200, MEDIA_TYPES[format_name])
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
