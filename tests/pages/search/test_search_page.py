"""Search over claims, quotes and speakers at once."""

import pytest
from django.test import Client

from claims.pages.search import search_page
from tests import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def results(client: Client, query: str) -> dict[str, list[int]]:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return {result.title: [row["id"] for row in result.rows] for result in response.context["results"]}


def test_speakers_come_first_then_claims_then_quotes(client: Client, django_assert_max_num_queries) -> None:
    quote = f.QuoteFactory(accepted=True, speaker__name="Zora Neale", claim__text="Gold is heavy.")
    f.QuoteFactory(accepted=True)
    with django_assert_max_num_queries(3):
        found = results(client, "zora")
    assert list(found.items()) == [
        ("Speakers", [quote.speaker_id]),
        ("Claims", [quote.claim_id]),
        ("Quotes", [quote.pk]),
    ]
    assert results(client, "heavy").keys() == {"Claims", "Quotes"}
    assert results(client, "unheard-of") == {}


def test_results_are_bounded_and_lead_to_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_page, "MAX_RESULTS", 2)
    for _ in range(3):
        f.QuoteFactory(accepted=True)
    html = client.get("/search/?q=rivers").content.decode()
    assert len(results(client, "rivers")["Claims"]) == 2
    assert "Show all, sort and filter" in html
    assert client.get("/claims/?q=rivers").status_code == 200


def test_without_words_it_says_how_to_search(client: Client, db) -> None:
    for url in ("/search/", "/search/?q=", "/search/?q=%20&utm_source=x"):
        html = client.get(url).content.decode()
        assert "How to search" in html
        assert "Nothing matches" not in html
        assert 'content="noindex"' not in html


def test_results_are_not_for_search_engines(client: Client, db) -> None:
    html = client.get("/search/?q=a%26b").content.decode()
    assert 'content="noindex"' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/search/?q=a%26b">' in html


@pytest.mark.parametrize("query", ["-water", "a" * 5000, "\0", "NOT water", " OR "])
def test_bad_query_is_named_and_kept_in_the_form(client: Client, db, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 400
    assert b'<span class="label">Search</span>' in response.content
    assert len(response.content) < 20_000
