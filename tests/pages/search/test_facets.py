"""The facets of lists: how many rows have each value, and the link to those."""

import datetime as dt
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client

from claims.resources.claims import CLAIMS
from claims.resources.counts.count_by import count_by
from claims.resources.counts.facets import count_facets
from claims.resources.quotes import QUOTES
from claims.resources.resource import Resource
from tests import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FACET_VALUE = re.compile(
    r'<li><a href="([^"]*)" rel="nofollow"( aria-current="true")?>'
    r'<bdi>([^<]*)</bdi></a>[^<]*<span class="count">(\d+)'
)


def facet_values(client: Client, url: str) -> dict[str, tuple[str, int, bool]]:
    html = client.get(url).content.decode()
    return {
        label: (unescape(href), int(count), bool(current)) for href, current, label, count in FACET_VALUE.findall(html)
    }


@pytest.fixture
def claims() -> None:
    """Three claims: two of January, two about water, one with a verdict, one quoted indirectly."""
    water = f.TopicFactory(name="Water", slug="water")
    first = f.QuoteFactory(accepted=True, claim__said_on=dt.date(2025, 1, 5), speaker__name="Ann")
    f.VerificationFactory(claim=first.claim, published=True)
    second = f.QuoteFactory(accepted=True, claim__said_on=dt.date(2025, 1, 31), speaker__name="Ben", kind="indirect")
    f.QuoteFactory(
        accepted=True, claim__said_on=dt.date(2025, 2, 1), speaker__name="Cy", snapshot__source__publisher="Sons, Inc"
    )
    for quote in (first, second):
        quote.claim.topics.add(water)
    f.QuoteFactory(claim__text="A secret claim.", speaker__name="Secret")


@pytest.mark.parametrize("resource", [CLAIMS, QUOTES], ids=["claims", "quotes"])
@pytest.mark.parametrize("query", ["", "q=rivers&topic=water", "kind=direct"])
def test_facets_count_as_the_api_counts(claims: None, resource: Resource, query: str) -> None:
    filters, _ = resource.filterset_class.parse(QueryDict(query))
    facets = count_facets(resource, list(resource.dimensions), filters, limit=5)
    assert facets.groups == {name: count_by(resource, name, filters, limit=5) for name in resource.dimensions}
    assert not facets.is_cut


@pytest.mark.parametrize("resource", [CLAIMS, QUOTES], ids=["claims", "quotes"])
def test_long_lists_are_counted_up_to_a_limit(claims: None, resource: Resource, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        facets = count_facets(resource, ["kind", "month"], {}, limit=5, max_rows=2)
    assert (facets.row_count, facets.is_cut) == (2, True)
    assert {group.value: group.count for group in facets.groups["kind"].groups} == {"direct": 1, "indirect": 1}


def test_nothing_can_match(db) -> None:
    filters, _ = CLAIMS.filterset_class.parse(QueryDict("q=!"))
    assert count_facets(CLAIMS, ["kind"], filters, limit=5).row_count == 0


@pytest.mark.parametrize("path", ["/claims/", "/quotes/"])
def test_each_value_leads_to_as_many_rows_as_it_says(client: Client, claims: None, path: str) -> None:
    values = facet_values(client, path)
    assert values.keys() == {
        *("True", "Not yet checked", "Water", "Ann", "Ben", "Cy", "The Daily Example", "Sons, Inc"),
        *("January 2025", "February 2025", "Word for word", "Reported, not word for word"),
    }
    for label, (url, count, _) in values.items():
        response = client.get(url)
        assert response.status_code == 200
        assert len(response.context["rows"]) == count, label


def test_selected_value_can_be_given_up(client: Client, claims: None) -> None:
    url = facet_values(client, "/claims/?q=rivers")["January 2025"][0]
    selected = facet_values(client, url)["January 2025"]
    assert selected == ("/claims/?q=rivers", 2, True)


def test_chips_show_names(client: Client, claims: None) -> None:
    html = client.get(facet_values(client, "/claims/")["Ben"][0]).content.decode()
    assert '<span class="label">Speaker</span> <bdi>Ben</bdi>' in html


@pytest.mark.parametrize("name", ["speakers", "sources", "corrections"])
def test_lists_without_counts_have_links_by_kind(client: Client, db, name: str) -> None:
    links = re.findall(rf'href="(/{name}/\?kind=[^"]*)" rel="nofollow"', client.get(f"/{name}/").content.decode())
    assert len(links) >= 4
    for link in links:
        assert client.get(link).status_code == 200
