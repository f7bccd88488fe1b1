"""An editor's morning with the keyboard alone: twenty quotes of the example article."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.articles import Article, read_articles
from claims.models import Claim, Operation, Quote, QuoteDecision, Speaker
from claims.services.ingestion.ingest import IngestResult, ingest

EXAMPLE_ARTICLE = Path(__file__).resolve().parents[2] / "seeds" / "istanbul-talks.txt"
QUOTE_COUNT = 20


@pytest.fixture(autouse=True)
def _silent_at_the_end(page: Page) -> Iterator[None]:
    """No page tells a server that is gone that it is left."""
    yield
    page.evaluate("document.getElementById('fb-review')?.removeAttribute('data-hold')")
    # No request is under way when the tables are emptied; a machine that does much else takes its time.
    page.wait_for_load_state("networkidle", timeout=60_000)


def current_quote(page: Page) -> Quote:
    """The quote that is looked at, once the screen is ready for a key."""
    screen = page.locator("#fb-review.fb-rv-has-js[data-quote]:not([aria-busy])")
    expect(screen).to_be_visible()
    return Quote.objects.get(pk=screen.get_attribute("data-quote"))


def wait_until_left(page: Page, quote: Quote) -> None:
    expect(page.locator(f'#fb-review.fb-rv-has-js:not([data-quote="{quote.pk}"]):not([aria-busy])')).to_be_visible()


def press_keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def read_decision(quote: Quote) -> str:
    return Quote.objects.get(pk=quote.pk).decision


def add_suggested_quote(page: Page, found: IngestResult) -> None:
    here = current_quote(page)
    press_keys(page, "+", "Enter")
    expect(page.get_by_text("Added, and pending.")).to_be_visible()
    added = Quote.objects.latest("pk")
    assert (added.extractor, added.snapshot_id) == ("editor", here.snapshot_id)
    assert found.snapshot.text[added.start : added.end] == added.exact


def test_twenty_quotes_before_lunch(login: Callable[[], Page]) -> None:
    (article,) = read_articles([str(EXAMPLE_ARTICLE)])
    assert isinstance(article, Article)
    found = ingest(article=article)
    assert found.quotes >= QUOTE_COUNT
    page = login()
    page.goto("/admin/claims/quote/review/")
    starts: list[int] = []
    expected: dict[int, str] = {}
    corrected = None
    for number in range(QUOTE_COUNT):
        quote = current_quote(page)
        starts.append(quote.start)
        if quote.speaker is None:
            # Nobody known said it: it is no statement to check.
            press_keys(page, "r", "1")
            expected[quote.pk] = QuoteDecision.REJECTED
        elif number == 3:
            press_keys(page, "r", "2")
            wait_until_left(page, quote)
            press_keys(page, "u")
            expect(page.locator(f'#fb-review[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()
            assert read_decision(quote) == QuoteDecision.PENDING, "taken back after moving on"
            press_keys(page, "a")
            expected[quote.pk] = QuoteDecision.ACCEPTED
        elif corrected is None and len(quote.exact.split()) > 5:
            # One word less at its end.
            press_keys(page, "w", "ArrowLeft", "Enter")
            expect(page.locator(".fb-rv-mode")).to_have_count(0)
            corrected = current_quote(page)
            assert corrected.pk == quote.pk
            assert corrected.exact == quote.exact.rsplit(" ", 1)[0]
            press_keys(page, "a")
            expected[quote.pk] = QuoteDecision.ACCEPTED
        else:
            press_keys(page, *("r", "4") if number % 7 == 6 else "a")
            expected[quote.pk] = QuoteDecision.REJECTED if number % 7 == 6 else QuoteDecision.ACCEPTED
        wait_until_left(page, quote)
        assert read_decision(quote) == expected[quote.pk], quote.exact
    assert corrected is not None
    assert starts == sorted(starts), "quotes of one article come in reading order"
    assert len(set(starts)) == QUOTE_COUNT
    assert {QuoteDecision.ACCEPTED, QuoteDecision.REJECTED} == set(expected.values())
    assert Quote.objects.pending().count() == found.quotes - QUOTE_COUNT
    expect(page.locator(".fb-rv-left")).to_have_text(str(found.quotes - QUOTE_COUNT))

    add_suggested_quote(page, found)

    for quote in Quote.objects.filter(pk__in=expected):
        assert found.snapshot.text[quote.start : quote.end] == quote.exact or len(quote.spans) > 1
        assert quote.decided_by is None or quote.decided_by.username == "editor"
    accepted = [pk for pk, fate in expected.items() if fate == QuoteDecision.ACCEPTED]
    assert Claim.objects.released().filter(quotes__in=accepted).count() == len(set(accepted))
    assert Speaker.objects.released().exists()
    # Each key left its mark: twenty decisions, two of them for one quote, its undoing, a correction, an addition.
    assert Operation.objects.filter(verb="undo").count() == 1
    assert Operation.objects.count() == QUOTE_COUNT + 1 + 1 + 1 + 1
