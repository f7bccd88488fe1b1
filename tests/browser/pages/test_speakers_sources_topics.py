"""The pages of a speaker, a source and a topic in the browser."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Position, Quote
from claims.services.changefeed.processor import process_pending
from tests import factories as f
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import new_context
from tests.browser.screens import on_two_screens, page_width

FILLING = "The talks went on behind closed doors until late in the evening, and nobody spoke. " * 30


@pytest.fixture
def quotes_of_pages(live_server: LiveServer) -> list[Quote]:
    """Quotes of two speakers on one topic in a source with two versions; the second overlaps the third."""
    topic = f.TopicFactory(name="Water", slug="water", description="Rivers and dams.")
    speakers = [
        f.SpeakerFactory(name="Lena Ford", description="A hydrologist.", wikidata_id="Q42"),
        f.SpeakerFactory(name="Сергей Иванов"),
    ]
    Position.objects.create(
        speaker=speakers[0], title="Minister", organization="Waterways", held_from=dt.date(2024, 5, 1)
    )
    source = f.SourceFactory(published_on=dt.date(2025, 5, 16), authors="Ann Lee", translator="DeepL")
    text = f"A headline\n\n{FILLING}\n\n“Rivers are full,” she said.\n\n{FILLING}\n\nHe said roads are dry and long."
    snapshot = f.SnapshotFactory(source=source, text=text)
    mention = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": [], "mention_kind": ""}
    created = []
    for words, kind, speaker in (
        ("Rivers are full", "direct", speakers[0]),
        ("roads are dry and long", "indirect", speakers[1]),
        ("dry", "mixed", speakers[0]),
    ):
        start = text.index(words)
        quote = f.QuoteFactory(
            accepted=True,
            snapshot=snapshot,
            start=start,
            end=start + len(words),
            kind=kind,
            speaker=speaker,
            **mention,
        )
        quote.claim.topics.add(topic)
        created.append(quote)
    f.QuoteFactory(accepted=True, speaker=speakers[0], snapshot__source__published_on=dt.date(2024, 1, 2))
    f.VerificationFactory(claim=created[0].claim, published=True)
    later = f.SnapshotFactory(source=source, text=f'Lena Ford said: "Rivers are full." {text}')
    f.QuoteFactory(accepted=True, snapshot=later, speaker=speakers[1])
    process_pending()
    return created


def paths_of(quote: Quote) -> list[str]:
    return [
        f"/speakers/{quote.speaker_id}/",
        f"/sources/{quote.snapshot.source_id}/",
        "/topics/",
        "/topics/water/",
    ]


@on_two_screens
@pytest.mark.parametrize("publishes_texts", [True, pytest.param(False, marks=pytest.mark.nightly)])
def test_pages_are_accessible_and_fit(
    page: Page, quotes_of_pages: list[Quote], settings, *, width: int, scheme: str, publishes_texts: bool
) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = publishes_texts
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    for path in paths_of(quotes_of_pages[0]):
        page.goto(path)
        for summary in page.locator("main summary").all():
            summary.click()
        assert accessibility_violations(page) == [], path
        assert page_width(page) <= width, path


def test_pages_reflow_at_320_pixels(page: Page, quotes_of_pages: list[Quote]) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for path in paths_of(quotes_of_pages[0]):
        page.goto(path)
        assert page_width(page) <= 320, path


def test_keys_step_through_the_quotes(page: Page, quotes_of_pages: list[Quote], settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    page.goto(f"/sources/{quotes_of_pages[0].snapshot.source_id}/")
    labels = [page.locator(f"#quote-{quote.pk}") for quote in quotes_of_pages]
    labels[0].focus()
    page.keyboard.press("n")
    expect(labels[1]).to_be_focused()
    expect(labels[1]).to_be_in_viewport()
    page.keyboard.press("n")
    expect(labels[2]).to_be_focused()
    page.keyboard.press("n")  # there is no other
    expect(labels[2]).to_be_focused()
    page.keyboard.press("p")
    expect(labels[1]).to_be_focused()
    assert page.evaluate("location.hash") == f"#quote-{quotes_of_pages[1].pk}"
    page.get_by_role("checkbox").uncheck()
    labels[1].focus()
    page.keyboard.press("p")
    expect(labels[1]).to_be_focused()


def test_buttons_step_through_the_quotes_from_where_the_reader_is(page: Page, quotes_of_pages: list[Quote]) -> None:
    page.goto(f"/sources/{quotes_of_pages[0].snapshot.source_id}/#quote-{quotes_of_pages[0].pk}")
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator(".quote-label:focus")).to_have_count(1)
    expect(page.locator(".quote-label:focus")).to_be_in_viewport()


def test_quotes_are_anchors_without_script(
    browser: Browser, live_server: LiveServer, quotes_of_pages: list[Quote]
) -> None:
    with new_context(browser, base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/sources/{quotes_of_pages[1].snapshot.source_id}/#quote-{quotes_of_pages[1].pk}")
        expect(page.locator(f"#quote-{quotes_of_pages[1].pk}")).to_be_in_viewport()
        expect(page.get_by_role("button", name="Next quote")).to_be_hidden()
