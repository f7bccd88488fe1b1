"""Editors see where a claim was said again after its verdict, and list such claims by how often."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Quote
from claims.services.changefeed.processor import process_pending
from tests import factories as make
from tests.admin.admin_client import admin_url

RATED_AT = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)


def create_repeated_claim(times: int) -> Claim:
    claim: Claim = make.QuoteFactory(accepted=True).claim
    make.VerificationFactory(claim=claim, published=True, published_at=RATED_AT)
    for day in range(17, 17 + times):
        source = make.SourceFactory(published_on=dt.date(2025, 5, day), publisher=f"The {day}th Example")
        make.QuoteFactory(accepted=True, claim=claim, speaker=claim.speaker, snapshot__source=source)
    process_pending()
    return claim


def panel(client: Client, claim: Claim) -> str:
    html = client.get(admin_url("change", claim)).content.decode()
    return " ".join(html.partition('id="repeats"')[2].partition("</section>")[0].split())


def test_the_page_of_a_claim_lists_its_repeats(client: Client) -> None:
    section = panel(client, create_repeated_claim(2))
    assert section.index("2025-05-18") < section.index("2025-05-17")
    quote = Quote.objects.get(snapshot__source__publisher="The 18th Example")
    for words in ("Said again since the verdict", "The 18th Example", str(quote.speaker), admin_url("change", quote)):
        assert words in section


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_without_a_verdict_there_are_none(client: Client, state: str) -> None:
    claim = create_repeated_claim(1)
    claim.verifications.update(state=state)
    assert not panel(client, claim)


def test_claims_are_listed_by_how_often_they_were_said_again(client: Client) -> None:
    claims = [create_repeated_claim(times) for times in (1, 3, 2, 0)]
    response = client.get(f"{reverse('admin:claims_claim_changelist')}?repeated=yes")
    assert list(response.context["cl"].result_list) == [claims[1], claims[2], claims[0]]
    assert "said again 3×" in response.content.decode()
