"""The claim on the card: its wording is confirmed with `c`, or the quote is linked to another claim."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim, ClaimRelation, Quote
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.editing import edit_claim
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.review.review_screen import REVIEW_URL, press_keys, read_decisions, wait_for_quote
from tests.browser.screens import on_every_screen, page_width
from tests.services.sources.newer_snapshots import change_source

PROPOSED, WORDING = "Rivers are full, and cafés are open", "Rivers are full."


@pytest.fixture
def quotes(quotes: list[Quote]) -> list[Quote]:
    """The quotes of the text, the first with a proposal in a machine's words."""
    Claim.objects.filter(quotes=quotes[0]).update(text=PROPOSED)
    return quotes


def open_wording(page: Page, text: str = WORDING) -> None:
    """Focuses the wording with its key, and types another."""
    press_keys(page, "c")
    expect(page.locator("#fb-review-wording")).to_be_focused()
    press_keys(page, "Control+a")
    page.keyboard.type(text)


def read_claim(quote: Quote) -> tuple[str, bool]:
    """The text of the quote's claim, and whether it is released."""
    claim = Claim.objects.get(quotes=quote)
    return claim.text, Claim.objects.released().filter(pk=claim.pk).exists()


def test_a_accepts_the_quote_and_leaves_its_claim_a_proposal(queue: Page, quotes: list[Quote]) -> None:
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(quotes[0]) == ["accepted"]
    assert read_claim(quotes[0]) == (PROPOSED, False)


@pytest.mark.both_databases
@pytest.mark.journey
def test_c_releases_the_claim_in_the_wording_shown_and_is_undone_as_one(queue: Page, quotes: list[Quote]) -> None:
    field = queue.locator("#fb-review-wording")
    expect(field).to_have_value(PROPOSED)
    open_wording(queue)
    press_keys(queue, "Shift+Enter")
    assert read_decisions(*quotes) == ["pending"] * 3
    expect(field).to_have_value(WORDING)
    press_keys(queue, "Enter")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
    assert read_claim(quotes[0]) == (WORDING, True)
    expect(queue.locator("#fb-review-wording")).not_to_be_focused()
    press_keys(queue, "u")
    expect(queue.locator(".fb-review-last")).to_contain_text("Undone: Accepted, claim released")
    assert read_decisions(*quotes) == ["pending"] * 3
    assert read_claim(quotes[0]) == (PROPOSED, False)


def test_a_wording_that_was_not_sent_is_kept(queue: Page, quotes: list[Quote]) -> None:
    field = queue.locator("#fb-review-wording")
    open_wording(queue)
    press_keys(queue, "Escape")
    expect(field).not_to_be_focused()
    expect(field).to_have_value(WORDING)
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[1])
    expect(field).not_to_have_value(WORDING)
    press_keys(queue, "k")
    wait_for_quote(queue, quotes[0])
    expect(field).to_have_value(WORDING)
    queue.reload()
    wait_for_quote(queue, quotes[0])
    expect(field).to_have_value(WORDING)
    press_keys(queue, "c", "Enter")
    wait_for_quote(queue, quotes[1])
    assert read_claim(quotes[0]) == (WORDING, True)


@pytest.mark.parametrize("is_reworded", [False, True], ids=["empty", "reworded-meanwhile"])
def test_a_refused_wording_stays_in_the_field_with_the_reason(
    queue: Page, quotes: list[Quote], is_reworded: bool
) -> None:
    if is_reworded:
        edit_claim(claim=quotes[0].claim, changes={"text": "Rivers rise."}, editor=make.UserFactory())
    open_wording(queue, WORDING if is_reworded else " ")
    press_keys(queue, "Enter")
    problem = "reworded to “Rivers rise.”" if is_reworded else "Claim text is empty."
    field = queue.locator("#fb-review-wording")
    expect(queue.locator("#fb-review-wording-problem")).to_contain_text(problem)
    expect(field).to_be_focused()
    expect(field).to_have_value(WORDING if is_reworded else " ")
    assert read_decisions(*quotes) == ["pending"] * 3
    if not is_reworded:
        queue.keyboard.type(WORDING)
    press_keys(queue, "Enter")
    wait_for_quote(queue, quotes[1])
    assert read_claim(quotes[0]) == (WORDING, True)


