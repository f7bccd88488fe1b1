"""Comments: mentioning colleagues, marking mentions as done, and warnings about unsent comments."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Comment, Quote
from claims.services.people import comments
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.leave_dialogs import answering_leave_dialog, wait_for_dialog, wait_until_guarded
from tests.services.quotes.quoted_text import TEXT, make_quote_of


@pytest.fixture
def quotes(login: Callable[[], Page]) -> list[Quote]:
    login()
    User.objects.create_user("ann", password="p", is_staff=True, first_name="Ann", last_name="Wu")
    User.objects.create_user("annabel", password="p", is_staff=True)
    User.objects.create_user("bo", password="p", is_staff=True, last_name="Anders")
    snapshot = make.SnapshotFactory(text=TEXT)
    speaker = make.SpeakerFactory()
    return [make_quote_of(snapshot, words, speaker=speaker) for words in ("Roads,", "are dry.")]


def open_quote_page(page: Page, quote: Quote) -> None:
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    wait_until_guarded(page)


def test_mention_with_the_keyboard(page: Page, quotes: list[Quote]) -> None:
    open_quote_page(page, quotes[0])
    field = page.get_by_role("textbox", name="Comment", exact=True)
    field.focus()
    with page.expect_response("**?q=an") as last_answer:  # if typing pauses, others come before it
        page.keyboard.type("Is it she, @an")
    last_answer.value.finished()
    suggestions = page.get_by_role("listbox", name="Colleagues").get_by_role("option")
    expect(suggestions).to_have_text(["@ann Ann Wu", "@annabel", "@bo Anders"])
    expect(suggestions.nth(0)).to_have_attribute("aria-selected", "true")
    assert accessibility_violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(suggestions.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Is it she, @ann ")
    page.keyboard.type("or @bo")
    expect(suggestions).to_have_text(["@bo Anders"])
    page.keyboard.press("Escape")
    expect(suggestions).to_have_count(0)
    page.keyboard.type("? mail x@an")
    page.wait_for_timeout(300)
    expect(suggestions).to_have_count(0)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("ann, bo will be notified.")).to_be_visible()
    assert Comment.objects.get().text == "Is it she, @ann or @bo? mail x@an"


def test_mention_with_the_mouse(page: Page, quotes: list[Quote]) -> None:
    page.goto(f"/admin/claims/quote/review/?quote={quotes[0].pk}")
    expect(page.locator("#fb-review.fb-review-has-js")).to_be_visible()
    page.get_by_role("textbox", name="Comment", exact=True).press_sequentially("@anna")
    page.get_by_role("option", name="@annabel").click()
    expect(page.get_by_role("textbox", name="Comment", exact=True)).to_have_value("@annabel ")
    page.get_by_role("textbox", name="Comment", exact=True).fill("")


def test_leaving_an_unsent_comment_asks_first(page: Page, quotes: list[Quote]) -> None:
    open_quote_page(page, quotes[0])
    page.get_by_role("textbox", name="Comment", exact=True).fill("An hour of work.")
    with answering_leave_dialog(page) as dialogs:
        page.locator("#nav-sidebar-apps a", has_text="Claims").first.click(no_wait_after=True)
        wait_for_dialog(page, dialogs)
    assert dialogs == ["beforeunload"]
    expect(page.get_by_role("textbox", name="Comment", exact=True)).to_have_value("An hour of work.")
    with answering_leave_dialog(page) as dialogs:
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.get_by_text("Comment added")).to_be_visible()
    assert dialogs == []


def test_review_screen_asks_before_discarding_a_comment(page: Page, quotes: list[Quote]) -> None:
    page.goto(f"/admin/claims/quote/review/?quote={quotes[0].pk}")
    screen = page.locator("#fb-review.fb-review-has-js:not([aria-busy])")
    expect(screen).to_have_attribute("data-quote", str(quotes[0].pk))
    page.get_by_role("textbox", name="Comment", exact=True).fill("An hour of work.")
    page.locator("#fb-review-scroll").focus()
    for key in ("j", "a"):
        with answering_leave_dialog(page) as dialogs:
            page.keyboard.press(key)
            wait_for_dialog(page, dialogs)
        assert dialogs == ["confirm"]
        expect(page.get_by_role("textbox", name="Comment", exact=True)).to_have_value("An hour of work.")
    assert Quote.objects.get(pk=quotes[0].pk).decision == "pending"
    with answering_leave_dialog(page, answer="leave") as dialogs:
        page.keyboard.press("j")
        expect(screen).to_have_attribute("data-quote", str(quotes[1].pk))
    assert dialogs == ["confirm"]
    page.get_by_role("textbox", name="Comment", exact=True).fill("Another.")
    with answering_leave_dialog(page) as dialogs:
        page.get_by_role("button", name="Comment", exact=True).click()
        expect(page.get_by_text("Comment added")).to_be_visible()
    assert dialogs == []
    assert Comment.objects.get().quote == quotes[1]


def test_mention_is_answered_and_marked_as_done(login: Callable[[], Page], editor: User) -> None:
    ann = make.UserFactory(username="ann")
    quote = make.QuoteFactory()
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_role("textbox", name="Comment", exact=True).fill("@ann is it she? See https://example.org/x\n@nobody")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("ann will be notified.")).to_be_visible()
    expect(page.get_by_text("No colleague has this name: @nobody.")).to_be_visible()
    expect(page.locator(".fb-user-mention")).to_have_text("@ann")
    comments.add_comment(on=quote, text="It is. @editor", author=ann)
    page.goto("/admin/")
    page.get_by_role("link", name="It is. @editor").click()
    page.wait_for_url("**#comment-*")
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_text("Marked as done.")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Deleted by its author")).to_be_visible()
    expect(page.get_by_text("is it she?")).to_have_count(0)
    assert not Comment.objects.with_open_mention_of(editor.pk).exists()
