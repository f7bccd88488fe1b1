"""A reader goes from the home page to a claim, its quote and proof, source, speaker, a correction and the embed."""

import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import CorrectedField, Correction
from claims.services.changefeed.processor import process_pending
from tests import factories as f
from tests.browser.conftest import new_context


@pytest.mark.journey
def test_reader_follows_the_links_without_a_script(browser: Browser, live_server: LiveServer) -> None:
    quote = f.QuoteFactory(accepted=True, claim__text="Rivers are full.")
    f.VerificationFactory(claim=quote.claim, published=True)
    correction = Correction.objects.create(
        claim=quote.claim, kind="correction", text="The date.", reason="It was wrong.", made_by=f.UserFactory()
    )
    CorrectedField.objects.create(correction=correction, field="said_on", before="2025-05-15", after="2025-05-16")
    process_pending()
    context = new_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    main = page.locator("main")
    main.get_by_role("link", name="Rivers are full.").first.click()
    expect(page).to_have_url(re.compile(rf"/claims/{quote.claim_id}/rivers-are-full/$"))
    expect(main).to_contain_text("It was wrong.")
    embed_code = page.locator("textarea").first.input_value()
    assert f"/embed/claims/{quote.claim_id}/" in embed_code

    main.locator(f'a[href="/quotes/{quote.pk}/"]').first.click()
    expect(page.locator("blockquote").first).to_contain_text(quote.text)
    expect(main).to_contain_text(quote.snapshot.sha256)  # how to prove it by hand

    main.locator(f'a[href^="/sources/{quote.snapshot.source_id}/"]').first.click()
    expect(main).to_contain_text(quote.snapshot.source.title)
    main.locator(f'a[href^="/speakers/{quote.speaker_id}/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(quote.speaker.name)

    page.get_by_role("navigation", name="Site").get_by_role("link", name="Corrections").click()
    expect(main).to_contain_text("2025-05-16")
    main.locator(f'a[href^="/claims/{quote.claim_id}/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rivers are full.")
    page.goto(f"{live_server.url}/embed/claims/{quote.claim_id}/")
    expect(main).to_contain_text("Corrected on")
    assert context.cookies() == []
    context.close()


def test_a_printed_page_has_its_address_and_nothing_to_press(live_server, browser: Browser) -> None:
    quote = f.QuoteFactory(accepted=True, claim__text="Rivers are full.")
    process_pending()
    context = new_context(browser)
    page = context.new_page()
    for path in (f"/claims/{quote.claim_id}/", f"/quotes/{quote.pk}/"):
        page.emulate_media(media="screen")
        page.goto(f"{live_server.url}{path}")
        address = page.locator('link[rel="canonical"]').get_attribute("href")
        for text in ("Use this page", "Report an error"):
            expect(page.get_by_text(text, exact=True)).to_be_visible()
        expect(page.get_by_text(address, exact=True)).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.get_by_text(address, exact=True)).to_be_visible()
        for text in ("Use this page", "Report an error", "Cite"):
            expect(page.get_by_text(text, exact=True)).to_be_hidden()
    context.close()
