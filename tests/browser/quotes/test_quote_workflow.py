"""Accepting quotes, choosing their speaker, and moving between a quote and its article."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Quote
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.browser.sample_articles import rivers_article


@pytest.mark.both_databases
@pytest.mark.journey
def test_accepted_quote_appears_in_the_api(login: Callable[[], Page]) -> None:
    ingest(article=rivers_article())
    page = login()
    assert page.request.get("/api/v1/quotes/").json()["results"] == []
    page.goto("/admin/")
    page.get_by_role("link", name="Review queue").click()
    expect(page.locator(".fb-review-quote-text")).to_have_text("“The rivers are full this year.”")
    expect(page.locator(".fb-review-speaker")).to_have_text("Lena Ford")
    expect(page.locator("#fb-review-text mark", has_text="The rivers are full this year.")).to_be_in_viewport()
    assert not Quote.objects.accepted().exists(), "opening a quote never accepts it"
    page.get_by_role("button", name="Accept a", exact=True).click()
    expect(page.locator(".fb-review-done")).to_have_text("Accepted: Lena Ford: “The rivers are full this year.”")
    results = page.request.get("/api/v1/quotes/").json()["results"]
    assert len(results) == 1
    assert "The rivers are full this year." in str(results)
    page.get_by_role("link", name="Review queue").click()
    expect(page.locator(".fb-review-quote-text")).to_have_count(0)


def test_accept_from_the_list(login: Callable[[], Page]) -> None:
    make.QuoteFactory.create_batch(2)
    page = login()
    page.goto("/admin/claims/quote/?decision__exact=pending")
    page.get_by_label("Select all objects on this page for an action").check()
    page.locator("select[name=action]").select_option("accept")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("2 quotes accepted.")).to_be_visible()
    assert Quote.objects.accepted().count() == 2


@pytest.mark.both_databases
def test_choose_speaker(login: Callable[[], Page]) -> None:
    quote, speaker = make.QuoteFactory(speaker=None, claim__speaker=None), make.SpeakerFactory(name="Ann Wu")
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    page.locator(".field-speaker .select2-selection").click()
    page.locator(".select2-search__field").fill("ann")
    page.get_by_role("option", name="Ann Wu").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    quote.refresh_from_db()
    assert quote.speaker == speaker


def test_links_between_quote_and_article(login: Callable[[], Page]) -> None:
    text = "Rain fell. " * 400 + 'Lena Ford said: "Rivers are full."'
    start = text.index("Rivers")
    quote = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=text),
        start=start,
        end=start + 16,
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_role("link", name="View in article").click()
    mark = page.locator(f"mark#quote-{quote.pk}")
    expect(mark).to_be_in_viewport()
    mark.click()
    page.wait_for_url(f"**/admin/claims/quote/{quote.pk}/change/")
