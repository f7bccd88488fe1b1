"""From one quote to the next: fetched in advance, shown at once, and confirmed or corrected by the server."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Quote, QuoteDecision, Skip
from claims.services.claims.editing import edit_claim
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.browser.review.review_screen import press_keys, read_decisions, wait_for_quote, wait_until_prefetched
from tests.browser.waiting import hold_requests

FIRST_ACCEPTED = re.compile("^Accepted: Lena Ford: “Rivers are full")


@pytest.mark.both_databases
def test_next_quote_is_shown_before_the_server_answers(queue: Page, quotes: list[Quote]) -> None:
    wait_until_prefetched(queue)
    release = hold_requests(queue, "**/accept/")
    with queue.expect_request("**/accept/"):
        press_keys(queue, "a")
    expect(queue.locator(f'#fb-review[data-early][data-quote="{quotes[1].pk}"]')).to_be_visible()
    assert read_decisions(quotes[0]) == ["pending"]
    press_keys(queue, "u")  # waits, and then takes back this decision, not an earlier one
    release()
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Accepted: Lena Ford")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(*quotes) == ["pending"] * 3


def test_counts_badge_and_marks_follow_each_decision(queue: Page, quotes: list[Quote]) -> None:
    badge = queue.locator("#nav-sidebar-apps a", has_text="Review queue").locator("span").last
    expect(badge).to_have_text("3")
    wait_until_prefetched(queue)
    top = queue.locator(".fb-review-columns").bounding_box()
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    expect(badge).to_have_text("2")
    expect(queue.locator(".fb-review-remaining")).to_have_text("2")
    expect(queue.get_by_text("2 in this article")).to_be_visible()
    expect(queue.locator(f'#fb-review-text a[data-quote="{quotes[0].pk}"]').first).to_have_class(
        re.compile("fb-review-quote-accepted")
    )
    expect(queue.locator(".fb-review-done")).to_have_text(FIRST_ACCEPTED)
    expect(queue.locator("#fb-review-announcer")).to_have_text(re.compile("^Accepted: Lena Ford.*Lena Ford: “Roads”"))
    assert queue.locator(".fb-review-columns").bounding_box() == top, "the text has not moved"
    press_keys(queue, "u")
    expect(badge).to_have_text("3")


def test_refusal_brings_the_quote_back(queue: Page, quotes: list[Quote]) -> None:
    wait_until_prefetched(queue)
    ann = make.UserFactory(username="ann")
    decide_quotes(quotes=[quotes[0].pk], decision=QuoteDecision.REJECTED, editor=ann, take_over=True)
    press_keys(queue, "a")
    expect(queue.locator(".fb-review-message-error")).to_contain_text("was changed by ann")
    wait_for_quote(queue, quotes[0])
    expect(queue).to_have_url(re.compile(f"quote={quotes[0].pk}$"))
    assert read_decisions(quotes[0]) == ["rejected"]


def test_quote_that_a_colleague_decided_meanwhile_is_not_kept(queue: Page, quotes: list[Quote]) -> None:
    wait_until_prefetched(queue)
    decide_quotes(quotes=[quotes[1].pk], decision=QuoteDecision.REJECTED, editor=make.UserFactory())
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[2])
    expect(queue).to_have_url(re.compile(f"quote={quotes[2].pk}$"))


def test_focus_stays_on_the_same_control_and_held_enter_decides_once(queue: Page, quotes: list[Quote]) -> None:
    wait_until_prefetched(queue)
    queue.locator("#fb-review-accept button").focus()
    queue.keyboard.down("Enter")
    queue.keyboard.down("Enter")  # repeats
    queue.keyboard.up("Enter")
    wait_for_quote(queue, quotes[1])
    expect(queue.locator("#fb-review-accept button")).to_be_focused()
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]


def test_undo_of_something_else_asks_first(queue: Page, quotes: list[Quote], editor: User) -> None:
    edit_claim(claim=quotes[2].claim, changes={"text": "Rivers are empty."}, editor=editor)
    queue.reload()
    wait_for_quote(queue, quotes[0])
    press_keys(queue, "u")
    expect(queue.get_by_text("claim “Rivers are empty.”: ")).to_be_visible()
    quotes[2].claim.refresh_from_db()
    assert quotes[2].claim.text == "Rivers are empty."
    queue.get_by_role("button", name="Undo").click()
    wait_for_quote(queue, quotes[0])
    quotes[2].claim.refresh_from_db()
    assert quotes[2].claim.text != "Rivers are empty."


def test_skip_comes_last_and_is_taken_back(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "s")
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-done")).to_contain_text("Skipped: Lena Ford")
    expect(queue.get_by_text("3 in this article, 1 skipped today")).to_be_visible()
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Skipped")
    assert not Skip.objects.exists()
    wait_for_quote(queue, quotes[1])


@pytest.mark.parametrize("width", [390, pytest.param(1366, marks=pytest.mark.nightly)])
def test_message_on_every_screen(queue: Page, quotes: list[Quote], width: int) -> None:
    queue.set_viewport_size({"width": width, "height": 768})
    wait_until_prefetched(queue)
    queue.evaluate("scrollTo(0, 400)")
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-done")).to_be_in_viewport()
    expect(queue.locator("#fb-review-text .fb-review-current-quote")).to_be_in_viewport()
