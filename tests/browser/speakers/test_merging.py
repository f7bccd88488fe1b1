"""Merging speakers and undoing the merge."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import MergeSuggestion, Speaker, SpeakerMerge
from claims.services.speakers import directory
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.table_contents import dump_models

TABLES_RESTORED_BY_UNDO = ("Speaker", "SpeakerName", "Quote", "Claim", "MergeSuggestion")


@pytest.mark.both_databases
def test_merge_and_undo_with_the_keyboard(login: Callable[[], Page]) -> None:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko", "Tom Oak", "Thom Oak"):
        directory.add_speaker(name=name, editor=None)
    first = MergeSuggestion.objects.order_by("-score", "id")[0]
    make.QuoteFactory(speaker=first.second)
    before = dump_models(*TABLES_RESTORED_BY_UNDO)
    page = login()
    page.goto(reverse("admin:claims_mergesuggestion_changelist"))
    page.get_by_role("link", name=f"Compare (#{first.pk})").click()
    expect(page.get_by_text("1 quote and 1 claim move here.")).to_be_visible()
    assert accessibility_violations(page) == []
    page.keyboard.press("1")
    expect(page.get_by_text("was merged into", exact=False).first).to_be_visible()
    second = MergeSuggestion.objects.pending().get()
    page.wait_for_url(f"**{reverse('admin:claims_mergesuggestion_change', args=[second.pk])}")
    first.refresh_from_db()
    assert (first.state, Speaker.objects.current().count()) == ("merged", 3)
    page.keyboard.press("n")
    expect(page.get_by_text("They will not be suggested again", exact=False)).to_be_visible()
    # An old link redirects to the kept speaker, where the merge can be undone.
    page.goto(reverse("admin:claims_speaker_change", args=[first.second_id]))
    page.wait_for_url(f"**{reverse('admin:claims_speaker_change', args=[first.first_id])}")
    expect(page.get_by_text("shown here", exact=False)).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="View or undo").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Merge undone: 1 quote, 1 claim and 1 name restored.", exact=False)).to_be_visible()
    assert SpeakerMerge.objects.get().undone_at
    MergeSuggestion.objects.filter(pk=second.pk).update(state="open", decided_by=None)
    assert dump_models(*TABLES_RESTORED_BY_UNDO) == before


@pytest.mark.journey
def test_merge_from_the_list(login: Callable[[], Page]) -> None:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko"):
        directory.add_speaker(name=name, editor=None)
    row = MergeSuggestion.objects.get()
    page = login()
    page.goto(f"{reverse('admin:claims_mergesuggestion_changelist')}?q=bez")
    assert accessibility_violations(page) == []
    page.get_by_role("button", name=f"Merge, keep the second: {row.first} / {row.second}").click()
    page.wait_for_url("**/mergesuggestion/?q=bez")
    expect(page.get_by_text("was merged into", exact=False).first).to_be_visible()
    assert list(Speaker.objects.current()) == [row.second]
