"""Waiting for what the browser has no event for, and requests that wait for the test."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, Route

from tests.browser.conftest import TIMEOUT_MS


def wait_until(page: Page, condition: Callable[[], object]) -> None:
    """Waits until something holds outside of the page, such as in the database, while the page goes on."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while not condition():
        assert time.monotonic() < end, "not in time"
        page.wait_for_timeout(20)


def hold_requests(page: Page, url: object) -> Callable[[], None]:
    """Holds the requests to this URL or pattern. Returns a function that lets them go on, and all later ones."""
    held: list[Route] = []
    is_held = True

    def hold(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            route.continue_()

    def release() -> None:
        nonlocal is_held
        is_held = False
        for route in held:
            route.continue_()

    page.route(url, hold)
    return release
