"""What an editor does on the review screen."""

import re

from playwright.sync_api import Page, expect

from claims.models import Quote

REVIEW_URL = "/admin/claims/quote/review/"


LOCK_URL = re.compile(r"/review/hold/\d+/$")


def wait_for_quote(page: Page, quote: Quote) -> None:
    """Waits until the screen shows this quote and is ready for input."""
    expect(page.locator(f'#fb-review.fb-review-has-js[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()


def wait_until_prefetched(page: Page) -> None:
    """Waits until the screen of the next quote is at hand."""
    expect(page.locator("#fb-review[data-prefetched]")).to_be_visible()


def press_keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def read_decisions(*quotes: Quote) -> list[str]:
    return [Quote.objects.get(pk=quote.pk).decision for quote in quotes]


def select_text_in_article(page: Page, words: str) -> None:
    """Selects words as a mouse does, across the pieces of the text."""
    page.evaluate(
        """words => {
            const nodes = [];
            const walker = document.createTreeWalker(document.getElementById('fb-review-text'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const start = nodes.map(node => node.data).join('').indexOf(words);
            const positionOf = offset => { for (const node of nodes) {
                if (offset <= node.data.length) return [node, offset]; offset -= node.data.length; } };
            document.getSelection().setBaseAndExtent(...positionOf(start), ...positionOf(start + words.length));
        }""",
        words,
    )
