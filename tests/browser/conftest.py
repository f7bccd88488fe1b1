"""A real Chromium against the live server: the system's, else Playwright's own; no test here runs without one.

Whatever the browser complains of fails the test that was running: an error on the console (a violated content security
policy is one), an uncaught exception, a request of the site's own that failed or was answered with 400 or more.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

PASSWORD = "correct-horse-battery"
TIMEOUT_MS = 20_000  # milliseconds: two suites at once on two cores are slow, and no test asks how quick a page is
expect.set_options(timeout=TIMEOUT_MS)
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Headless in a container, and silent: no talk with anyone but the live server.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this directory is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def chromium(playwright: Playwright) -> str:
    """The path of a Chromium; the test is skipped if there is none."""
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None) or playwright.chromium.executable_path
    if not Path(found).exists():
        pytest.skip(f"browser tests need Chromium: install one of {', '.join(SYSTEM_BROWSERS)}")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, whose event loop runs in the tests' own thread from here on.

    Django would refuse to touch the database there, and take another connection than the tests before: neither is
    meant for this, so it is allowed, and given the same connection.
    """
    same = connections[DEFAULT_DB_ALIAS]
    with sync_playwright() as running, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        connections[DEFAULT_DB_ALIAS] = same
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for the run; each test has a context of its own."""
    browser = playwright.chromium.launch(executable_path=chromium(playwright), args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of. A test that provokes a fault looks at it here and clears the list."""
    return []


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, faults: list[str], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of 1366 x 768 that reports `faults`; paths such as /admin/ are the live server's."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    ours = urlsplit(live_server.url).netloc

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 400 and urlsplit(answer.url).netloc == ours:
            faults.append(f"{answer.status}: {answer.url}")

    def failed(asked: Request) -> None:
        # What the browser drops itself, such as a page that turns out to be a download, is no failure.
        if asked.failure != "net::ERR_ABORTED":
            faults.append(f"{asked.failure}: {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    context.on("response", response)
    context.on("requestfailed", failed)
    yield page
    if shots := request.config.getoption("screenshots"):
        Path(shots).mkdir(parents=True, exist_ok=True)
        name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name).strip("-")
        page.screenshot(path=Path(shots) / f"{name}.png", full_page=True)
    context.close()
    assert not faults


@pytest.fixture
def editor(live_server: LiveServer, django_user_model: type[User]) -> User:
    """An account that may do everything."""
    return django_user_model.objects.create_superuser("editor", password=PASSWORD)


def sign_in(page: Page, name: str) -> None:
    """As a person does, through the form; the page is then the admin's first."""
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


@pytest.fixture
def colleague(browser: Browser, live_server: LiveServer, django_user_model: type[User]) -> Iterator[Page]:
    """Another person who may do everything, signed in with another browser."""
    django_user_model.objects.create_superuser("ann", password=PASSWORD)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    sign_in(page, "ann")
    yield page
    context.close()


@pytest.fixture
def login(page: Page, editor: User) -> Callable[[], Page]:
    """Sign the editor in; the page is then the admin's first."""

    def signed_in() -> Page:
        sign_in(page, editor.username)
        return page

    return signed_in
