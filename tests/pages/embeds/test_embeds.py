"""Embeds, images and oEmbed of claims and quotes, over HTTP."""

import json
from urllib.parse import quote as percent_encode
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.models import Quote
from claims.resources.permalinks import page_url
from claims.services.claims.corrections import retract_claim
from tests import factories as f

pytestmark = pytest.mark.django_db
EMBED_PATHS = ["/embed/claims/{claim}/", "/embed/quotes/{quote}/"]
IMAGE_PATHS = ["/og/claims/{claim}.png", "/og/quotes/{quote}.png"]


def fill(path: str, quote: Quote) -> str:
    return path.format(claim=quote.claim_id, quote=quote.pk)


@pytest.mark.parametrize("path", EMBED_PATHS)
def test_embed_may_be_framed_and_has_no_script(client: Client, full_quote: Quote, path: str) -> None:
    response = client.get(fill(path, full_quote))
    assert response.status_code == 200
    html = response.content.decode()
    assert full_quote.speaker.name in html
    assert "<script" not in html
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies


@pytest.mark.parametrize("path", ["/", "/claims/{claim}/", "/api/v1/claims/{claim}/", "/admin/login/", "/nothing/"])
def test_nothing_else_may_be_framed(client: Client, full_quote: Quote, path: str) -> None:
    response = client.get(fill(path, full_quote), follow=True)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_embed_shows_a_correction(client: Client, full_quote: Quote) -> None:
    assert b"Corrected on" in client.get(f"/embed/claims/{full_quote.claim_id}/").content
    uncorrected = f.QuoteFactory(accepted=True)
    assert b"Corrected on" not in client.get(f"/embed/claims/{uncorrected.claim_id}/").content


@pytest.mark.parametrize("path", [*EMBED_PATHS, *IMAGE_PATHS])
def test_what_is_retracted_is_gone_and_says_so(client: Client, path: str) -> None:
    quote = f.QuoteFactory(accepted=True)
    retract_claim(claim=quote.claim, editor=f.UserFactory(), reason="The speaker was misheard.")
    response = client.get(fill(path, quote))
    assert response.status_code == 410
    assert b"etracted" in response.content
    if path.startswith("/embed"):
        assert "frame-ancestors *" in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*EMBED_PATHS, *IMAGE_PATHS])
def test_what_never_was_public_is_404(client: Client, path: str) -> None:
    quote = f.QuoteFactory()
    assert client.get(fill(path, quote)).status_code == 404
    assert client.get(path.format(claim=10**30, quote=10**30)).status_code == 404


@pytest.mark.parametrize("path", IMAGE_PATHS)
def test_image_is_a_png(client: Client, full_quote: Quote, path: str) -> None:
    response = client.get(fill(path, full_quote))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response.content.startswith(b"\x89PNG")


def get_oembed(client: Client, url: str, query: str = ""):
    return client.get(f"/oembed?url={percent_encode(url, safe='')}{query}")


@pytest.mark.parametrize("slug", ["", "any-slug/"])
def test_oembed_describes_the_embed_of_a_page(client: Client, full_quote: Quote, slug: str) -> None:
    response = get_oembed(client, f"{page_url('claims', full_quote.claim_id)}{slug}")
    document = response.json()
    assert (document["version"], document["type"]) == ("1.0", "rich")
    assert isinstance(document["width"], int)
    assert isinstance(document["height"], int)
    assert f'src="http://127.0.0.1:8000/embed/claims/{full_quote.claim_id}/"' in document["html"]
    assert document["author_name"] == full_quote.claim.speaker.name
    assert client.get(document["thumbnail_url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_oembed_is_open_to_other_sites(client: Client, full_quote: Quote) -> None:
    url = percent_encode(page_url("quotes", full_quote.pk), safe="")
    assert (
        client.get(f"/oembed?url={url}", headers={"Origin": "https://cms.example"})["Access-Control-Allow-Origin"]
        == "*"
    )


def test_oembed_in_xml_says_the_same(client: Client, full_quote: Quote) -> None:
    url = page_url("claims", full_quote.claim_id)
    root = ET.fromstring(get_oembed(client, url, "&format=xml").content)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in get_oembed(client, url).json().items()
    }


def test_oembed_keeps_to_the_limits(client: Client, full_quote: Quote) -> None:
    url = page_url("claims", full_quote.claim_id)
    small = get_oembed(client, url, "&maxwidth=400&maxheight=200").json()
    assert (small["width"], small["height"]) == (400, 200)
    assert 'width="400"' in small["html"]
    assert "thumbnail_url" not in small  # it would be larger


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=yaml", 501),
        ("maxwidth=wide", 400),
        ("maxwidth=0", 400),
        ("maxheight=-1", 400),
        ("maxwidth=" + "9" * 50, 400),
    ],
)
def test_oembed_refuses(client: Client, full_quote: Quote, query: str, status: int) -> None:
    assert get_oembed(client, page_url("claims", full_quote.claim_id), f"&{query}").status_code == status


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://elsewhere.example/claims/1/",
        "http://127.0.0.1:8000.evil.example/claims/1/",
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000/api/v1/claims/1/",
        "http://127.0.0.1:8000/claims/999999/",
        "http://127.0.0.1:8000/claims/" + "9" * 40 + "/",
        "http://127.0.0.1:8000//[",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_only_pages_of_claims_and_quotes(client: Client, url: str) -> None:
    assert get_oembed(client, url).status_code == 404


def test_page_links_to_its_image_and_its_oembed(client: Client, full_quote: Quote) -> None:
    html = client.get(f"/claims/{full_quote.claim_id}/", follow=True).content.decode()
    assert f'<meta property="og:image" content="http://127.0.0.1:8000/og/claims/{full_quote.claim_id}.png">' in html
    discovered = html.partition('type="application/json+oembed"')[2].partition('href="')[2].partition('"')[0]
    document = client.get(discovered.removeprefix("http://127.0.0.1:8000").replace("&amp;", "&"))
    assert json.loads(document.content)["title"] == full_quote.claim.text
