"""Comments: colleagues named by their first letters, and what was begun is not lost."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Comment, Quote
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.common.test_form_guard import answering_leave_dialog, wait_until_guarded
from tests.services.quotes.test_wording import TEXT, quote_of


@pytest.fixture
def quotes(login: Callable[[], Page]) -> list[Quote]:
    login()
    User.objects.create_user("ann", password="p", is_staff=True, first_name="Ann", last_name="Wu")
    User.objects.create_user("annabel", password="p", is_staff=True)
    User.objects.create_user("bo", password="p", is_staff=True, last_name="Anders")
    snapshot = make.SnapshotFactory(text=TEXT)
    speaker = make.SpeakerFactory()
    return [quote_of(snapshot, words, speaker=speaker) for words in ("Roads,", "are dry.")]


def open_quote_page(page: Page, quote: Quote) -> None:
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    wait_until_guarded(page)


def test_a_colleague_is_named_with_the_keyboard_alone(page: Page, quotes: list[Quote]) -> None:
    open_quote_page(page, quotes[0])
    field = page.get_by_label("Comment", exact=True)
    field.focus()
    page.keyboard.type("Is it she, @an")
    offered = page.get_by_role("listbox", name="Colleagues").get_by_role("option")
    expect(offered).to_have_text(["@ann Ann Wu", "@annabel", "@bo Anders"])
    expect(offered.nth(0)).to_have_attribute("aria-selected", "true")
    assert accessibility_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(offered.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Is it she, @ann ")
    page.keyboard.type("or @bo")
    expect(offered).to_have_text(["@bo Anders"])
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    page.keyboard.type("? mail x@an")
    page.wait_for_timeout(300)
    expect(offered).to_have_count(0)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("it waits for ann, bo")).to_be_visible()
    assert Comment.objects.get().text == "Is it she, @ann or @bo? mail x@an"


def test_a_name_is_taken_with_the_mouse(page: Page, quotes: list[Quote]) -> None:
    page.goto(f"/admin/claims/quote/review/?quote={quotes[0].pk}")
    expect(page.locator("#fb-review.fb-rv-has-js")).to_be_visible()
    page.get_by_label("Comment", exact=True).press_sequentially("@anna")
    page.get_by_role("option", name="@annabel").click()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("@annabel ")
    page.get_by_label("Comment", exact=True).fill("")


def test_a_comment_that_was_begun_is_not_left_without_a_question(page: Page, quotes: list[Quote]) -> None:
    open_quote_page(page, quotes[0])
    page.get_by_label("Comment", exact=True).fill("An hour of work.")
    with answering_leave_dialog(page) as questions:
        page.locator("#nav-sidebar-apps a", has_text="Claims").first.click(no_wait_after=True)
        page.wait_for_timeout(300)
    assert questions == ["beforeunload"]
    expect(page.get_by_label("Comment", exact=True)).to_have_value("An hour of work.")
    with answering_leave_dialog(page) as questions:
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.get_by_text("Your comment was added")).to_be_visible()
    assert questions == []


def test_the_review_screen_does_not_go_on_over_a_comment_that_was_begun(page: Page, quotes: list[Quote]) -> None:
    page.goto(f"/admin/claims/quote/review/?quote={quotes[0].pk}")
    shown = page.locator("#fb-review.fb-rv-has-js:not([aria-busy])")
    expect(shown).to_have_attribute("data-quote", str(quotes[0].pk))
    page.get_by_label("Comment", exact=True).fill("An hour of work.")
    page.locator("#fb-rv-scroll").focus()
    for key in ("j", "a"):
        with answering_leave_dialog(page) as questions:
            page.keyboard.press(key)
            page.wait_for_timeout(300)
        assert questions == ["confirm"]
        expect(page.get_by_label("Comment", exact=True)).to_have_value("An hour of work.")
    assert Quote.objects.get(pk=quotes[0].pk).decision == "pending"
    with answering_leave_dialog(page, answer="leave") as questions:
        page.keyboard.press("j")
        expect(shown).to_have_attribute("data-quote", str(quotes[1].pk))
    assert questions == ["confirm"]
    page.get_by_label("Comment", exact=True).fill("Another.")
    with answering_leave_dialog(page) as questions:
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.get_by_text("Your comment was added")).to_be_visible()
    assert questions == []
    assert Comment.objects.get().quote == quotes[1]
