"""An editor's morning with the keyboard alone: twenty quotes of the example article."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from claims.articles import Article, read_articles
from claims.models import Claim, Decision, Operation, Quote, Speaker
from claims.services.ingest import Ingested, ingest

ARTICLE = Path(__file__).resolve().parents[2] / "seeds" / "istanbul-talks.txt"
QUOTES = 20


@pytest.fixture(autouse=True)
def _silent_at_the_end(page: Page) -> Iterator[None]:
    """No page tells a server that is gone that it is left."""
    yield
    page.evaluate("document.getElementById('fb-review')?.removeAttribute('data-hold')")
    # No request is under way when the tables are emptied; a machine that does much else takes its time.
    page.wait_for_load_state("networkidle", timeout=60_000)


def current(page: Page) -> Quote:
    """The quote that is looked at, once the screen is ready for a key."""
    screen = page.locator("#fb-review.fb-rv-has-js[data-quote]:not([aria-busy])")
    expect(screen).to_be_visible()
    return Quote.objects.get(pk=screen.get_attribute("data-quote"))


def moved_on(page: Page, quote: Quote) -> None:
    expect(page.locator(f'#fb-review.fb-rv-has-js:not([data-quote="{quote.pk}"]):not([aria-busy])')).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decision(quote: Quote) -> str:
    return Quote.objects.get(pk=quote.pk).decision


def add_what_was_missed(page: Page, found: Ingested) -> None:
    here = current(page)
    press(page, "+", "Enter")
    expect(page.get_by_text("Added, and pending.")).to_be_visible()
    added = Quote.objects.latest("pk")
    assert (added.extractor, added.snapshot_id) == ("editor", here.snapshot_id)
    assert found.snapshot.text[added.start : added.end] == added.exact


def test_twenty_quotes_before_lunch(login: Callable[[], Page]) -> None:
    (article,) = read_articles([str(ARTICLE)])
    assert isinstance(article, Article)
    found = ingest(article=article)
    assert found.quotes >= QUOTES
    page = login()
    page.goto("/admin/claims/quote/review/")
    starts: list[int] = []
    expected: dict[int, str] = {}
    corrected = None
    for number in range(QUOTES):
        quote = current(page)
        starts.append(quote.start)
        if quote.speaker is None:
            # Nobody known said it: it is no statement to check.
            press(page, "r", "1")
            expected[quote.pk] = Decision.REJECTED
        elif number == 3:
            press(page, "r", "2")
            moved_on(page, quote)
            press(page, "u")
            expect(page.locator(f'#fb-review[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()
            assert decision(quote) == Decision.PENDING, "taken back after moving on"
            press(page, "a")
            expected[quote.pk] = Decision.ACCEPTED
        elif corrected is None and len(quote.exact.split()) > 5:
            # One word less at its end.
            press(page, "w", "ArrowLeft", "Enter")
            expect(page.locator(".fb-rv-mode")).to_have_count(0)
            corrected = current(page)
            assert corrected.pk == quote.pk
            assert corrected.exact == quote.exact.rsplit(" ", 1)[0]
            press(page, "a")
            expected[quote.pk] = Decision.ACCEPTED
        else:
            press(page, *("r", "4") if number % 7 == 6 else "a")
            expected[quote.pk] = Decision.REJECTED if number % 7 == 6 else Decision.ACCEPTED
        moved_on(page, quote)
        assert decision(quote) == expected[quote.pk], quote.exact
    assert corrected is not None
    assert starts == sorted(starts), "quotes of one article come in reading order"
    assert len(set(starts)) == QUOTES
    assert {Decision.ACCEPTED, Decision.REJECTED} == set(expected.values())
    assert Quote.objects.pending().count() == found.quotes - QUOTES
    expect(page.locator(".fb-rv-left")).to_have_text(str(found.quotes - QUOTES))

    add_what_was_missed(page, found)

    for quote in Quote.objects.filter(pk__in=expected):
        assert found.snapshot.text[quote.start : quote.end] == quote.exact or len(quote.spans) > 1
        assert quote.decided_by is None or quote.decided_by.username == "editor"
    accepted = [pk for pk, fate in expected.items() if fate == Decision.ACCEPTED]
    assert Claim.objects.released().filter(quotes__in=accepted).count() == len(set(accepted))
    assert Speaker.objects.released().exists()
    # Each key left its mark: twenty decisions, two of them for one quote, its undoing, a correction, an addition.
    assert Operation.objects.filter(verb="undo").count() == 1
    assert Operation.objects.count() == QUOTES + 1 + 1 + 1 + 1
