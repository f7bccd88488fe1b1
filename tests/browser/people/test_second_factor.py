"""Second factors in a browser: an authenticator app, and a passkey of Chromium's virtual authenticator."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.services.people.invitations import invite_by_link
from tests.browser.accessibility import accessibility_violations
from tests.browser.conftest import PASSWORD
from tests.browser.screens import page_width


def fill_login_form(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def confirm_password(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.journey
def test_authenticator_app_and_recovery_code(page: Page, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = next(totp.yield_hotp_counters_from_time())
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([counter]))  # a code lasts for 30 seconds
    fill_login_form(page)
    page.goto("/admin/account/2fa/totp/activate/")
    confirm_password(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    assert not accessibility_violations(page)
    page.get_by_label("Authenticator code").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    page.get_by_role("button", name="Activate").click()
    codes = page.get_by_label("Unused codes").input_value().split()
    assert len(codes) == 10
    page.context.clear_cookies()
    fill_login_form(page)
    expect(page).to_have_url("/admin/account/2fa/authenticate/")
    assert not accessibility_violations(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()


def test_passkey_signs_in_without_a_password(page: Page, editor: User) -> None:
    """At the site's name, since browsers keep passkeys for names, not for addresses."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    fill_login_form(page)
    page.goto("/admin/account/2fa/webauthn/add/")
    confirm_password(page)
    page.get_by_label("Passwordless").check()
    page.wait_for_load_state()  # the button works by a script
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()


def test_invitation_is_accepted(page: Page, editor: User) -> None:
    """A browser sends the form's origin, which depends on the page's Referrer-Policy."""
    address = f"{'reporter.' * 9}@example.org".replace(".@", "@")
    _, url = invite_by_link(email=address, groups=[], by=editor)
    page.set_viewport_size({"width": 390, "height": 768})
    page.goto(urlsplit(url).path)
    assert page_width(page) <= 390
    page.get_by_label("Username").fill("ann")
    for name in ("password", "password2"):
        page.locator(f"[name={name}]").fill("one quite long sentence")
    page.get_by_role("button", name="Create my account").click()
    expect(page).to_have_url("/admin/account/2fa/")
