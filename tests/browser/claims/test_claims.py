"""Claims and verdicts: approval by a second person, public corrections, split, merge, bulk edits and undo."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim, Operation, Quote
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.editing import edit_claim
from claims.services.claims.public_state import GRACE_PERIOD
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import sign_in
from tests.browser.screens import on_every_screen, page_width


@pytest.fixture
def sign_in_as(page: Page, live_server: LiveServer) -> Callable[[str], Page]:
    """Signs another user in."""

    def sign_in_again(username: str) -> Page:
        page.context.clear_cookies()
        sign_in(page, live_server, User.objects.get(username=username))
        return page

    return sign_in_again


def released_claim(**fields: object) -> Claim:
    """A claim that has been public for longer than the grace period."""
    claim = make.QuoteFactory(accepted=True, **fields).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    return Claim.objects.get(pk=claim.pk)


def test_edit_of_public_claim_publishes_a_correction(login: Callable[[], Page]) -> None:
    verdict = verifications.make_published(released_claim(claim__text="Rivers are full."))
    page = login()
    page.goto(f"/admin/claims/claim/{verdict.claim_id}/change/")
    page.get_by_label("Claim text").fill("Rivers are nearly full.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".fb-diff ins")).to_have_text("nearly ")
    expect(page.get_by_text("Wording", exact=True)).to_be_visible()
    expect(page.get_by_text("a copy is submitted for approval")).to_be_visible()
    assert Claim.objects.get().text == "Rivers are full.", "nothing changes before the note is written"
    page.get_by_label("What was changed").fill("The wording: nearly full.")
    page.get_by_label("Why").fill("The gauge stood below the mark.")
    page.get_by_role("button", name="Save and publish correction").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    notes = page.request.get("/api/v1/corrections/").json()["results"]
    assert "The gauge stood below the mark." in {note["reason"] for note in notes}
    claim = page.request.get(f"/api/v1/claims/{verdict.claim_id}/").json()
    assert (claim["claim"] if "claim" in claim else claim["text"]) == "Rivers are nearly full."
    assert claim["status"] == "in-review"


@pytest.mark.journey
def test_save_and_publish_draft_correction(login: Callable[[], Page], sign_in_as: Callable[[str], Page]) -> None:
    claim = released_claim(claim__text="Rivers are full.")
    page = login()
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_label("Claim text").fill("Rivers are nearly full.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("What was changed").fill("The wording.")
    page.get_by_label("Why").fill("It was unclear.")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("readers see the old wording", exact=False).first).to_be_visible()
    assert Claim.objects.get().text == "Rivers are full."
    page.get_by_role("link", name="Draft corrections").click()
    page.get_by_role("link", name="Rivers are nearly full.").click()
    page.get_by_role("button", name="Publish correction").click()
    expect(page.get_by_text("Correction published", exact=False)).to_be_visible()
    assert Claim.objects.get().text == "Rivers are nearly full."


@pytest.mark.both_databases
def test_split_undo_and_merge(login: Callable[[], Page]) -> None:
    first = make.QuoteFactory(claim__text="Rivers are full.", claim__proposed=False)
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    page = login()
    page.goto(f"/admin/claims/claim/{first.claim_id}/change/")
    page.get_by_role("link", name="Split…").click()
    page.locator(f"input[name=quotes][value='{second.pk}']").check()
    page.get_by_label("New claim").fill("The rivers are full, all of them.")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("1 quote moved to the new claim", exact=False)).to_be_visible()
    assert Claim.objects.count() == 2
    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Split", exact=False).first).to_be_visible()
    assert (Claim.objects.count(), first.claim.quotes.count()) == (1, 2)

    other = make.QuoteFactory(speaker=first.speaker, claim__text="Rivers are full, all.", claim__proposed=False).claim
    assert sum(update_vectors()) >= 1
    page.reload()
    page.get_by_role("link", name="Merge…").click()
    page.get_by_role("button", name=f"Keep #{first.claim_id}").click()
    expect(page.get_by_text("merged into this claim", exact=False)).to_be_visible()
    assert first.claim.quotes.count() == 3
    page.goto(f"/admin/claims/claim/{other.pk}/change/")
    expect(page.get_by_text("This claim was merged into", exact=False)).to_be_visible()
    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Merged", exact=False).first).to_be_visible()
    assert (first.claim.quotes.count(), other.quotes.count()) == (2, 1)


def test_link_quote_to_similar_claim(login: Callable[[], Page]) -> None:
    quote = make.QuoteFactory()
    claim = make.ClaimFactory(text="The rivers are full.", speaker=quote.speaker)
    assert sum(update_vectors()) == 1
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_role("button", name="Link to: The rivers are full.").click()
    expect(page.get_by_text("Quote linked to the claim", exact=False)).to_be_visible()
    assert Quote.objects.get().claim == claim


def test_bulk_change_and_undo(login: Callable[[], Page]) -> None:
    make.TopicFactory(name="Water")
    make.ClaimFactory.create_batch(2)
    page = login()
    page.goto("/admin/claims/claim/")
    page.get_by_label("Select all objects on this page for an action").check()
    page.locator("select[name=action]").select_option("change_chosen")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", name="Change 2 claims")).to_be_visible()
    page.get_by_role("checkbox", name="Add topics").check()
    page.locator(".fb-optional-field .select2-selection").first.click()
    page.locator(".select2-search__field").first.fill("wat")
    page.get_by_role("option", name="Water").click()
    page.get_by_role("button", name="Change 2 claims").click()
    expect(page.get_by_text("2 changed.", exact=False)).to_be_visible()
    assert Claim.objects.filter(topics__name="Water").count() == 2
    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: 2 claims changed", exact=False).first).to_be_visible()
    assert not Claim.objects.filter(topics__isnull=False).exists()


@on_every_screen
def test_forms_fit_and_are_accessible(login: Callable[[], Page], editor: User, width: int, scheme: Any) -> None:
    claim = verifications.make_published(released_claim(claim__text="Rivers are full.")).claim
    make.QuoteFactory(claim=claim, speaker=claim.speaker)
    other = make.ClaimFactory(text="Rivers are full, all of them.", speaker=claim.speaker)
    edit_claim(claim=other, changes={"said_on": timezone.now().date()}, editor=editor)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    claim_url = f"/admin/claims/claim/{claim.pk}"
    undo_url = f"/admin/claims/claim/undo/{Operation.objects.latest('pk').pk}/"

    def open_confirmation() -> None:
        page.goto(f"{claim_url}/change/")
        page.get_by_label("Claim text").fill("Rivers are nearly full.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_label("What was changed")).to_be_visible()

    def open_bulk_change() -> None:
        page.goto("/admin/claims/claim/")
        page.locator("input[name=_selected_action]").first.check()
        page.locator("select[name=action]").select_option("change_chosen")
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("heading", name="Change 1 claim")).to_be_visible()

    openers: list[Callable[[], Any]] = [
        *(
            lambda url=url: page.goto(url)
            for url in (f"{claim_url}/split/", f"{claim_url}/merge/?other={other.pk}", undo_url)
        ),
        open_confirmation,
        open_bulk_change,
    ]
    problems = {}
    for open_page in openers:
        open_page()
        shown_width, violations = page_width(page), accessibility_violations(page)
        if shown_width > width or violations:
            problems[page.url] = (shown_width, *violations)
    assert problems == {}
