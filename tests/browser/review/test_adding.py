"""Adding quotes, choosing speakers and reading long articles on the review screen."""

import re
from collections.abc import Callable

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Quote, Snapshot, Speaker, SpeakerKind
from claims.services.speakers.directory import add_speaker
from tests import factories as make
from tests.browser.review.review_screen import REVIEW_URL, press_keys, select_text_in_article, wait_for_quote
from tests.services.quotes.quoted_text import POINTED_HEBREW, TEXT, make_quote_of


def test_click_on_another_quote_opens_it(queue: Page, quotes: list[Quote]) -> None:
    queue.locator(f'#fb-review-text [data-quote="{quotes[2].pk}"]').click()
    wait_for_quote(queue, quotes[2])
    expect(queue).to_have_url(re.compile(f"quote={quotes[2].pk}$"))


def test_add_quote_by_selecting_text(queue: Page, quotes: list[Quote], snapshot: Snapshot) -> None:
    select_text_in_article(queue, POINTED_HEBREW)
    press_keys(queue, "+")
    expect(queue.locator(".fb-review-preview b")).to_have_text(POINTED_HEBREW)
    press_keys(queue, "1", "2", "Enter")
    expect(queue.get_by_text("Quote added (accepted).", exact=True)).to_be_visible()
    added = Quote.objects.latest("pk")
    assert (added.exact, added.speaker, added.decision, added.kind) == (
        POINTED_HEBREW,
        quotes[0].speaker,
        "accepted",
        "direct",
    )
    wait_for_quote(queue, added)


def test_add_quote_with_the_keyboard(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "+", "ArrowUp", "ArrowDown", "Enter")
    expect(queue.get_by_text("Quote added (pending).", exact=True)).to_be_visible()
    added = Quote.objects.latest("pk")
    assert added.extractor == "editor"
    assert added.exact in " ".join(TEXT.split("\r\n")) or added.exact in TEXT
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Added")
    assert Quote.objects.count() == 3


def test_choose_existing_speaker_by_alias(queue: Page, quotes: list[Quote], editor: User) -> None:
    speaker = add_speaker(name="Tobias Reck", aliases=["Tobi Recke"], editor=editor)
    press_keys(queue, "e")
    queue.keyboard.type("recke")
    expect(queue.get_by_role("option", name="Tobias Reck")).to_be_visible()
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-speaker")).to_have_text("Tobias Reck")
    quotes[0].refresh_from_db()
    assert (quotes[0].speaker, quotes[0].decision) == (speaker, "pending")


def test_new_speaker_form_is_filled_in_from_the_text(login: Callable[[], Page], snapshot: Snapshot) -> None:
    start = TEXT.index("Lena Ford")
    quote = make_quote_of(
        snapshot,
        "are dry.",
        speaker=None,
        claim=None,
        role="head of the Water Board",
        mention="Lena Ford",
        mention_spans=[[start, start + 9]],
    )
    page = login()
    page.goto(REVIEW_URL)
    wait_for_quote(page, quote)
    expect(page.get_by_text("Speaker unknown", exact=True)).to_be_visible()
    press_keys(page, "a")
    expect(page.locator("#fb-review-speaker-name")).to_be_focused()
    assert page.get_by_label("Name", exact=True).input_value() == "Lena Ford"
    press_keys(page, "Tab", "Tab", "Tab", "Tab", "Tab", "Enter")
    expect(page.locator(".fb-review-speaker")).to_have_text("Lena Ford")
    speaker = Speaker.objects.get(name="Lena Ford")
    assert (speaker.kind, speaker.positions.get().title) == (SpeakerKind.PERSON, "head of the Water Board")
    press_keys(page, "a")
    expect(page.get_by_role("heading", name="No quotes left in this queue")).to_be_visible()
    press_keys(page, "u")
    wait_for_quote(page, quote)
    press_keys(page, "u")
    expect(page.get_by_text("Speaker unknown", exact=True)).to_be_visible()
    assert not Speaker.objects.exists()


def test_url_reopens_queue_at_the_same_quote(queue: Page, quotes: list[Quote], login: Callable[[], Page]) -> None:
    press_keys(queue, "f")
    queue.locator("select[name=confidence]").select_option("high")
    queue.get_by_role("button", name="Show", exact=True).click()
    queue.wait_for_url("**confidence=high**")
    wait_for_quote(queue, quotes[0])
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[1])
    expect(queue).to_have_url(re.compile(f"confidence=high.*quote={quotes[1].pk}$"))
    url = queue.url
    queue.goto("/admin/")
    queue.goto(url)
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-chip").first).to_contain_text("90%")


def test_show_full_text_of_long_article(login: Callable[[], Page]) -> None:
    text = (
        "".join(f"Line {n} of r\u00e9sum\u00e9s \U0001f642.\r\n" for n in range(4000))
        + "Ford said: “Roads are dry.”\r\n"
        + "And on.\r\n" * 9000
    )
    quote = make_quote_of(make.SnapshotFactory(text=text), "Roads are dry.")
    page = login()
    page.goto(REVIEW_URL)
    wait_for_quote(page, quote)
    expect(page.locator("#fb-review-text .fb-review-current-quote")).to_be_in_viewport()
    assert len(page.content().encode()) < 300_000
    page.get_by_role("button", name="Show full text").click()
    expect(page.get_by_role("button", name="Show full text")).to_be_hidden()
    shown_text = page.evaluate(
        "[...document.querySelectorAll('#fb-review-text [data-start]')].map(e => e.textContent).join('')"
    )
    assert shown_text == text
    press_keys(page, "w")
    select_text_in_article(page, "Line 17 of r\u00e9sum\u00e9s \U0001f642")
    press_keys(page, "Enter")
    expect(page.locator(".fb-review-quote-text")).to_contain_text("Line 17")
    quote.refresh_from_db()
    assert quote.exact == "Line 17 of r\u00e9sum\u00e9s \U0001f642"
