"""A quote that the newest version of its article lacks."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Quote
from tests.browser.accessibility import accessibility_violations
from tests.browser.review.review_screen import REVIEW_URL, press_keys, read_decisions, wait_for_quote
from tests.browser.screens import on_every_screen, page_width
from tests.services.sources.newer_snapshots import change_source


@pytest.fixture
def changed_queue(queue: Page, quotes: list[Quote]) -> Page:
    """The queue at the first quote, whose source says now that rivers are low."""
    change_source(quotes[0], "Rivers are full", "Rivers are low")
    queue.goto(REVIEW_URL)
    wait_for_quote(queue, quotes[0])
    return queue


def test_a_second_key_accepts_it(changed_queue: Page, quotes: list[Quote]) -> None:
    card = changed_queue.locator(".fb-review-card")
    expect(card.get_by_text("Source changed", exact=True)).to_be_visible()
    expect(card.locator(".fb-review-passage .fb-removed")).to_have_text("full")
    expect(card.locator(".fb-review-passage .fb-added")).to_have_text("low")
    button = changed_queue.get_by_role("button", name="Accept anyway")
    expect(button).to_be_hidden()
    press_keys(changed_queue, "a")
    expect(button).to_be_focused()
    press_keys(changed_queue, "Escape")
    expect(button).to_be_hidden()
    assert read_decisions(*quotes) == ["pending"] * 3
    press_keys(changed_queue, "a", "a")
    wait_for_quote(changed_queue, quotes[1])
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
    expect(changed_queue.get_by_text("Source changed", exact=True)).to_be_hidden()
    press_keys(changed_queue, "a")
    wait_for_quote(changed_queue, quotes[2])
    assert read_decisions(*quotes) == ["accepted", "accepted", "pending"], "a quote that is still there takes one key"


def test_enter_on_the_button_accepts_it(changed_queue: Page, quotes: list[Quote]) -> None:
    press_keys(changed_queue, "a", "Enter")
    wait_for_quote(changed_queue, quotes[1])
    assert read_decisions(quotes[0]) == ["accepted"]


def test_a_source_that_changes_while_the_quote_is_open(queue: Page, quotes: list[Quote]) -> None:
    change_source(quotes[0], "Rivers are full", "Rivers are low")
    press_keys(queue, "a")
    expect(queue.locator(".fb-review-message")).to_contain_text("Compare the versions before you accept it.")
    wait_for_quote(queue, quotes[0])
    assert read_decisions(quotes[0]) == ["pending"]
    press_keys(queue, "a", "a")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(quotes[0]) == ["accepted"]


def test_the_queue_of_changed_sources_and_the_comparison(changed_queue: Page, quotes: list[Quote]) -> None:
    press_keys(changed_queue, "f")
    changed_queue.get_by_label("Changed source").check()
    changed_queue.get_by_role("button", name="Show", exact=True).click()
    wait_for_quote(changed_queue, quotes[0])
    expect(changed_queue.locator(".fb-review-remaining")).to_have_text("1")
    changed_queue.get_by_role("link", name="Compare versions").click()
    expect(changed_queue).to_have_title(re.compile("^Changes: "))
    expect(changed_queue.locator(".fb-diff del")).to_have_text("full")


@on_every_screen
def test_it_fits_and_is_accessible(changed_queue: Page, quotes: list[Quote], width: int, scheme: Any) -> None:
    changed_queue.set_viewport_size({"width": width, "height": 768})
    changed_queue.emulate_media(color_scheme=scheme)
    changed_queue.reload()
    wait_for_quote(changed_queue, quotes[0])
    press_keys(changed_queue, "a")
    expect(changed_queue.get_by_role("button", name="Accept anyway")).to_be_in_viewport()
    assert page_width(changed_queue) <= width
    assert accessibility_violations(changed_queue) == []
