"""Sources: comparing versions, resolving quotes, and reading long texts."""

import json
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Anchor, Quote
from claims.services.sources.anchors import carry_over_quotes
from tests import factories as make
from tests.browser.accessibility import accessibility_violations


def test_source_with_two_versions(login: Callable[[], Page]) -> None:
    text = 'Ford said: "No." Reck said: "Yes."'
    quote = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=text), start=12, end=15, prefix="", suffix="",
        cue="", cue_spans=[], mention="", mention_spans=[],
    )  # fmt: skip
    source = quote.snapshot.source
    later = make.SnapshotFactory(source=source, text='On a Monday: "No." And then: "No." <b>That</b> was all.')
    carry_over_quotes(later)
    page = login()
    page.goto(reverse("admin:claims_source_change", args=[source.pk]))
    expect(page.get_by_text("1 quote needs checking in this version")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="Compare").click()
    expect(page.locator("ins", has_text="On a Monday")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="Resolve").click()
    expect(page.locator(".fb-anchor-match")).to_have_count(2)
    assert accessibility_violations(page) == []
    page.keyboard.press("2")
    expect(page.get_by_text("“No.” placed at character 30 of this version.")).to_be_visible()
    expect(page.locator(f"mark#quote-{quote.pk}")).to_have_text("No.")
    anchor = Anchor.objects.get()
    assert (anchor.state, anchor.spans, anchor.settled_by.username) == ("moved", [[30, 33]], "editor")


def test_long_text_has_pages(login: Callable[[], Page]) -> None:
    text = "".join(f'Ford said: "River {n:05d} is full." Rain fell.\n' for n in range(2000))
    speaker, snapshot = make.SpeakerFactory(name="Lena Ford"), make.SnapshotFactory(text=text)
    line_length = len(text) // 2000
    Quote.objects.bulk_create(
        Quote(
            snapshot=snapshot, kind="direct", spans=[[start, start + 21]], start=start, end=start + 21,
            exact=text[start : start + 21], text=text[start : start + 21], speaker=speaker, confidence=0.9,
            extractor="tagger", extractor_version="1",
        )
        for start in range(12, len(text), line_length)
    )  # fmt: skip
    page = login()
    last = Quote.objects.latest("start")
    page.goto(reverse("admin:claims_quote_change", args=[last.pk]))
    page.get_by_role("link", name="View in article").click()
    expect(page.locator(f"mark#quote-{last.pk}")).to_be_in_viewport()
    expect(page.get_by_text("Page 34 of 34")).to_have_count(2)
    page.keyboard.press("p")
    expect(page.get_by_text("Page 33 of 34")).to_have_count(2)
    assert accessibility_violations(page) == []
    assert json.loads(page.evaluate("JSON.stringify(document.querySelectorAll('mark[id]').length)")) == 60
