"""Re-extracting the quotes of a source."""

import re
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Quote, QuoteDecision
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.sample_articles import RIVERS_URL, make_article
from tests.table_contents import dump_models


def test_reextraction(login: Callable[[], Page]) -> None:
    source = ingest(article=make_article(url=RIVERS_URL, title="Rivers")).source
    decided = Quote.objects.get(exact__startswith="Rivers")
    decide_quotes(quotes=[decided.pk], decision=QuoteDecision.REJECTED, editor=make.UserFactory())
    Quote.objects.filter(exact__startswith="Bridges").delete()
    Quote.objects.filter(exact__startswith="Roads").update(confidence=0.1)
    before = dump_models("Quote")
    page = login()
    page.goto(reverse("admin:claims_source_change", args=[source.pk]))
    page.get_by_role("link", name="Re-extract…").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_text([re.compile(rf"^\s*{outcome}\b") for outcome in ("new", "updated", "stays")])
    assert dump_models("Quote") == before, "the preview changes nothing"
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Re-extracted: 1 new, 1 updated, 1 stays.")).to_be_visible()
    decided.refresh_from_db()
    assert (decided.decision, Quote.objects.count()) == ("rejected", 3)
