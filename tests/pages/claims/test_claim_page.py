"""The page of a claim: where it is, what it says to machines, and what it costs."""

import json
import re

import pytest
from django.test import Client

from claims.models import Quote
from claims.resources.permalinks import page_path
from claims.services.claims.corrections import retract_claim
from tests import factories as f

pytestmark = pytest.mark.django_db


def claim_path(quote: Quote) -> str:
    return page_path("claims", quote.claim_id, quote.claim.text)


def test_page_shows_the_claim_with_its_verdict_and_quotes(client: Client, full_quote: Quote) -> None:
    response = client.get(claim_path(full_quote))
    assert response.status_code == 200
    html = response.content.decode()
    assert full_quote.claim.text in html
    assert full_quote.text in html
    assert full_quote.claim.verifications.get().rating.name in html


@pytest.mark.parametrize("slug", ["", "another/", "%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/"])
def test_wrong_or_missing_slug_redirects(client: Client, full_quote: Quote, slug: str) -> None:
    response = client.get(f"/claims/{full_quote.claim_id}/{slug}?utm=1")
    assert (response.status_code, response["Location"]) == (301, f"{claim_path(full_quote)}?utm=1")


@pytest.mark.parametrize("path", ["/claims/0/", "/claims/99999/", f"/claims/{10**30}/", "/claims/x/", "/claims/-1/"])
def test_unknown_claim_is_404(client: Client, db, path: str) -> None:
    assert client.get(path).status_code == 404


def test_unreleased_claim_is_404(client: Client) -> None:
    quote = f.QuoteFactory()
    assert client.get(f"/claims/{quote.claim_id}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_unchanged_page_is_304_until_something_changes(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    first = client.get(claim_path(quote))
    headers = {"If-None-Match": first["ETag"]}
    assert client.get(claim_path(quote), headers=headers).status_code == 304
    assert first["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    quote.speaker.name = "Lena Changed"
    quote.speaker.save()
    changed = client.get(claim_path(quote), headers=headers)
    assert (changed.status_code, b"Lena Changed" in changed.content) == (200, True)


def test_structured_data_cannot_end_its_element(client: Client) -> None:
    text = "</script><script>alert(1)</script> <!-- & ]]>"
    quote = f.QuoteFactory(accepted=True, claim__text=text)
    html = client.get(page_path("claims", quote.claim_id, text)).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert json.loads(script)["text"] == text
    assert "<script>alert" not in html


def test_retracted_claim_is_gone_and_says_why(client: Client) -> None:
    quote = f.QuoteFactory(accepted=True)
    retract_claim(claim=quote.claim, editor=f.UserFactory(), reason="The speaker was misheard.")
    response = client.get(f"/claims/{quote.claim_id}/")
    assert response.status_code == 410
    assert b"The speaker was misheard." in response.content
    assert b'content="noindex"' in response.content
