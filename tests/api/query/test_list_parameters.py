"""The parameters of all lists: which are refused, and what counts and rankings of many rows say."""

import pytest
from django.utils import timezone

from claims.models import Quote
from claims.resources.sql.sql_serializer import MAX_FIELD_NAMES
from tests import factories as f


@pytest.mark.parametrize(
    ("query_string", "parameter"),
    [
        ("quotes/?fields=colour", "fields"),
        ("quotes/?fields=id,", "fields"),
        ("quotes/?fields=speaker.colour", "fields"),
        ("quotes/?fields=speaker..name", "fields"),
        ("quotes/?fields=id.id", "fields"),
        ("quotes/?fields=__class__", "fields"),
        ("quotes/?fields=snapshot.text", "fields"),
        ("claims/?fields=quotes.snapshot.text", "fields"),
        ("quotes/?fields=decided_by", "fields"),
        ("quotes/?fields=%00", "fields"),
        (f"quotes/?fields={'a' * 9000}", "fields"),
        ("quotes/1/?fields=colour", "fields"),
        (f"quotes/?fields={','.join(['id'] * (MAX_FIELD_NAMES + 1))}", "fields"),
        ("quotes/?" + "&".join(["fields=id,id"] * (MAX_FIELD_NAMES // 2 + 1)), "fields"),
        ("quotes/1/?fields=id&fields=colour", "fields"),
        ("quotes/?expand=colour", "expand"),
        ("quotes/?expand=speaker.names", "expand"),
        ("topics/?expand=claims", "expand"),
        ("quotes/?ordering=best", "ordering"),
        ("quotes/?ordering=relevance", "ordering"),
        ("corrections/?ordering=relevance", "ordering"),
        ("quotes/?count=many", "count"),
        ("quotes/1/?count=exact", "count"),
    ],
)
@pytest.mark.django_db
def test_invalid_parameters_are_named(client, query_string, parameter):
    f.QuoteFactory(pk=1, accepted=True)
    response = client.get(f"/api/v1/{query_string}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


@pytest.mark.parametrize("path", ["quotes/", "quotes/1/"])
@pytest.mark.django_db
def test_names_of_fields_may_be_repeated_or_joined(client, path):
    f.QuoteFactory(pk=1, accepted=True)

    def get_row(query_string: str) -> dict[str, object]:
        body = client.get(f"/api/v1/{path}?{query_string}").json()
        row: dict[str, object] = body.get("results", [body])[0]
        return row

    assert get_row("fields=id&fields=text,kind&fields=speaker.name").keys() == {"id", "text", "kind", "speaker"}
    assert get_row("expand=speaker&expand=source") == get_row("expand=speaker,source") != get_row("expand=speaker")


@pytest.mark.django_db
def test_an_estimated_count_is_marked(client, monkeypatch):
    monkeypatch.setattr("claims.api.query.pagination.MAX_EXACT_ROWS", 4)
    moment = timezone.now()
    for _ in range(9):
        f.QuoteFactory(accepted=True, decided_at=moment)
    body = client.get("/api/v1/quotes/?count=estimate").json()
    assert body["count_is_estimate"]
    assert 8 <= body["count"] <= 10


@pytest.mark.django_db
def test_paging_by_relevance_ends_and_tells_whether_it_is_cut(client, monkeypatch):
    for _ in range(7):
        f.QuoteFactory(accepted=True)
    url, seen = "/api/v1/quotes/?q=rivers&ordering=relevance&page_size=3&fields=id", []
    while url:
        body = client.get(url).json()
        assert body["ranking_is_cut"] is False
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
    assert sorted(seen) == sorted(Quote.objects.values_list("pk", flat=True))
    assert client.get(body["previous"]).json()["results"] == [{"id": pk} for pk in seen[3:6]]
    monkeypatch.setattr("claims.http.list_pages.MAX_RANKED_CANDIDATES", 5)
    body = client.get("/api/v1/quotes/?q=rivers&ordering=relevance&page_size=9").json()
    assert (len(body["results"]), body["next"], body["ranking_is_cut"]) == (5, None, True)
