"""An editor's first minute: log in, open the queue, accept a quote, and a reader finds it in the API."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Quote, Source
from claims.services.ingestion.ingest import ingest
from tests import factories as make
from tests.browser.sample_articles import rivers_article


def test_from_the_queue_to_the_readers(login: Callable[[], Page]) -> None:
    ingest(article=rivers_article())
    page = login()
    assert page.request.get("/api/v1/quotes/").json()["results"] == []
    page.get_by_role("link", name="Queue").click()
    expect(page.locator(".fb-rv-exact")).to_have_text("The rivers are full this year.")
    expect(page.locator(".fb-rv-speaker")).to_have_text("Lena Ford")
    expect(page.locator("#fb-rv-text mark", has_text="The rivers are full this year.")).to_be_in_viewport()
    assert not Quote.objects.accepted().exists(), "looking never accepts"
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted.", exact=True)).to_be_visible()
    found = page.request.get("/api/v1/quotes/").json()["results"]
    assert len(found) == 1
    assert "The rivers are full this year." in str(found)
    page.get_by_role("link", name="Queue").click()
    expect(page.locator(".fb-rv-exact")).to_have_count(0)


def test_accepting_from_the_list(login: Callable[[], Page]) -> None:
    make.QuoteFactory.create_batch(2)
    page = login()
    page.goto("/admin/claims/quote/?decision__exact=pending")
    page.get_by_label("Select all objects on this page for an action").check()
    page.locator("select[name=action]").select_option("accept")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("2 quotes accepted.")).to_be_visible()
    assert Quote.objects.accepted().count() == 2


def test_choosing_the_speaker_of_a_quote(login: Callable[[], Page]) -> None:
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


def test_from_a_mark_in_the_source_to_its_quote_and_back(login: Callable[[], Page]) -> None:
    text = "Rain fell. " * 400 + 'Lena Ford said: "Rivers are full."'
    at = text.index("Rivers")
    quote = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=text),
        start=at,
        end=at + 16,
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_role("link", name="Read it in the source").click()
    mark = page.locator(f"mark#quote-{quote.pk}")
    expect(mark).to_be_in_viewport()
    mark.click()
    page.wait_for_url(f"**/admin/claims/quote/{quote.pk}/change/")


def test_pasting_an_article(login: Callable[[], Page]) -> None:
    page = login()
    page.get_by_role("link", name="Sources").first.click()
    page.locator("a.addlink").click()
    page.get_by_label("Or paste the text").fill('Minister Lena Ford said: "Roads are dry."\nThat was all.')
    page.get_by_label("Title").fill("Roads")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Roads” was added; 1 quote waits.")).to_be_visible()
    expect(page.locator("mark.fb-quote-pending[id]")).to_have_text("Roads are dry.")


def test_a_file_keeps_its_own_title(login: Callable[[], Page]) -> None:
    page = login()
    page.goto("/admin/claims/source/add/")
    content = {"text": 'Minister Lena Ford said: "Roads are dry."', "title": "Dry roads"}
    page.get_by_label("Files").set_input_files(
        {"name": "upload-1.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
    )
    expect(page.get_by_label("Title")).to_have_value("")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Dry roads” was added; 1 quote waits.")).to_be_visible()
    assert Source.objects.get().title == "Dry roads"