def test_a_changed_source_is_confirmed_before_the_claim_is_released(queue: Page, quotes: list[Quote]) -> None:
    change_source(quotes[0], "Rivers are full", "Rivers are low")
    queue.reload()
    wait_for_quote(queue, quotes[0])
    press_keys(queue, "c", "Enter")
    expect(queue.get_by_label("Accept although the source has changed")).to_be_focused()
    assert read_decisions(quotes[0]) == ["pending"]
    press_keys(queue, "Space", "c", "Enter")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(quotes[0]) == ["accepted"]


def test_numbers_link_to_a_similar_claim_or_choose_a_reason(queue: Page, quotes: list[Quote]) -> None:
    wording = "Rivers are full and cafés open"
    other = make.QuoteFactory(accepted=True, speaker=quotes[0].speaker, claim__text=wording).claim
    verdict = verifications.make_published(other)
    assert sum(update_vectors()) >= 1
    queue.reload()
    wait_for_quote(queue, quotes[0])
    similar = queue.locator(".fb-review-similar li")
    expect(similar).to_have_count(1)
    expect(similar).to_contain_text(str(verdict.rating))
    press_keys(queue, "1")
    expect(queue.get_by_role("link", name=other.text)).to_be_visible()
    wait_for_quote(queue, quotes[0])
    expect(queue.locator("#fb-review-wording")).to_have_count(0)
    assert Quote.objects.get(pk=quotes[0].pk).claim == other
    assert not Claim.objects.filter(text=PROPOSED).exists()
    press_keys(queue, "r", "1")
    wait_for_quote(queue, quotes[1])
    assert read_decisions(quotes[0]) == ["rejected"]


def test_a_claim_that_differs_is_related_by_a_button_and_not_linked(queue: Page, quotes: list[Quote]) -> None:
    wording = "Rivers are not full, and cafés are open"
    other = make.QuoteFactory(accepted=True, speaker=quotes[0].speaker, claim__text=wording).claim
    assert sum(update_vectors()) >= 1
    queue.reload()
    wait_for_quote(queue, quotes[0])
    similar = queue.locator(".fb-review-similar li")
    expect(similar.locator("mark").first).to_have_text("not")
    expect(similar).to_contain_text("Alike, but differs in: “not” (in the other claim only)")
    press_keys(queue, "1")
    assert accessibility_violations(queue) == []
    similar.get_by_role("button", name="Contradicts").click()
    expect(similar).to_have_count(0)
    wait_for_quote(queue, quotes[0])
    assert Quote.objects.get(pk=quotes[0].pk).claim != other
    assert {ClaimRelation.objects.get().first, ClaimRelation.objects.get().second} == {quotes[0].claim, other}


def test_without_a_speaker_c_asks_for_one(queue: Page, quotes: list[Quote]) -> None:
    Quote.objects.filter(pk=quotes[0].pk).update(speaker=None)
    queue.reload()
    wait_for_quote(queue, quotes[0])
    press_keys(queue, "c")
    expect(queue.locator("#fb-review-speaker-name")).to_be_focused()


@on_every_screen
def test_it_fits_and_is_accessible(queue: Page, quotes: list[Quote], width: int, scheme: Any) -> None:
    for number in range(3):
        make.QuoteFactory(
            accepted=True, speaker=quotes[0].speaker, claim__text=f"Rivers are full and cafés open {number}"
        )
    queue.emulate_media(color_scheme=scheme)
    queue.set_viewport_size({"width": width, "height": 768})
    queue.goto(REVIEW_URL)
    wait_for_quote(queue, quotes[0])
    open_wording(queue, "Rivers are full, and the cafés beside them are open. " * 4)
    field = queue.locator("#fb-review-wording")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight"), "it grows with the text"
    assert page_width(queue) <= width
    assert accessibility_violations(queue) == []
