"""Sitemaps: which pages they list, in which ranges, and that they follow their schemas."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.pages.site import sitemaps
from claims.resources.permalinks import page_path, page_url
from tests import factories as f
from tests.pages.site.sitemap_schema import SITEMAP, check_index, check_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BASE_URL = "http://127.0.0.1:8000"


def rated_claim(**fields):
    quote = f.QuoteFactory(accepted=True, **fields)
    f.VerificationFactory(claim=quote.claim, published=True)
    return quote.claim


def listed_pages(client: Client) -> set[str]:
    """All pages in the sitemaps of the index, each of which must be there."""
    pages = set()
    for url in check_index(client.get("/sitemap.xml").content):
        response = client.get(url.removeprefix(BASE_URL))
        assert response.status_code == 200, url
        pages |= set(check_sitemap(response.content, is_news=url.endswith("sitemap-news.xml")))
    return {url.removeprefix(BASE_URL) for url in pages}


@pytest.fixture
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "RANGE_SIZE", 2)


def test_empty_database_has_its_own_pages(client: Client, db) -> None:
    pages = listed_pages(client)
    assert {"/", "/claims/", "/corrections/", "/feeds/", "/about/"} <= pages
    for path in pages:
        assert client.get(path).status_code == 200, path


def test_public_rows_are_listed_under_their_canonical_urls(client: Client) -> None:
    claim = rated_claim(speaker__name="Élodie Ж", snapshot__source__title="Rivers")
    claim.topics.add(f.TopicFactory(name="Water", slug="water"))
    quote = claim.quotes.get()
    source = quote.snapshot.source
    assert {
        page_path("claims", claim.pk, claim.text),
        page_path("quotes", quote.pk),
        f"/speakers/{claim.speaker_id}/elodie-zh/",
        f"/sources/{source.pk}/rivers/",
        page_path("topics", "water"),
    } <= listed_pages(client)


def test_claims_without_verdict_are_listed_by_setting(client: Client, settings) -> None:
    checked = rated_claim()
    unchecked = f.QuoteFactory(accepted=True).claim
    draft = f.QuoteFactory().claim
    paths = {claim: page_path("claims", claim.pk, claim.text) for claim in (checked, unchecked, draft)}
    assert {paths[checked]} == listed_pages(client) & set(paths.values())
    settings.FACTBASE_INDEX_UNREVIEWED = True
    assert {paths[checked], paths[unchecked]} == listed_pages(client) & set(paths.values())


@pytest.mark.parametrize("index_unreviewed", [False, True])
def test_ranges_hold_every_claim_once(client: Client, settings, small_ranges: None, *, index_unreviewed: bool) -> None:
    settings.FACTBASE_INDEX_UNREVIEWED = index_unreviewed
    claims = [rated_claim() for _ in range(5)]
    f.QuoteFactory.create_batch(6)  # a range without public rows
    claims.append(rated_claim())
    urls = [url for url in check_index(client.get("/sitemap.xml").content) if "claims" in url]
    listed = [page for url in urls for page in check_sitemap(client.get(url.removeprefix(BASE_URL)).content)]
    assert listed == [page_url("claims", claim.pk, claim.text) for claim in claims]
    assert len(urls) >= 3


@pytest.mark.parametrize(
    "name", ["claims-1", "claims-0", "claims-99999999999999999999", "quotes-1", "secrets-1", "claims-x"]
)
def test_sitemap_without_pages_is_404(client: Client, db, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_retracted_claim_leaves_the_sitemap(client: Client) -> None:
    claim = rated_claim()
    path = page_path("claims", claim.pk, claim.text)
    assert path in listed_pages(client)
    claim.retracted_at = timezone.now()
    claim.save()
    assert path not in listed_pages(client)


@pytest.mark.django_db(transaction=True)
def test_lastmod_is_when_readers_saw_the_last_change(client: Client) -> None:
    claim = rated_claim()

    def dates(path: str) -> list[dt.datetime]:
        root = ET.fromstring(client.get(path).content)
        return [dt.datetime.fromisoformat(element.text or "") for element in root.iter(f"{SITEMAP}lastmod")]

    assert dates("/sitemap.xml")
    (first,) = dates("/sitemap-claims-1.xml")
    claim.speaker.name = "Lena Changed"  # which the claim's page shows
    claim.speaker.save()
    client.get("/sitemap.xml")
    (second,) = dates("/sitemap-claims-1.xml")
    assert second > first
    assert second in dates("/sitemap.xml")


def test_cost_does_not_grow_with_rows(client: Client) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            rated_claim()
        client.get("/sitemap.xml")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/sitemap.xml")
            client.get("/sitemap-claims-1.xml")
            client.get("/sitemap-news.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_news_are_those_of_the_last_two_days(client: Client, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def news() -> list[str]:
        return check_sitemap(client.get("/sitemap-news.xml").content, is_news=True)

    assert news() == []
    assert f"{BASE_URL}/sitemap-news.xml" not in check_index(client.get("/sitemap.xml").content)
    new = rated_claim(claim__text="New & <bold> \x08 claim.")
    old = f.QuoteFactory(accepted=True).claim
    f.VerificationFactory(claim=old, published=True, published_at=timezone.now() - dt.timedelta(days=3))
    unchecked = f.QuoteFactory(accepted=True).claim
    assert news() == [page_url("claims", new.pk, new.text)]
    assert f"{BASE_URL}/sitemap-news.xml" in check_index(client.get("/sitemap.xml").content)
    settings.FACTBASE_INDEX_UNREVIEWED = True
    urls = [page_url("claims", claim.pk, claim.text) for claim in (new, old, unchecked)]
    assert set(news()) == set(urls), "all three were released just now"
    monkeypatch.setattr(sitemaps, "MAX_NEWS", 1)
    assert len(news()) == 1


def test_claims_under_embargo_are_not_listed(client: Client, settings) -> None:
    settings.FACTBASE_INDEX_UNREVIEWED = True
    rated_claim(claim__text="A secret claim.", claim__released_at=timezone.now() + dt.timedelta(days=1))
    assert not [page for page in listed_pages(client) if "secret" in page]
