"""The review screen without JavaScript, with two editors, with bulk accept and with public corrections."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Hold, Quote, QuoteDecision, Snapshot
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers.directory import add_speaker
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import new_context
from tests.browser.review.review_screen import (
    REVIEW_URL,
    press_keys,
    read_decisions,
    select_text_in_article,
    wait_for_quote,
)
from tests.browser.screens import on_every_screen, page_width
from tests.services.quotes.quoted_text import make_quote_of

MODE_KEYS = ("w", "x", "m", "+")


def test_review_without_javascript(browser: Browser, live_server: LiveServer, queue: Page, quotes: list[Quote]) -> None:
    context = new_context(browser, base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(queue.context.cookies())  # signed in
    page = context.new_page()
    page.goto(REVIEW_URL)
    done = page.locator(".fb-review-done")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(done).to_contain_text("Accepted: ")
    page.locator("#fb-review-reject summary").click()
    page.get_by_label("Duplicate").check()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(done).to_contain_text("Rejected: ")
    page.get_by_role("button", name="Skip").click()
    expect(done).to_contain_text("Skipped: ")
    assert read_decisions(*quotes) == ["accepted", "rejected", "pending"]
    page.get_by_role("button", name="Undo").click()
    expect(done).to_contain_text("Undone: Skipped")
    page.get_by_role("button", name="Undo").click()
    expect(done).to_contain_text("Undone: Rejected")
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
    context.close()


@pytest.mark.both_databases
@pytest.mark.journey
def test_two_editors_on_one_quote(queue: Page, quotes: list[Quote], colleague: Page) -> None:
    colleague.goto(REVIEW_URL)
    wait_for_quote(colleague, quotes[0])
    expect(colleague.get_by_text("editor is reviewing this quote (until")).to_be_visible()
    press_keys(colleague, "a")
    expect(colleague.locator(".fb-review-message")).to_contain_text("editor is reviewing this quote")
    assert read_decisions(quotes[0]) == ["pending"]
    press_keys(colleague, "t")
    expect(colleague.get_by_text("You have taken over this quote.", exact=True)).to_be_visible()
    assert Hold.objects.get(quote=quotes[0]).editor.username == "ann"
    press_keys(colleague, "a")
    wait_for_quote(colleague, quotes[1])
    assert read_decisions(quotes[0]) == ["accepted"]
    press_keys(queue, "r", "1")
    expect(queue.locator(".fb-review-message")).to_contain_text("was changed by ann at ")
    expect(queue.locator(".fb-review-message")).to_contain_text("decision")
    assert read_decisions(quotes[0]) == ["accepted"], "never overwritten"


def test_undo_is_refused_after_a_later_change(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    ann = make.UserFactory(username="ann")
    decide_quotes(quotes=[quotes[0].pk], decision=QuoteDecision.REJECTED, editor=ann)
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-message")).to_contain_text("by ann")
    assert read_decisions(quotes[0]) == ["rejected"]


@pytest.mark.both_databases
def test_bulk_accept(queue: Page, quotes: list[Quote]) -> None:
    queue.get_by_role("link", name="Accept several in this article").click()
    expect(queue.get_by_role("checkbox", checked=True)).to_have_count(3)
    queue.get_by_label(f"Accept quote {quotes[1].pk}").uncheck()
    queue.get_by_role("button", name="Accept selected").click()
    wait_for_quote(queue, quotes[1])
    assert read_decisions(*quotes) == ["accepted", "pending", "accepted"]
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Accepted 2 quotes")
    assert read_decisions(*quotes) == ["pending"] * 3


def test_change_to_public_quote_needs_a_note(queue: Page, snapshot: Snapshot) -> None:
    quote = make_quote_of(snapshot, "Ford added", accepted=True)
    verifications.make_published(quote.claim)
    queue.goto(f"{REVIEW_URL}?decision=accepted&quote={quote.pk}")
    wait_for_quote(queue, quote)
    press_keys(queue, "w")
    select_text_in_article(queue, "added")
    press_keys(queue, "Enter")
    expect(queue.get_by_text("These verifications go back to review:")).to_be_visible()
    queue.get_by_label("What was changed").fill("The quote was too long.")
    queue.get_by_label("Why").fill("A slip.")
    queue.get_by_role("button", name="Save and publish correction").click()
    wait_for_quote(queue, quote)
    quote.refresh_from_db()
    assert quote.exact == "added"
    assert quote.claim.corrections.filter(text="The quote was too long.").exists()


@on_every_screen
def test_popovers_and_modes_fit_and_are_accessible(
    queue: Page, quotes: list[Quote], snapshot: Snapshot, width: int, scheme: Any
) -> None:
    queue.emulate_media(color_scheme=scheme)
    queue.set_viewport_size({"width": width, "height": 768})
    make_quote_of(snapshot, "then", speaker=None, mention="", candidates=["Lena Ford", "Tom Ford"], confidence=0.4)
    add_speaker(name="Tom Ford", editor=make.UserFactory())
    problems: dict[str, list[Any]] = {}

    def check_layout(label: str) -> None:
        shown_width = page_width(queue)
        found = accessibility_violations(queue) + ([shown_width] if shown_width > width else [])
        if found:
            problems[label] = found

    for keys in ("", "r", "e", "w", "x", "m", "+", "?", "f"):
        press_keys(queue, *keys)
        if keys in MODE_KEYS:
            expect(queue.locator(".fb-review-preview b").first).to_be_visible()
        check_layout(keys or "quote")
        press_keys(queue, "Escape", "Escape")
        queue.reload()
        wait_for_quote(queue, quotes[0])
    for url in (f"{REVIEW_URL}?speaker=none", f"{REVIEW_URL}?confidence=medium"):
        queue.goto(url)
        check_layout(url)
    queue.goto(f"{REVIEW_URL}source/{snapshot.source_id}/")
    check_layout("bulk accept")
    assert problems == {}
