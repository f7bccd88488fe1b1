"""Words corrected, quotes split and joined by selecting."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Quote
from tests.browser.review.review_screen import press_keys, read_decisions, select_text_in_article, wait_for_quote
from tests.services.quotes.test_wording import FAMILY, PEACE

# id, what is selected, what the quote is then
SELECTED = [
    ("plain", "are full", "are full"),
    ("over-a-crlf", "full,\r\nand", "full,\r\nand"),
    ("half-a-letter", "full,\r\nand cafe", "full,\r\nand cafe\u0301"),
    ("emoji-family", f"{FAMILY} are", f"{FAMILY} are"),
    ("after-emoji", "are open.", "are open."),
    ("right-to-left", PEACE, PEACE),
    ("half-a-surrogate-pair", "\udcd0nd then", "\U0001d4d0nd then"),
    ("after-all-of-them", "Ford added", "Ford added"),
]


@pytest.mark.parametrize(("words", "exact"), [row[1:] for row in SELECTED], ids=[row[0] for row in SELECTED])
def test_what_is_selected_is_the_quote(queue: Page, quotes: list[Quote], words: str, exact: str) -> None:
    press_keys(queue, "w")
    select_at(queue, words) if "\udcd0" in words else select_text_in_article(queue, words)
    expect(queue.locator(".fb-rv-preview b")).to_have_text(exact, use_inner_text=False)
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-message")).to_have_text("The words were changed.")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == exact
    assert quotes[0].decision == "pending"


def test_what_is_selected_and_saved_at_once(queue: Page, quotes: list[Quote]) -> None:
    """The browser tells of a selection later than of a key."""
    press_keys(queue, "w")
    queue.evaluate(
        """() => { const node = document.querySelector('#fb-rv-text .fb-rv-this').firstChild;
            document.getSelection().setBaseAndExtent(node, 0, node, 6);
            node.parentElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); }"""
    )
    expect(queue.locator(".fb-rv-exact")).to_have_text("Rivers")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == "Rivers"


def select_at(page: Page, words: str) -> None:
    """The same from the second half of a surrogate pair, which Python cannot hand over."""
    page.evaluate(
        """() => { const all = [...document.querySelectorAll('#fb-rv-text [data-at]')];
            const node = all.find(piece => piece.textContent.includes('nd then')).firstChild;
            const at = node.data.indexOf('nd then');
            document.getSelection().setBaseAndExtent(node, at - 1, node, at + 7); }"""
    )


def test_the_words_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w", "ArrowLeft", "ArrowLeft")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("Rivers are full,")
    press_keys(queue, "Tab", "ArrowRight")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are full,")
    press_keys(queue, "Tab", "Shift+ArrowLeft")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are full")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("are full")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == "are full"
    press_keys(queue, "w", "ArrowLeft", "Escape")
    expect(queue.locator(".fb-rv-mode")).to_have_count(0)
    press_keys(queue, "u")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("Rivers are full,")


def test_a_second_part(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "w")
    select_text_in_article(queue, "Rivers")
    press_keys(queue, "&")
    expect(queue.locator(".fb-rv-parts li")).to_have_count(2)
    select_text_in_article(queue, "are open.")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("Rivers are open.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Rivers are open.")
    quotes[0].refresh_from_db()
    assert len(quotes[0].spans) == 2


def test_splitting_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "x")
    expect(queue.locator("#fb-rv-caret")).to_be_visible()
    for _ in range(12):
        if queue.locator(".fb-rv-preview b").first.inner_text().strip().endswith("full,"):
            break
        press_keys(queue, "ArrowRight")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Rivers are full,")
    assert list(Quote.objects.order_by("start").values_list("exact", flat=True))[:2] == [
        "Rivers are full,",
        "and cafe\u0301s",
    ]
    press_keys(queue, "u")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("and cafe")
    assert Quote.objects.count() == 3


def test_joining_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[1])
    press_keys(queue, "m")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are dry.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Roads, are dry.")
    assert read_decisions(*quotes) == ["pending", "pending", "rejected"]
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[0])
    assert read_decisions(*quotes) == ["pending", "accepted", "rejected"]


def test_joining_with_one_that_is_clicked(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "m")
    queue.locator(f'#fb-rv-text [data-quote="{quotes[2].pk}"]').click()
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are dry.")
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("are dry.")
    assert read_decisions(*quotes) == ["pending", "pending", "rejected"]


def test_joining_with_one_that_was_changed_meanwhile_is_refused(
    queue: Page, quotes: list[Quote], colleague: Page
) -> None:
    colleague.goto(f"/admin/claims/quote/review/?quote={quotes[2].pk}")
    wait_for_quote(colleague, quotes[2])
    press_keys(colleague, "w", "Shift+ArrowLeft", "Enter")
    expect(colleague.locator(".fb-rv-exact")).to_have_text("are dry")
    colleague.goto("/admin/")  # and looks at it no more
    press_keys(queue, "m")
    queue.locator(f'#fb-rv-text [data-quote="{quotes[2].pk}"]').click()
    press_keys(queue, "Enter")
    expect(queue.locator(".fb-rv-is-error")).to_contain_text("changed meanwhile by ann")
    expect(queue.locator(".fb-rv-is-error")).to_contain_text("are dry")
    assert read_decisions(*quotes) == ["pending", "pending", "pending"]
