"""Correcting, splitting and joining quotes by selecting text in the article."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Hold, Quote
from tests.browser.review.review_screen import (
    LOCK_URL,
    REVIEW_URL,
    press_keys,
    read_decisions,
    select_text_in_article,
    wait_for_quote,
)
from tests.browser.waiting import wait_until
from tests.services.quotes.quoted_text import FAMILY_EMOJI, POINTED_HEBREW

# id, selected text, resulting quote
SELECTIONS = [
    ("plain", "are full", "are full"),
    ("over-a-crlf", "full,\r\nand", "full,\r\nand"),
    ("half-a-letter", "full,\r\nand cafe", "full,\r\nand cafe\u0301"),
    ("emoji-family", f"{FAMILY_EMOJI} are", f"{FAMILY_EMOJI} are"),
    ("after-emoji", "are open.", "are open."),
    ("right-to-left", POINTED_HEBREW, POINTED_HEBREW),
    ("half-a-surrogate-pair", "\udcd0nd then", "\U0001d4d0nd then"),
    ("after-all-of-them", "Ford added", "Ford added"),
]


def select_from_half_a_surrogate_pair(page: Page) -> None:
    """Selects from the second half of a surrogate pair, which Python cannot pass to the browser."""
    page.evaluate(
        """() => { const pieces = [...document.querySelectorAll('#fb-review-text [data-start]')];
            const node = pieces.find(piece => piece.textContent.includes('nd then')).firstChild;
            const start = node.data.indexOf('nd then');
            document.getSelection().setBaseAndExtent(node, start - 1, node, start + 7); }"""
    )


@pytest.mark.parametrize(("words", "exact"), [row[1:] for row in SELECTIONS], ids=[row[0] for row in SELECTIONS])
@pytest.mark.journey
def test_selected_text_becomes_the_quote(queue: Page, quotes: list[Quote], words: str, exact: str) -> None:
    press_keys(queue, "w")
    if words.startswith("\udcd0"):
        select_from_half_a_surrogate_pair(queue)
    else:
        select_text_in_article(queue, words)
    expect(queue.locator(".fb-review-preview b")).to_have_text(exact, use_inner_text=False)
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-done")).to_have_text("Wording changed.")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == exact
    assert quotes[0].decision == "pending"


def test_selection_saved_before_the_browser_reports_it(queue: Page, quotes: list[Quote]) -> None:
    """The browser fires `selectionchange` after the key event."""
    press_keys(queue, "w")
    queue.evaluate(
        """() => { const node = document.querySelector('#fb-review-text .fb-review-current-quote').firstChild;
            document.getSelection().setBaseAndExtent(node, 0, node, 6);
            node.parentElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); }"""
    )
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“Rivers”")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == "Rivers"


def test_part_added_before_the_browser_reports_the_selection(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w")
    queue.evaluate(
        """() => { const node = document.querySelector('#fb-review-text .fb-review-current-quote').firstChild;
            document.getSelection().setBaseAndExtent(node, 0, node, 6);
            node.parentElement.dispatchEvent(new KeyboardEvent('keydown', {key: '&', bubbles: true})); }"""
    )
    expect(queue.locator(".fb-review-parts li").first).to_have_text("Rivers")


def test_correct_words_with_the_keyboard(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w", "ArrowLeft", "ArrowLeft")
    expect(queue.locator(".fb-review-preview b")).to_have_text("Rivers are full,")
    press_keys(queue, "Tab", "ArrowRight")
    expect(queue.locator(".fb-review-preview b")).to_have_text("are full,")
    press_keys(queue, "Tab", "Shift+ArrowLeft")
    expect(queue.locator(".fb-review-preview b")).to_have_text("are full")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“are full”")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == "are full"
    press_keys(queue, "w", "ArrowLeft", "Escape")
    expect(queue.locator(".fb-review-mode")).to_have_count(0)
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-quote-text")).to_contain_text("“Rivers are full,")


def test_enter_right_after_a_problem_was_mended(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w")
    select_text_in_article(queue, " ")
    expect(queue.locator(".fb-review-problem")).to_be_visible()
    queue.evaluate(
        """() => { const node = document.querySelector('#fb-review-text .fb-review-current-quote').firstChild;
            document.getSelection().setBaseAndExtent(node, 0, node, 6);
            node.parentElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); }"""
    )
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“Rivers”")


def test_quote_of_two_parts(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w")
    select_text_in_article(queue, "Rivers")
    press_keys(queue, "&")
    expect(queue.locator(".fb-review-parts li")).to_have_count(2)
    select_text_in_article(queue, "are open.")
    expect(queue.locator(".fb-review-preview b")).to_have_text("Rivers are open.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“Rivers […] are open.”")
    quotes[0].refresh_from_db()
    assert len(quotes[0].spans) == 2


@pytest.mark.both_databases
def test_split_with_the_keyboard(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "x")
    expect(queue.locator("#fb-review-caret")).to_be_visible()
    for _ in range(12):
        if queue.locator(".fb-review-preview b").first.inner_text().strip().endswith("full,"):
            break
        press_keys(queue, "ArrowRight")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“Rivers are full”")
    assert list(Quote.objects.order_by("start").values_list("exact", flat=True))[:2] == [
        "Rivers are full,",
        "and cafe\u0301s",
    ]
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-quote-text")).to_contain_text("and cafe")
    assert Quote.objects.count() == 3


def test_join_with_the_keyboard(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[1])
    press_keys(queue, "m")
    expect(queue.locator(".fb-review-preview b")).to_have_text("are dry.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-quote-text")).to_have_text("“Roads […] are dry.”")
    assert read_decisions(*quotes) == ["pending", "pending", "rejected"]
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[0])
    assert read_decisions(*quotes) == ["pending", "accepted", "rejected"]


def test_join_with_a_clicked_quote(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "m")
    queue.locator(f'#fb-review-text [data-quote="{quotes[2].pk}"]').click()
    expect(queue.locator(".fb-review-preview b")).to_have_text("are dry.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-quote-text")).to_contain_text("are dry.")
    assert read_decisions(*quotes) == ["pending", "pending", "rejected"]


def test_join_is_refused_if_the_other_quote_has_changed(queue: Page, quotes: list[Quote], colleague: Page) -> None:
    with colleague.expect_response(LOCK_URL):
        colleague.goto(f"{REVIEW_URL}?quote={quotes[2].pk}")
    wait_for_quote(colleague, quotes[2])
    with colleague.expect_response(LOCK_URL):
        press_keys(colleague, "w", "Shift+ArrowLeft", "Enter")
        expect(colleague.locator(".fb-review-quote-text")).to_have_text("“are dry”")
    colleague.goto("/admin/")  # releases the lock
    wait_until(colleague, lambda: not Hold.objects.filter(quote=quotes[2]).exists())
    press_keys(queue, "m")
    queue.locator(f'#fb-review-text [data-quote="{quotes[2].pk}"]').click()
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-review-message-error")).to_contain_text("was changed by ann at ")
    expect(queue.locator(".fb-review-message-error")).to_contain_text("are dry")
    assert read_decisions(*quotes) == ["pending", "pending", "pending"]
