"""Reviewing quotes with the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from claims.models import Operation, Quote
from tests.browser.review.review_screen import press_keys, read_decisions, wait_for_quote


@pytest.mark.both_databases
@pytest.mark.journey
def test_accept_reject_skip_undo_and_browse(queue: Page, quotes: list[Quote]) -> None:
    first, second, third = quotes
    expect(queue.locator(".fb-review-quote-text")).to_contain_text("Rivers are full,")
    expect(queue.locator("#fb-review-text .fb-review-current-quote").first).to_be_in_viewport()
    press_keys(queue, "j")
    wait_for_quote(queue, second)
    press_keys(queue, "k")
    wait_for_quote(queue, first)
    assert read_decisions(*quotes) == ["pending"] * 3, "opening a quote never accepts it"
    press_keys(queue, "a")
    wait_for_quote(queue, second)
    expect(queue.locator(".fb-review-done")).to_have_text("Accepted: Lena Ford: “Rivers are full,\r\nand cafe\u0301s”")
    expect(queue.locator(".fb-review-remaining")).to_have_text("2")
    press_keys(queue, "r", "3")
    wait_for_quote(queue, third)
    assert read_decisions(*quotes) == ["accepted", "rejected", "pending"]
    assert second.history.latest().history_change_reason == "rejected: Wrong speaker"
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Rejected: Lena Ford")
    wait_for_quote(queue, third)
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-done")).to_contain_text("Undone: Accepted: Lena Ford")
    wait_for_quote(queue, third)
    assert read_decisions(*quotes) == ["pending"] * 3
    queue.get_by_role("link", name="Show quote").click()
    wait_for_quote(queue, first)
    assert list(Operation.objects.order_by("pk").values_list("verb", flat=True)) == [
        "accepted",
        "rejected",
        "undo",
        "undo",
    ]
    press_keys(queue, "s")
    wait_for_quote(queue, second)
    assert read_decisions(*quotes) == ["pending"] * 3
    queue.go_back()
    wait_for_quote(queue, first)


def test_last_quote_leads_to_the_empty_queue(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[2])
    press_keys(queue, "a")
    expect(queue.get_by_role("heading", name="No quotes left in this queue")).to_be_visible()
    press_keys(queue, "u")
    wait_for_quote(queue, quotes[2])
    assert read_decisions(*quotes) == ["accepted", "accepted", "pending"]


def test_reject_with_a_comment(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "r", "6")
    queue.keyboard.type("a headline")
    press_keys(queue, "Enter")
    wait_for_quote(queue, quotes[1])
    assert quotes[0].history.latest().history_change_reason == "rejected: a headline"


def test_shortcuts_are_off_while_typing_or_with_modifier_keys(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "e")
    queue.keyboard.type("aras")
    expect(queue.locator("#fb-review-speaker-name")).to_have_value("aras")
    press_keys(queue, "Escape", "Control+a", "Meta+a", "Alt+a", "Shift+A")
    press_keys(queue, "?")
    expect(queue.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    press_keys(queue, "a", "Escape")
    expect(queue.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    wait_for_quote(queue, quotes[0])
    assert read_decisions(*quotes) == ["pending"] * 3


def test_accept_is_within_five_tab_stops(queue: Page) -> None:
    expect(queue.get_by_role("region", name="Text of the article")).to_be_focused()
    press_keys(queue, "Tab")
    expect(queue.get_by_role("link", name="Skip to the decision")).to_be_focused()
    screen = queue.locator("#fb-review").element_handle()
    press_keys(queue, "Enter")
    expect(queue).to_have_url(re.compile("#fb-review-decide$"))
    press_keys(queue, "Tab")
    expect(queue.locator("#fb-review-accept button")).to_be_focused()
    assert screen.evaluate("screen => screen.isConnected && !screen.ariaBusy"), "the screen is not loaded again"


def test_first_tab_stop_skips_to_the_content(login: Callable[[], Page]) -> None:
    page = login()
    page.goto("/admin/")
    press_keys(page, "Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    press_keys(page, "Enter")
    expect(page.get_by_role("main")).to_be_focused()
