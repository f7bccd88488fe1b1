"""Claims and verdicts in a browser: two people to a verdict, a correction in the open, claims split, merged, undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Claim, Operation, Quote, Rating, Verification
from claims.services.claims.corrections import GRACE_PERIOD
from claims.services.claims.editing import edit_claim
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import PASSWORD


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], Page]:
    """Sign another person in, through the form."""

    def as_person(username: str) -> Page:
        page.context.clear_cookies()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    return as_person


def released_claim(**given: object) -> Claim:
    """A claim that readers have seen for a while."""
    claim = make.QuoteFactory(accepted=True, **given).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE_PERIOD)
    return Claim.objects.get(pk=claim.pk)


def choose_in_autocomplete(page: Page, field: str, text: str) -> None:
    """In an autocomplete."""
    page.locator(f".field-{field} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(text)
    page.get_by_role("option", name=text, exact=True).click()


def test_a_verdict_of_two_people(login: Callable[[], Page], sign_in: Callable[[str], Page], editor: User) -> None:
    User.objects.create_superuser("second", password=PASSWORD)
    claim = released_claim()
    page = login()
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_role("link", name="Add verification").click()
    choose_in_autocomplete(page, "rating", Rating.objects.get(slug="true").name)
    page.get_by_label("Explanation").fill("Two gauges show it.")
    page.get_by_text("Add another Evidence").click()
    page.locator("#id_evidence-0-url").fill("https://example.org/gauges")
    page.locator("#id_evidence-0-stance").select_option("supports")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".fb-in-context mark")).to_have_text("Rivers are full.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("another person approves it", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    row = Verification.objects.get()
    refused = page.evaluate(
        """async (address) => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const body = new URLSearchParams({csrfmiddlewaretoken: token});
            return (await (await fetch(address, {method: "POST", body})).text());
        }""",
        f"/admin/claims/verification/{row.pk}/step/publish/",
    )
    assert "A verification is approved by another person than those who wrote it." in refused
    assert Verification.objects.get().state == "submitted"
    page = sign_in("second")
    page.goto(f"/admin/claims/verification/{row.pk}/change/")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("The verification was approved and published.")).to_be_visible()
    found = page.request.get(f"/api/v1/claims/{claim.pk}/").json()
    assert found["status"] == "true"


def test_an_edit_after_publication_with_its_correction(login: Callable[[], Page]) -> None:
    verdict = verifications.make_published(released_claim(claim__text="Rivers are full."))
    page = login()
    page.goto(f"/admin/claims/claim/{verdict.claim_id}/change/")
    page.get_by_label("Text").fill("Rivers are nearly full.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".fb-diff ins")).to_have_text("nearly ")
    expect(page.get_by_text("a copy waits for approval")).to_be_visible()
    assert Claim.objects.get().text == "Rivers are full.", "nothing is changed until it is said"
    page.get_by_label("What was changed").fill("The wording: nearly full.")
    page.get_by_label("Why").fill("The gauge stood below the mark.")
    page.get_by_role("button", name="Change it and publish the note").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    notes = page.request.get("/api/v1/corrections/").json()["results"]
    assert "The gauge stood below the mark." in {note["reason"] for note in notes}
    claim = page.request.get(f"/api/v1/claims/{verdict.claim_id}/").json()
    assert (claim["claim"] if "claim" in claim else claim["text"]) == "Rivers are nearly full."
    assert claim["status"] == "in-review"


def test_a_draft_correction_is_kept_and_published(login: Callable[[], Page], sign_in: Callable[[str], Page]) -> None:
    claim = released_claim(claim__text="Rivers are full.")
    page = login()
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_label("Text").fill("Rivers are nearly full.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("What was changed").fill("The wording.")
    page.get_by_label("Why").fill("It was unclear.")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("readers see the old wording", exact=False).first).to_be_visible()
    assert Claim.objects.get().text == "Rivers are full."
    page.get_by_role("link", name="Draft corrections").click()
    page.get_by_role("link", name="Rivers are nearly full.").click()
    page.get_by_role("button", name="Publish the correction").click()
    expect(page.get_by_text("The correction was published", exact=False)).to_be_visible()
    assert Claim.objects.get().text == "Rivers are nearly full."


def test_split_undo_and_merge(login: Callable[[], Page]) -> None:
    first = make.QuoteFactory(claim__text="Rivers are full.")
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    page = login()
    page.goto(f"/admin/claims/claim/{first.claim_id}/change/")
    page.get_by_role("link", name="Split…").click()
    page.locator(f"input[name=quotes][value='{second.pk}']").check()
    page.get_by_label("The new claim").fill("The rivers are full, all of them.")
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("1 quote makes a claim of its own now", exact=False)).to_be_visible()
    assert Claim.objects.count() == 2
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Split", exact=False).first).to_be_visible()
    assert (Claim.objects.count(), first.claim.quotes.count()) == (1, 2)

    other = make.QuoteFactory(speaker=first.speaker, claim__text="Rivers are full, all.").claim
    page.reload()
    page.get_by_role("link", name="Merge…").click()
    page.get_by_role("button", name=f"Keep #{first.claim_id}").click()
    expect(page.get_by_text("was merged into this claim", exact=False)).to_be_visible()
    assert first.claim.quotes.count() == 3
    page.goto(f"/admin/claims/claim/{other.pk}/change/")
    expect(page.get_by_text("This claim was merged into", exact=False)).to_be_visible()
    page.get_by_role("link", name="Undo…").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Merged", exact=False).first).to_be_visible()
    assert (first.claim.quotes.count(), other.quotes.count()) == (2, 1)


def test_a_quote_is_linked_in_one_click(login: Callable[[], Page]) -> None:
    quote = make.QuoteFactory()
    claim = make.ClaimFactory(text="The rivers are full.", speaker=quote.speaker)
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_role("button", name="Link to: The rivers are full.").click()
    expect(page.get_by_text("The quote makes the claim", exact=False)).to_be_visible()
    assert Quote.objects.get().claim == claim


def test_many_claims_at_once_and_one_undo(login: Callable[[], Page]) -> None:
    make.TopicFactory(name="Water")
    make.ClaimFactory.create_batch(2)
    page = login()
    page.goto("/admin/claims/claim/")
    page.get_by_label("Select all objects on this page for an action").check()
    page.locator("select[name=action]").select_option("change_chosen")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", name="Change 2 claims")).to_be_visible()
    page.get_by_role("checkbox", name="Add topics").check()
    page.locator(".fb-optional .select2-selection").first.click()
    page.locator(".select2-search__field").first.fill("wat")
    page.get_by_role("option", name="Water").click()
    page.get_by_role("button", name="Change 2 claims").click()
    expect(page.get_by_text("2 changed.", exact=False)).to_be_visible()
    assert Claim.objects.filter(topics__name="Water").count() == 2
    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: 2 claims changed", exact=False).first).to_be_visible()
    assert not Claim.objects.filter(topics__isnull=False).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_that_ask_fit_and_keep_nobody_out(
    login: Callable[[], Page], editor: User, width: int, scheme: Any
) -> None:
    claim = verifications.make_published(released_claim(claim__text="Rivers are full.")).claim
    make.QuoteFactory(claim=claim, speaker=claim.speaker)
    other = make.ClaimFactory(text="Rivers are full, all of them.", speaker=claim.speaker)
    edit_claim(claim=other, changes={"said_on": timezone.now().date()}, editor=editor)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    base = f"/admin/claims/claim/{claim.pk}"
    undo = f"/admin/claims/claim/undo/{Operation.objects.latest('pk').pk}/"

    def note() -> None:
        page.goto(f"{base}/change/")
        page.get_by_label("Text").fill("Rivers are nearly full.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_label("What was changed")).to_be_visible()

    def bulk() -> None:
        page.goto("/admin/claims/claim/")
        page.locator("input[name=_selected_action]").first.check()
        page.locator("select[name=action]").select_option("change_chosen")
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("heading", name="Change 1 claim")).to_be_visible()

    ways: list[Callable[[], Any]] = [
        *(lambda at=at: page.goto(at) for at in (f"{base}/split/", f"{base}/merge/?other={other.pk}", undo)),
        note,
        bulk,
    ]
    wrong = {}
    for way in ways:
        way()
        drawn, grave = page.evaluate("document.documentElement.scrollWidth"), accessibility_violations(page)
        if drawn > width or grave:
            wrong[page.url] = (drawn, *grave)
    assert wrong == {}
