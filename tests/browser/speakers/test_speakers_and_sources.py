"""Speakers merged and parted with the keyboard; a source with two texts; a text read anew; a very long text."""

import json
from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Anchor, MergeSuggestion, Quote, QuoteDecision, Speaker, SpeakerMerge
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from claims.services.sources.anchors import carry_over_quotes
from claims.services.speakers import directory
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.sample_articles import RIVERS_URL
from tests.sample_articles import make_article as rivers
from tests.table_contents import dump_models

TABLES_RESTORED_BY_UNDO = ("Speaker", "SpeakerName", "Quote", "Claim", "MergeSuggestion")


def test_merged_and_parted_with_the_keyboard(login: Callable[[], Page]) -> None:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko", "Tom Oak", "Thom Oak"):
        directory.add_speaker(name=name, editor=None)
    first = MergeSuggestion.objects.order_by("-score", "id")[0]
    make.QuoteFactory(speaker=first.second)
    before = dump_models(*TABLES_RESTORED_BY_UNDO)
    page = login()
    page.goto(reverse("admin:claims_mergesuggestion_changelist"))
    page.get_by_role("link", name=f"#{first.pk} side by side").click()
    expect(page.get_by_text("1 quote and 1 claim move here.")).to_be_visible()
    assert accessibility_violations(page) == []
    page.keyboard.press("1")
    expect(page.get_by_text("was merged into", exact=False).first).to_be_visible()
    second = MergeSuggestion.objects.waiting().get()
    page.wait_for_url(f"**{reverse('admin:claims_mergesuggestion_change', args=[second.pk])}")
    first.refresh_from_db()
    assert (first.state, Speaker.objects.current().count()) == ("merged", 3)
    page.keyboard.press("n")
    expect(page.get_by_text("they are not suggested again", exact=False)).to_be_visible()
    # An old link leads to the one that is kept, and from there the two are parted again.
    page.goto(reverse("admin:claims_speaker_change", args=[first.second_id]))
    page.wait_for_url(f"**{reverse('admin:claims_speaker_change', args=[first.first_id])}")
    expect(page.get_by_text("which is this page", exact=False)).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="look, or undo").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("are two again; back went 1 quote, 1 claim, 1 name.", exact=False)).to_be_visible()
    assert SpeakerMerge.objects.get().undone_at
    MergeSuggestion.objects.filter(pk=second.pk).update(state="open", decided_by=None)
    assert dump_models(*TABLES_RESTORED_BY_UNDO) == before


def test_merged_from_the_list_with_one_button(login: Callable[[], Page]) -> None:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko"):
        directory.add_speaker(name=name, editor=None)
    row = MergeSuggestion.objects.get()
    page = login()
    page.goto(f"{reverse('admin:claims_mergesuggestion_changelist')}?q=bez")
    assert accessibility_violations(page) == []
    page.get_by_role("button", name=f"Merge into the second: {row.first} / {row.second}").click()
    page.wait_for_url("**/mergesuggestion/?q=bez")
    expect(page.get_by_text("was merged into", exact=False).first).to_be_visible()
    assert list(Speaker.objects.current()) == [row.second]


def test_a_source_with_two_texts(login: Callable[[], Page]) -> None:
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
    expect(page.get_by_text("1 earlier quote is not found again for certain")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="what changed").click()
    expect(page.locator("ins", has_text="On a Monday")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="settle").click()
    expect(page.locator(".fb-place")).to_have_count(2)
    assert accessibility_violations(page) == []
    page.keyboard.press("2")
    expect(page.get_by_text("“No.” stands at 30 in this text.")).to_be_visible()
    expect(page.locator(f"mark#quote-{quote.pk}")).to_have_text("No.")
    anchor = Anchor.objects.get()
    assert (anchor.state, anchor.spans, anchor.settled_by.username) == ("moved", [[30, 33]], "editor")


def test_a_text_is_read_anew(login: Callable[[], Page]) -> None:
    source = ingest(article=rivers(url=RIVERS_URL, title="Rivers")).source
    decided = Quote.objects.get(exact__startswith="Rivers")
    decide_quotes(quotes=[decided.pk], decision=QuoteDecision.REJECTED, editor=make.UserFactory())
    Quote.objects.filter(exact__startswith="Bridges").delete()
    Quote.objects.filter(exact__startswith="Roads").update(confidence=0.1)
    before = dump_models("Quote")
    page = login()
    page.goto(reverse("admin:claims_source_change", args=[source.pk]))
    page.get_by_role("link", name="Read anew…").click()
    told = page.locator("tbody tr").all_inner_texts()
    assert [row.split()[0] for row in told] == ["new", "updated", "stays"]
    assert dump_models("Quote") == before, "looking changes nothing"
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Replace the machine's quotes so").click()
    expect(page.get_by_text("Read anew: 1 new, 1 updated, 1 stays.")).to_be_visible()
    decided.refresh_from_db()
    assert (decided.decision, Quote.objects.count()) == ("rejected", 3)


def test_a_long_text_is_read_part_by_part(login: Callable[[], Page]) -> None:
    text = "".join(f'Ford said: "River {n:05d} is full." Rain fell.\n' for n in range(2000))
    speaker, snapshot = make.SpeakerFactory(name="Lena Ford"), make.SnapshotFactory(text=text)
    line = len(text) // 2000
    Quote.objects.bulk_create(
        Quote(
            snapshot=snapshot, kind="direct", spans=[[at, at + 21]], start=at, end=at + 21, exact=text[at : at + 21],
            speaker=speaker, confidence=0.9, extractor="tagger", extractor_version="1",
        )
        for at in range(12, len(text), line)
    )  # fmt: skip
    page = login()
    last = Quote.objects.latest("start")
    page.goto(reverse("admin:claims_quote_change", args=[last.pk]))
    page.get_by_role("link", name="Read it in the source").click()
    expect(page.locator(f"mark#quote-{last.pk}")).to_be_in_viewport()
    expect(page.get_by_text("Part 34 of 34")).to_have_count(2)
    page.keyboard.press("p")
    expect(page.get_by_text("Part 33 of 34")).to_have_count(2)
    assert accessibility_violations(page) == []
    assert json.loads(page.evaluate("JSON.stringify(document.querySelectorAll('mark[id]').length)")) == 60
