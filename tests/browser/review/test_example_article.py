"""Twenty quotes of the example article, reviewed with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from claims.articles import Article, read_articles
from claims.models import Operation, Quote, QuoteDecision, Speaker
from claims.services.ingestion.ingest import IngestResult, ingest
from tests.browser.review.review_screen import press_keys

EXAMPLE_ARTICLE = Path(__file__).resolve().parents[3] / "seeds" / "istanbul-talks.txt"
QUOTE_COUNT = 20


def current_quote(page: Page) -> Quote:
    """The quote on the screen, once it is ready for input."""
    screen = page.locator("#fb-review.fb-review-has-js[data-quote]:not([aria-busy])")
    expect(screen).to_be_visible()
    return Quote.objects.get(pk=screen.get_attribute("data-quote"))


def wait_until_left(page: Page, quote: Quote) -> None:
    expect(page.locator(f'#fb-review.fb-review-has-js:not([data-quote="{quote.pk}"]):not([aria-busy])')).to_be_visible()


def read_decision(quote: Quote) -> str:
    return Quote.objects.get(pk=quote.pk).decision


def add_missed_quote(page: Page, ingested: IngestResult) -> None:
    quote = current_quote(page)
    press_keys(page, "+", "Enter")
    expect(page.get_by_text("Quote added (pending).", exact=True)).to_be_visible()
    added = Quote.objects.latest("pk")
    assert (added.extractor, added.snapshot_id) == ("editor", quote.snapshot_id)
    assert ingested.snapshot.text[added.start : added.end] == added.exact


def test_review_twenty_quotes(login: Callable[[], Page]) -> None:
    (article,) = read_articles([str(EXAMPLE_ARTICLE)])
    assert isinstance(article, Article)
    ingested = ingest(article=article)
    assert ingested.quotes >= QUOTE_COUNT
    page = login()
    page.goto("/admin/claims/quote/review/")
    starts: list[int] = []
    expected: dict[int, str] = {}
    corrected = None
    for number in range(QUOTE_COUNT):
        quote = current_quote(page)
        starts.append(quote.start)
        if quote.speaker is None:
            # Without a speaker there is no statement to check.
            press_keys(page, "r", "1")
            expected[quote.pk] = QuoteDecision.REJECTED
        elif number == 3:
            press_keys(page, "r", "2")
            wait_until_left(page, quote)
            press_keys(page, "u")
            page.get_by_role("link", name="Show quote").click()
            expect(page.locator(f'#fb-review[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()
            assert read_decision(quote) == QuoteDecision.PENDING, "undone after moving on"
            press_keys(page, "a")
            expected[quote.pk] = QuoteDecision.ACCEPTED
        elif corrected is None and len(quote.exact.split()) > 5:
            # Shorten the quote by its last word.
            press_keys(page, "w", "ArrowLeft", "Enter")
            expect(page.locator(".fb-review-mode")).to_have_count(0)
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
    assert Quote.objects.pending().count() == ingested.quotes - QUOTE_COUNT
    expect(page.locator(".fb-review-remaining")).to_have_text(str(ingested.quotes - QUOTE_COUNT))

    add_missed_quote(page, ingested)

    for quote in Quote.objects.filter(pk__in=expected):
        assert ingested.snapshot.text[quote.start : quote.end] == quote.exact or len(quote.spans) > 1
        assert quote.decided_by is None or quote.decided_by.username == "editor"
    accepted = [pk for pk, decision in expected.items() if decision == QuoteDecision.ACCEPTED]
    assert Quote.objects.released().filter(pk__in=accepted).count() == len(set(accepted))
    assert Speaker.objects.released().exists()
    # Twenty decisions plus one that was undone, the undo, a correction and an added quote.
    assert Operation.objects.filter(verb="undo").count() == 1
    assert Operation.objects.count() == QUOTE_COUNT + 1 + 1 + 1 + 1
