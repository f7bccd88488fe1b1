"""Assigning on a page and in a list, and choosing one's notifications."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Assignment, NoticeDelivery, NoticeKind
from claims.services.people.assignments import assign
from claims.services.people.notices import get_preferences
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_every_screen, page_width


def create_colleague() -> User:
    user: User = make.UserFactory(username="ben")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


def test_assign_on_a_page_and_mark_as_done(login: Callable[[], Page], editor: User) -> None:
    claim, _ = make.ClaimFactory(), create_colleague()
    page = login()
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.get_by_text("Assign…").click()
    page.get_by_label("Assign to").select_option(label="ben")
    page.get_by_label("Due").fill("2030-01-31")
    page.locator("#assignment_note").fill("Before the vote.")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("Assigned to ben.")).to_be_visible()
    panel = page.locator("#assignment")
    expect(panel).to_contain_text("Assigned to ben, due 2030-01-31: Before the vote.")
    panel.get_by_role("button", name="Mark as done").click()
    expect(page.locator("#assignment")).to_contain_text("Not assigned")
    assert Assignment.objects.get().done_at


def test_assign_several_in_a_list(login: Callable[[], Page], editor: User) -> None:
    make.ClaimFactory.create_batch(3)
    create_colleague()
    page = login()
    page.goto("/admin/claims/claim/?wording=all")
    for box in page.get_by_label("Select record").all()[:2]:
        box.check()
    page.locator("select[name=action]").select_option(label="Assign…")
    page.get_by_role("button", name="Run").click()
    page.get_by_label("Assign to").select_option(label="ben")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("2 assigned to ben.")).to_be_visible()
    page.goto("/admin/claims/assignment/")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


@on_every_screen
def test_pages_fit_and_are_accessible(login: Callable[[], Page], editor: User, width: int, scheme: Any) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    late = timezone.now().date() - dt.timedelta(days=1)
    note = "Please check the figures of the second gauge before the vote on Thursday."
    assign(rows=[claim], assignee=editor, editor=create_colleague(), due_on=late, note=note)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768 if width > 1000 else 844})
    for url in ("/admin/claims/notice/mine/", "/admin/claims/assignment/", f"/admin/claims/claim/{claim.pk}/change/"):
        page.goto(url)
        if "/claim/" in url:
            page.locator("#assignment summary").click()
        assert page_width(page) <= width, url
        assert accessibility_violations(page) == [], url


def test_choose_notifications(login: Callable[[], Page], editor: User) -> None:
    page = login()
    page.goto("/admin/claims/notice/mine/")
    group = page.get_by_role("group", name="A comment mentions me")
    expect(group.get_by_label("At once")).to_be_checked()
    group.get_by_label("Once a day").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert get_preferences(user=editor)[NoticeKind.MENTIONED] == NoticeDelivery.DAILY
