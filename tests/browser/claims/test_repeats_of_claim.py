"""An editor sets that a claim repeats a checked one: readers see it on the page of that, and follow it to the quote."""

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.relations import relate_claims
from tests import factories as make
from tests.browser.accessibility import accessibility_violations


def create_claim(text: str, day: dt.date, publisher: str) -> Claim:
    source = make.SourceFactory(published_on=day, publisher=publisher)
    claim: Claim = make.QuoteFactory(accepted=True, claim__text=text, snapshot__source=source).claim
    return claim


def test_a_repeat_is_shown_to_editors_and_readers(login: Callable[[], Page], live_server: LiveServer) -> None:
    checked = create_claim("Rivers are full.", dt.date(2025, 5, 1), "The Daily Example")
    rated_at = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
    make.VerificationFactory(claim=checked, published=True, published_at=rated_at)
    repeating = create_claim("All rivers are full again.", dt.date(2025, 5, 20), "The Weekly Example")
    list(update_vectors())
    page = login()
    address = f"/admin/claims/claim/{checked.pk}/change/"
    page.goto(address)
    expect(page.get_by_role("heading", name="Related claims")).to_be_visible()
    expect(page.locator("#repeats")).to_have_count(0)

    relate_claims(first=repeating, second=checked, kind="repeats", editor=make.UserFactory())
    page.goto(address)
    row = page.locator("#repeats tbody tr")
    expect(row).to_contain_text("2025-05-20")
    expect(row).to_contain_text("The Weekly Example")
    page.goto("/admin/claims/claim/?repeated=yes")
    expect(page.get_by_text("said again 1×")).to_be_visible()

    page.goto(f"{live_server.url}/claims/{checked.pk}/")
    repeats = page.get_by_role("region", name="Said again since the verdict")
    expect(repeats).to_contain_text("in 1 outlet")
    expect(repeats).to_contain_text("20 May 2025")
    assert not accessibility_violations(page)
    repeats.get_by_role("link", name="Rivers are full.").click()
    expect(page).to_have_url(f"{live_server.url}/quotes/{repeating.quotes.get().pk}/")

    checked.verifications.update(state="withdrawn")
    page.goto(f"{live_server.url}/claims/{checked.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rivers are full.")
    expect(repeats).to_have_count(0)
