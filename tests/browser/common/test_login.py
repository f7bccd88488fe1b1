"""Logging in, and how browser errors fail a test."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.screens import page_width
from tests.browser.waiting import wait_until


@pytest.mark.parametrize("width", [1366, 390])
def test_login_page_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/")
    expect(page.get_by_role("button", name="Log in")).to_be_in_viewport()
    assert page_width(page) <= width


@pytest.mark.journey
def test_editor_signs_in(page: Page, editor: User) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_text("editor", exact=True).first).to_be_visible()


@pytest.mark.journey
def test_wrong_password_is_refused(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("guess")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("Please enter the correct username and password")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "errors"),
    [
        ("console.error('planted')", ["console: planted"]),
        ("setTimeout(() => { throw new Error('planted') })", ["exception: planted"]),
        ("fetch('/nothing-here')", ["404: ", "console: "]),
        (
            "document.body.insertAdjacentHTML('beforeend', '<img src=https://example.org/x.png>')",
            ["console: ", "csp: "],
        ),
    ],
    ids=["console error", "exception", "missing page", "foreign image"],
)
@pytest.mark.journey
def test_browser_errors_are_recorded(page: Page, browser_errors: list[str], script: str, errors: list[str]) -> None:
    page.goto("/admin/login/")
    page.evaluate(f"() => {{ {script} }}")
    wait_until(page, lambda: len(browser_errors) >= len(errors))
    assert all(any(recorded.startswith(error) for recorded in browser_errors) for error in errors), browser_errors
    browser_errors.clear()
