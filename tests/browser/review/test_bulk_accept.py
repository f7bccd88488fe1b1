"""The page that accepts several quotes of an article at once."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote
from claims.services.ingestion.ingest import ingest
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import new_context
from tests.browser.review.review_screen import REVIEW_URL
from tests.browser.screens import on_every_screen, page_width
from tests.sample_articles import make_article

TEXT = """It rained for a week in all of the valleys of the north.

“The rivers are full. The dam will hold for a year, and nobody needs to leave,” said Lena Ford, minister of rivers.

She said that the roads were dry. Nobody had asked her about them.

The minister said that the bridges would be closed from Tuesday on.

“We have waited long enough,” Tobias Reck told reporters.
"""


@on_every_screen
def test_named_speakers_are_preselected(login: Callable[[], Page], width: int, scheme: Any) -> None:
    source = ingest(article=make_article(TEXT, title="Rivers are full")).source
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{REVIEW_URL}source/{source.pk}/?least=30")
    expect(page.get_by_text("Not selected: speaker found by pronoun, “She”")).to_be_visible()
    expect(page.get_by_text("Not selected: speaker found by role, “The minister”")).to_be_visible()
    expect(page.locator(".fb-review-bulk-text").first).to_have_text(TEXT.split("\n\n")[1])
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page.get_by_role("checkbox", checked=False)).to_have_count(2)
    assert accessibility_violations(page) == []
    assert page_width(page) <= width


def test_without_javascript(browser: Browser, live_server: LiveServer, login: Callable[[], Page]) -> None:
    source = ingest(article=make_article(TEXT, title="Rivers are full")).source
    context = new_context(
        browser, base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 768}
    )
    context.add_cookies(login().context.cookies())
    page = context.new_page()
    page.goto(f"{REVIEW_URL}source/{source.pk}/?least=30")
    page.get_by_role("checkbox", checked=False).first.check()
    page.get_by_role("button", name="Accept selected").click()
    expect(page.locator(".fb-review-done")).to_contain_text("3 quotes accepted")
    assert Quote.objects.accepted().count() == 3
    context.close()
