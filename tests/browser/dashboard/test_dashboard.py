"""An editor's desk: the start page leads to what it counts, people call on each other, lists are kept under names."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Comment, SavedView, Verification
from claims.services.people import comments
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import PASSWORD, sign_in


def create_newsroom_activity(editor: User) -> None:
    """Some weeks of work, and something that waits for the editor."""
    now = timezone.now()
    for number in range(60):
        decision = {"rejected": True} if number % 6 == 0 else {"accepted": True}
        make.QuoteFactory(**decision, decided_at=now - timedelta(days=number % 20), confidence=number / 60)
    for number in range(7):
        make.QuoteFactory(created_at=now - timedelta(days=number))
    draft = verifications.make_draft()
    Verification.objects.filter(pk=draft.pk).update(author=editor, comment="Another gauge, please.")
    verifications.make_submitted()
    verifications.make_published()
    comments.add_comment(on=draft.claim, text="@editor is this the minister?", author=make.UserFactory(username="ann"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_the_start_page_is_drawn(login: Callable[[], Page], editor: User, width: int, scheme: Any) -> None:
    create_newsroom_activity(editor)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/admin/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bars = page.locator(".fb-chart svg a")
    assert bars.count() == 20
    assert all(bars.nth(n).locator("rect").nth(1).bounding_box() for n in range(20))
    assert accessibility_violations(page) == []


def test_each_chart_leads_to_its_list(login: Callable[[], Page], editor: User) -> None:
    create_newsroom_activity(editor)
    page = login()
    page.locator(".fb-figure a").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(7)
    page.goto("/admin/")
    page.locator(".fb-chart svg a").last.click()
    page.wait_for_url("**decided=*")
    expect(page.locator("#result_list tbody tr")).to_have_count(6)  # three of the sixty, and the verdicts' quotes
    page.goto("/admin/")
    page.get_by_role("link", name="Sent back to you").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.goto("/admin/")
    page.get_by_text("As a table").click()
    expect(page.locator(".fb-figures tbody tr")).to_have_count(20)
    page.get_by_role("link", name="In review").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_a_call_is_answered_and_ticked_off(login: Callable[[], Page], editor: User) -> None:
    ann = make.UserFactory(username="ann")
    quote = make.QuoteFactory()
    page = login()
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    page.get_by_label("Comment", exact=True).fill("@ann is it she? See https://example.org/x\n@nobody")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("it waits for ann")).to_be_visible()
    expect(page.get_by_text("Nobody who works here has this name: @nobody.")).to_be_visible()
    expect(page.locator(".fb-called")).to_have_text("@ann")
    comments.add_comment(on=quote, text="It is. @editor", author=ann)
    page.goto("/admin/")
    page.get_by_role("link", name="It is. @editor").click()
    page.wait_for_url("**#comment-*")
    page.get_by_role("button", name="Tick off").click()
    expect(page.get_by_text("The comment is ticked off.")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Taken back by its author")).to_be_visible()
    expect(page.get_by_text("is it she?")).to_have_count(0)
    assert not Comment.objects.waiting_for(editor.pk).exists()


def test_a_view_is_kept_opened_renamed_and_deleted(login: Callable[[], Page]) -> None:
    make.QuoteFactory.create_batch(2)
    make.QuoteFactory(rejected=True)
    page = login()
    page.goto("/admin/claims/quote/?decision__exact=rejected")
    page.get_by_text("Save this view").click()
    page.get_by_label("Name").fill("Not <these>")
    page.get_by_label("for everybody").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Not <these>” is in your sidebar now, and in everybody else's.")).to_be_visible()
    page.goto("/admin/")
    page.get_by_role("link", name="Not <these>").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Manage views").click()
    page.get_by_role("link", name="Rename, share, delete").click()
    page.get_by_label("Name").fill("Rejected")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Rejected").first).to_be_visible()
    assert SavedView.objects.get().name == "Rejected"
    page.get_by_role("link", name="Rename, share, delete").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.wait_for_url("**/savedview/")
    assert not SavedView.objects.exists()


def test_a_reporter_finds_no_machinery(browser: Browser, live_server: LiveServer) -> None:
    rita = User.objects.create_user("rita", password=PASSWORD, is_staff=True)
    rita.groups.add(Group.objects.get(name="Reporter"))
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    sign_in(page, "rita")
    expect(page.get_by_role("link", name="Quotes")).to_be_visible()
    expect(page.get_by_text("No articles yet")).to_be_visible()
    for hidden in ("Users", "Groups", "Lock-outs", "Administration"):
        expect(page.get_by_text(hidden, exact=True)).to_have_count(0)
    context.close()
