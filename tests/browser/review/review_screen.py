"""What an editor does on the review screen, key by key."""

from playwright.sync_api import Page, expect

from claims.models import Quote

REVIEW_URL = "/admin/claims/quote/review/"


def stop_background_requests(page: Page) -> None:
    page.evaluate("document.getElementById('fb-review')?.removeAttribute('data-hold')")
    # No request is under way when the tables are emptied; a machine that does much else takes its time.
    page.wait_for_load_state("networkidle", timeout=60_000)


def wait_for_quote(page: Page, quote: Quote) -> None:
    """Wait until this quote is looked at."""
    expect(page.locator(f'#fb-review.fb-rv-has-js[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()


def press_keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def read_decisions(*quotes: Quote) -> list[str]:
    return [Quote.objects.get(pk=quote.pk).decision for quote in quotes]


def select_text_in_article(page: Page, words: str) -> None:
    """Select words as a mouse does, wherever the pieces begin and end; a browser's text has no carriage returns."""
    page.evaluate(
        """words => {
            const nodes = []; const walk = document.createTreeWalker(document.getElementById('fb-rv-text'), 4);
            while (walk.nextNode()) nodes.push(walk.currentNode);
            const at = nodes.map(node => node.data).join('').indexOf(words);
            const place = offset => { for (const node of nodes) {
                if (offset <= node.data.length) return [node, offset]; offset -= node.data.length; } };
            document.getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
        }""",
        words,
    )
