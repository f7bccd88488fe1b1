"""Looking up by the address of a page or by its site: what is found, refused, and not told."""

from urllib.parse import quote as url_quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Quote
from claims.search import page_lookup
from tests import factories as f

LISTS = ["quotes", "claims", "sources"]
PAGES = {
    "www": "https://www.bbc.co.uk/news/1",
    "news": "http://news.bbc.co.uk/2/?id=5&utm_source=feed",
    "bare": "https://bbc.co.uk:443/sport/",
    "other": "https://notbbc.co.uk/news/1",
    "hyphen": "https://bbc-news.co.uk/news/1",
    "below": "https://bbc.co.uk.example.org/news/1",
    "port": "https://bbc.co.uk:8443/",
}


@pytest.fixture(scope="module")
def page_quote_ids(module_db) -> dict[str, int]:
    ids = {name: f.QuoteFactory(accepted=True, snapshot__source__url=url).pk for name, url in PAGES.items()}
    f.QuoteFactory(snapshot__source__url="https://secret.example/a")  # waits for its review
    f.QuoteFactory(accepted=True, snapshot__source__url="")
    return ids


@pytest.fixture
def page_quotes(db, page_quote_ids) -> dict[str, Quote]:
    return {name: Quote.objects.select_related("snapshot").get(pk=pk) for name, pk in page_quote_ids.items()}


def found_pages(client, page_quotes, listed: str, query: str) -> set[str]:
    response = client.get(f"/api/v1/{listed}/?{query}")
    assert response.status_code == 200, response.content
    ids = {row["id"] for row in response.json()["results"]}
    owners = {
        name: {"quotes": quote.pk, "claims": quote.claim_id, "sources": quote.snapshot.source_id}[listed]
        for name, quote in page_quotes.items()
    }
    names = {name for name, pk in owners.items() if pk in ids}
    assert len(names) == len(ids)
    return names


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.bbc.co.uk/news/1", "www"),
        ("http://bbc.co.uk/news/1/?utm_medium=x&fbclid=y#comments", "www"),
        ("bbc.co.uk/news/1", "www"),
        ("https://news.bbc.co.uk/2?id=5", "news"),
        ("https://www.BBC.co.uk/sport", "bare"),
        ("https://bbc.co.uk:8443", "port"),
        ("https://bbc.co.uk/news/2", None),
        ("https://secret.example/a", None),
    ],
)
def test_a_page_is_found_by_any_of_its_addresses(client, page_quotes, listed, url, name):
    query = f"source_url={url_quote(url, safe='')}"
    assert found_pages(client, page_quotes, listed, query) == ({name} if name else set())


@pytest.fixture(params=[500, 1])
def max_fetched_ids(request, monkeypatch) -> None:
    monkeypatch.setattr(page_lookup, "MAX_FETCHED_IDS", request.param)


@pytest.mark.usefixtures("max_fetched_ids")
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize(
    ("site", "names"),
    [
        ("bbc.co.uk", {"www", "news", "bare", "port"}),
        ("WWW.bbc.co.uk", {"www", "news", "bare", "port"}),
        ("https://www.bbc.co.uk/", {"www", "news", "bare", "port"}),
        ("news.bbc.co.uk", {"news"}),
        ("co.uk", {"www", "news", "bare", "port", "other", "hyphen"}),
        ("bc.co.uk", set()),
        ("secret.example", set()),
    ],
)
def test_a_site_is_found_with_what_is_below_it(client, page_quotes, listed, site, names):
    assert found_pages(client, page_quotes, listed, f"site={site}") == names


REFUSED = [
    *("source_url=rivers", "source_url=javascript:alert(1)", "source_url=ftp://example.org/a", "source_url=%00"),
    *("source_url=https://ann:pw@example.org/", "source_url=https://example.org/a b", "source_url=http://[::1]/"),
    f"source_url=https://example.org/{'a' * 2000}",
    f"source_url={'a.' * 100_000}",
    *("site=bbc", "site=bbc.co.uk/news", "site=*.bbc.co.uk", "site=.uk", "site=bbc,co,uk", "site=bbc.co.uk)"),
    *("site=bbc.co.uk&site=example.org", f"site={'a.' * 200}uk", "site=%27%20OR%201=1--", "site=%25.uk"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", REFUSED, ids=[query[:40] for query in REFUSED])
@pytest.mark.parametrize("listed", LISTS)
def test_what_is_no_address_is_refused(client, listed, query):
    response = client.get(f"/api/v1/{listed}/?{query}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize(("query", "table"), [("source_url=https://www.bbc.co.uk/news/1", 1), ("site=bbc.co.uk", 1)])
def test_a_page_is_looked_up_by_one_more_query(client, page_quotes, django_assert_num_queries, query, table):
    with django_assert_num_queries(1 + table):
        client.get(f"/api/v1/quotes/?{query}")


@pytest.mark.django_db
@pytest.mark.parametrize("filter_value", [page_lookup.at_page("pk"), page_lookup.on_site("pk")])
def test_the_index_is_used(filter_value):
    with CaptureQueriesContext(connection) as captured:
        filter_value("uk,co,bbc")
    (query,) = captured.captured_queries
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "USING" in plan
        assert "INDEX" in plan
        assert "page_key" in plan
