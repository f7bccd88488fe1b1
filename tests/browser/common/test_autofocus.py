"""What a page of the admin asks to have the focus has it, however late the theme's scripts come."""

import re

from playwright.sync_api import Page, Route, expect


def test_focus_does_not_depend_on_when_alpine_starts(page: Page) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/alpine/alpine\.[^/]*js"), lambda route: held.append(route))  # noqa: PLW0108  # Playwright sets attributes of it
    page.goto("/admin/login/", wait_until="commit")
    username = page.get_by_label("Username")
    username.wait_for(state="attached")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(username).to_be_hidden()
    for route in held:
        route.continue_()
    expect(username).to_be_focused()
