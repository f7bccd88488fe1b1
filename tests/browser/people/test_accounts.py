"""Accounts made in the admin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.browser.conftest import PASSWORD


@pytest.mark.journey
def test_new_account_signs_in_and_sees_the_dashboard(login: Callable[[], Page]) -> None:
    make.QuoteFactory()
    page = login()
    page.goto("/admin/auth/user/add/")
    page.get_by_label("Username").fill("eva")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.locator("#id_groups_from").get_by_text("Editor", exact=True).dblclick()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_label("Username").fill("eva")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()
