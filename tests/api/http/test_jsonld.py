"""JSON-LD: claims, quotes, verdicts and lists in the schema.org vocabulary."""

import pytest

from claims.export.syndication import jsonld
from claims.models import Rating
from claims.resources.permalinks import page_url
from tests import factories as f
from tests.export.vocabularies import schema_org_errors

pytestmark = pytest.mark.sqlite_suffices


def test_a_claim_with_a_verdict_is_a_claim_review(client, full_quote):
    review = client.get(f"/api/v1/claims/{full_quote.claim_id}.jsonld").json()
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert schema_org_errors(review) == []
    assert review["claimReviewed"] == review["itemReviewed"]["text"] == full_quote.claim.text
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "True",
        "ratingValue": 5,
        "worstRating": 1,
        "bestRating": 5,
    }
    node = review["itemReviewed"]
    assert (node["@type"], node["author"]["sameAs"]) == ("Claim", "http://www.wikidata.org/entity/Q42")
    assert node["appearance"][0]["text"] == full_quote.exact
    assert review["citation"][0]["archivedAt"] == "https://archive.example/1"
    assert review["author"]["name"] == "factbase"
    assert review["author"]["logo"].startswith("http://127.0.0.1:8000/static/")
    page = page_url("claims", full_quote.claim_id, full_quote.claim.text)
    assert review["url"] == node["url"] == page
    assert client.get(page.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_rating_outside_the_scale_has_no_value(client, full_quote):
    full_quote.claim.verifications.update(state="withdrawn")
    f.VerificationFactory(claim=full_quote.claim, published=True, rating=Rating.objects.get(value=None))
    review = client.get(f"/api/v1/claims/{full_quote.claim_id}.jsonld").json()
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Unverifiable"}


def test_a_claim_without_a_verdict_is_a_claim(client, full_quote):
    full_quote.claim.verifications.update(state="withdrawn")
    node = client.get(f"/api/v1/claims/{full_quote.claim_id}.jsonld").json()
    assert (node["@type"], node["text"]) == ("Claim", full_quote.claim.text)
    assert schema_org_errors(node) == []


def test_a_quote_is_a_quotation(client, full_quote):
    node = client.get(f"/api/v1/quotes/{full_quote.pk}.jsonld").json()
    assert schema_org_errors(node) == []
    assert (node["@type"], node["text"], node["spokenByCharacter"]["@type"]) == (
        "Quotation",
        full_quote.exact,
        "Person",
    )
    assert node["isBasedOn"]["datePublished"] == node["datePublished"] == "2025-05-16"
    assert node["creator"] == node["spokenByCharacter"]
    assert node["url"].endswith(f":8000/quotes/{full_quote.pk}/")
    assert node["about"]["@id"].endswith(f"/claims/{full_quote.claim_id}/")


@pytest.mark.parametrize("resource", jsonld.NODE_BUILDERS)
def test_a_list_is_a_paged_item_list(client, full_quote, resource):
    response = client.get(f"/api/v1/{resource}.jsonld?page_size=1")
    page = response.json()
    assert page["@type"] == "ItemList"
    assert schema_org_errors(page) == []
    assert len(page["itemListElement"]) == 1
    if resource != "verifications":
        next_url = response["Link"].partition("<")[2].partition(">")[0]
        assert f"/{resource}.jsonld?page_size=1&cursor=" in next_url
        assert client.get(next_url).json()["itemListElement"] != page["itemListElement"]


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
def test_schema_org_errors_are_found(node, fault):
    assert schema_org_errors(node) == [fault]
