"""An editor's morning with the keyboard alone: twenty quotes of a machine-translated article."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from claims.articles import Article
from claims.models import Operation, Quote
from claims.services.ingest import ingest
from tests.browser.review.doing import QUEUE, press, quiet, ready
from tests.extraction.test_izvestia import ARTICLE

pytestmark = pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")


def test_twenty_quotes(login: Callable[[], Page]) -> None:
    text = ARTICLE.read_bytes().decode()
    given = {"name": "talks.txt", "text": text, "title": "Talks", "reader": "plain-text", "reader_version": "1"}
    ingest(article=Article(**given))
    page = login()
    page.goto(QUEUE)
    quotes = list(Quote.objects.order_by("snapshot_id", "start", "id")[:21])
    ready(page, quotes[0])
    expected = {}
    for number, (quote, following) in enumerate(pairwise(quotes)):
        if quote.speaker_id is None or number % 5 == 3:
            press(page, "r", "1" if number % 2 else "4")
            expected[quote.pk] = "rejected"
        else:
            if number % 5 == 1:
                press(page, "w", "ArrowLeft", "Enter")
                expect(page.get_by_text("The words were changed.")).to_be_visible()
            press(page, "a")
            expected[quote.pk] = "accepted"
        ready(page, following)
        if number % 7 == 2:
            press(page, "u")
            ready(page, quote)
            press(page, "s")
            ready(page, following)
            expected[quote.pk] = "pending"
    assert len(expected) == 20
    press(page, "+", "ArrowDown", "Enter")
    expect(page.get_by_text("Added, and pending.")).to_be_visible()
    quiet(page)
    assert dict(Quote.objects.filter(pk__in=expected).values_list("pk", "decision")) == expected
    assert Quote.objects.filter(extractor="editor").count() == 1
    changed = [quote for quote in quotes if Quote.objects.get(pk=quote.pk).exact != quote.exact]
    assert len(changed) >= 2
    for quote in Quote.objects.select_related("snapshot"):
        assert quote.exact == " ".join(quote.snapshot.text[start:end] for start, end in quote.spans)
    assert Operation.objects.exclude(undoes=None).count() == 3
