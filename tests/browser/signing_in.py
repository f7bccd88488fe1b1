"""Sessions that end while a page is open."""

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD


def end_sessions() -> None:
    Session.objects.all().delete()


def expect_signed_out(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text="You have been signed out.")).to_be_visible()


def sign_in_again(page: Page, user: User) -> None:
    """Follows the notice's link to the login form, in a new tab, and comes back."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in (opens a new tab)").click()
    tab = opened.value
    tab.get_by_label("Username").fill(user.username)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()
    expect(tab.get_by_role("heading", name="You are signed in again").first).to_be_visible()
    # Not before the tab's script has told the page: a tab that is closed while it loads tells nothing.
    expect(page.get_by_text("You have been signed out.")).to_be_hidden()
    tab.close()


def drop_expected_errors(errors: list[str]) -> None:
    """The browser reports each request that is answered with 401 or fails offline, also on its console."""
    errors[:] = [error for error in errors if "401" not in error and "ERR_INTERNET_DISCONNECTED" not in error]
