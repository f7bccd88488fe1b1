"""Fixtures for tests in a real Chromium: the system's, or else Playwright's own. Without one the tests are skipped.

A test fails if the browser reports an error while it runs: a console error (such as a violation of the content security
policy), an uncaught exception, or a request to the live server that fails or returns a status of 400 or more.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from tests.browser.open_requests import OpenRequests

PASSWORD = "correct-horse-battery"
TIMEOUT_MS = 60_000  # several test runs at once on two cores are slow, and no test measures the speed of a page
expect.set_options(timeout=TIMEOUT_MS)
VIEWPORT: ViewportSize = {"width": 1366, "height": 768}
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# For containers, and without requests to anything but the live server.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
]


@pytest.hookimpl(tryfirst=True)  # before tests/conftest.py leaves out by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test in this directory as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def find_chromium(playwright: Playwright) -> str:
    """The path of a Chromium. Skips the test if there is none."""
    path = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None) or playwright.chromium.executable_path
    if not Path(path).exists():
        pytest.skip(f"browser tests need Chromium: install one of {', '.join(SYSTEM_BROWSERS)}")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, whose event loop runs in the tests' own thread.

    In a thread with an event loop Django refuses to use the database and opens another connection. Both rules are
    meant for asynchronous code, so they are switched off here.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with sync_playwright() as running, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections[DEFAULT_DB_ALIAS] = connection
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests."""
    browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


def new_context(browser: Browser, *, viewport: ViewportSize = VIEWPORT, **options: Any) -> BrowserContext:
    """Opens another profile, with the timeouts of all tests."""
    context = browser.new_context(viewport=viewport, **options)
    context.set_default_timeout(TIMEOUT_MS)
    return context


@pytest.fixture(scope="session")
def shared_context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """One profile for the pages of all tests, so that the browser keeps the styles and scripts of the site."""
    context = new_context(browser, base_url=live_server.url)
    context.new_page()  # keeps the renderer process between tests
    yield context
    context.close()


@pytest.fixture(scope="session")
def open_requests(live_server: LiveServer) -> OpenRequests:
    """The requests that the live server is answering."""
    server = live_server.thread.httpd
    open_requests = OpenRequests(server.get_app())
    server.set_app(open_requests)
    return open_requests


@pytest.fixture
def browser_errors() -> list[str]:
    """Errors reported by the browser so far. A test that provokes one on purpose checks and clears the list."""
    return []


@pytest.fixture
def page(
    shared_context: BrowserContext,
    live_server: LiveServer,
    open_requests: OpenRequests,
    browser_errors: list[str],
    request: pytest.FixtureRequest,
) -> Iterator[Page]:
    """A page with URLs relative to the live server, without cookies or anything else stored.

    Fails the test if there are `browser_errors`. What the page asked the server for in the background has been answered
    before the next test's database is made.
    """
    page = shared_context.new_page()
    host = urlsplit(live_server.url).netloc

    def record_console_error(message: ConsoleMessage) -> None:
        if message.type == "error":
            browser_errors.append(f"console: {message.text}")

    def record_error_response(response: Response) -> None:
        if response.status >= 400 and urlsplit(response.url).netloc == host:
            browser_errors.append(f"{response.status}: {response.url}")

    def record_failed_request(failed: Request) -> None:
        # The browser itself aborts a request that turns out to be a download.
        if failed.failure != "net::ERR_ABORTED":
            browser_errors.append(f"{failed.failure}: {failed.url}")

    page.on("console", record_console_error)
    page.on("pageerror", lambda error: browser_errors.append(f"exception: {error}"))
    shared_context.on("response", record_error_response)
    shared_context.on("requestfailed", record_failed_request)
    yield page
    if directory := request.config.getoption("screenshots"):
        Path(directory).mkdir(parents=True, exist_ok=True)
        name = "".join(char if char.isalnum() else "-" for char in request.node.name).strip("-")
        page.screenshot(path=Path(directory) / f"{name}.png", full_page=True)
    blank, *opened = shared_context.pages
    for other in opened:
        other.close()
    open_requests.wait_for_end(TIMEOUT_MS / 1000)
    stored = {"origin": live_server.url, "storageTypes": "all"}
    session = shared_context.new_cdp_session(blank)
    session.send("Storage.clearDataForOrigin", stored)
    session.detach()
    shared_context.clear_cookies()
    shared_context.remove_listener("response", record_error_response)
    shared_context.remove_listener("requestfailed", record_failed_request)
    assert not browser_errors


@pytest.fixture
def editor(live_server: LiveServer, django_user_model: type[User]) -> User:
    """A superuser."""
    return django_user_model.objects.create_superuser("editor", password=PASSWORD)


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Gives the browser a session of this user, as the login form does (`test_login` fills that in)."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


@pytest.fixture
def colleague(
    browser: Browser, live_server: LiveServer, open_requests: OpenRequests, django_user_model: type[User]
) -> Iterator[Page]:
    """The page of another superuser, signed in with another browser."""
    user = django_user_model.objects.create_superuser("ann", password=PASSWORD)
    context = new_context(browser, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server, user)
    yield page
    context.close()
    open_requests.wait_for_end(TIMEOUT_MS / 1000)


@pytest.fixture
def login(page: Page, live_server: LiveServer, editor: User) -> Callable[[], Page]:
    """Signs the editor in; the page is still blank."""

    def sign_editor_in() -> Page:
        sign_in(page, live_server, editor)
        return page

    return sign_editor_in
