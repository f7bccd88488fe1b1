"""What a page of the admin asks to have the focus has it, however late the theme's scripts come."""

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import hold_requests


def test_focus_does_not_depend_on_when_alpine_starts(page: Page) -> None:
    let_go_on = hold_requests(page, re.compile(r"/alpine/alpine\.[^/]*js"))
    page.goto("/admin/login/", wait_until="commit")
    username = page.get_by_label("Username")
    username.wait_for(state="attached")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(username).to_be_hidden()
    let_go_on()
    expect(username).to_be_focused()
