"""Twenty quotes of a machine-translated article, reviewed with the keyboard alone."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from claims.articles import Article
from claims.models import Operation, Quote
from claims.services.ingestion.ingest import ingest
from tests.browser.review.review_screen import REVIEW_URL, press_keys, wait_for_quote
from tests.extraction.english.test_izvestia import ARTICLE

pytestmark = pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")


def test_review_twenty_quotes_of_a_translation(login: Callable[[], Page]) -> None:
    text = ARTICLE.read_bytes().decode()
    fields = {"name": "talks.txt", "text": text, "title": "Talks", "reader": "plain-text", "reader_version": "1"}
    ingest(article=Article(**fields))
    page = login()
    page.goto(REVIEW_URL)
    quotes = list(Quote.objects.order_by("snapshot_id", "start", "id")[:21])
    wait_for_quote(page, quotes[0])
    expected = {}
    for number, (quote, following) in enumerate(pairwise(quotes)):
        if quote.speaker_id is None or number % 5 == 3:
            press_keys(page, "r", "1" if number % 2 else "4")
            expected[quote.pk] = "rejected"
        else:
            if number % 5 == 1:
                press_keys(page, "w", "ArrowLeft", "Enter")
                expect(page.get_by_text("Wording changed.", exact=True)).to_be_visible()
            press_keys(page, "a")
            expected[quote.pk] = "accepted"
        wait_for_quote(page, following)
        if number % 7 == 2:
            press_keys(page, "u")
            expect(page.get_by_text("Undone: ").first).to_be_visible()
            wait_for_quote(page, following)
            expected[quote.pk] = "pending"
    assert len(expected) == 20
    press_keys(page, "+", "ArrowDown", "Enter")
    expect(page.get_by_text("Quote added (pending).", exact=True)).to_be_visible()
    assert dict(Quote.objects.filter(pk__in=expected).values_list("pk", "decision")) == expected
    assert Quote.objects.filter(extractor="editor").count() == 1
    changed = [quote for quote in quotes if Quote.objects.get(pk=quote.pk).exact != quote.exact]
    assert len(changed) >= 2
    for quote in Quote.objects.select_related("snapshot"):
        assert quote.exact == " ".join(quote.snapshot.text[start:end] for start, end in quote.spans)
    assert Operation.objects.exclude(undoes=None).count() == 3
