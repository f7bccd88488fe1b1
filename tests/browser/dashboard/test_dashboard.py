"""The dashboard: its charts, and the lists that they link to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Verification
from claims.services.people import comments
from tests import factories as make
from tests import verifications
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import PASSWORD, new_context, sign_in
from tests.browser.screens import on_every_screen, page_width


def create_newsroom_activity(editor: User) -> None:
    """Creates some weeks of decisions, and tasks for the editor."""
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


@on_every_screen
def test_dashboard_fits_and_is_accessible(login: Callable[[], Page], editor: User, width: int, scheme: Any) -> None:
    create_newsroom_activity(editor)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/admin/")
    assert page_width(page) <= width
    bars = page.locator(".fb-chart svg a")
    assert bars.count() == 20
    assert all(bars.nth(n).locator("rect").nth(1).bounding_box() for n in range(20))
    assert accessibility_violations(page) == []


def test_charts_link_to_their_lists(login: Callable[[], Page], editor: User) -> None:
    create_newsroom_activity(editor)
    page = login()
    page.goto("/admin/")
    page.locator(".fb-dashboard-figure a").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(7)
    page.goto("/admin/")
    page.locator(".fb-chart svg a").last.click()
    page.wait_for_url("**decided=*")
    expect(page.locator("#result_list tbody tr")).to_have_count(
        6
    )  # three of the sixty, and the quotes of the verifications
    page.goto("/admin/")
    page.get_by_role("link", name="Sent back to you").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.goto("/admin/")
    page.get_by_text("Show as table").click()
    expect(page.locator(".fb-number-table tbody tr")).to_have_count(20)
    page.get_by_role("link", name="In review").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


@pytest.mark.journey
def test_reporter_sees_no_administration(browser: Browser, live_server: LiveServer) -> None:
    reporter = User.objects.create_user("reporter", password=PASSWORD, is_staff=True)
    reporter.groups.add(Group.objects.get(name="Reporter"))
    context = new_context(browser, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server, reporter)
    page.goto("/admin/")
    expect(page.get_by_role("link", name="Quotes")).to_be_visible()
    expect(page.get_by_text("No articles yet")).to_be_visible()
    for hidden in ("Users", "Groups", "Login lockouts", "Administration"):
        expect(page.get_by_text(hidden, exact=True)).to_have_count(0)
    context.close()
