"""Signing in behind nginx, where all requests reach the site from one address."""

import re
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PASSWORD, new_context
from tests.deploy.proxies import SETTINGS_BEHIND_PROXY, Proxy, nginx, serve_in_thread

ATTACKER = "127.0.0.7"
EDITOR_ADDRESS = "127.0.0.1"


@pytest.fixture
def proxy(transactional_db: None, tmp_path: Path) -> Iterator[Proxy]:
    with (
        override_settings(**SETTINGS_BEHIND_PROXY),
        serve_in_thread(get_wsgi_application()) as port,
        nginx(tmp_path, port, {}) as running,
    ):
        yield running


def try_password(connection: HTTPSConnection, url: str, *, username: str, forged: str) -> int:
    """Sends the form of the sign-in page as a browser would, and returns the status."""
    connection.request("GET", "/admin/login/")
    page = connection.getresponse()
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.read())
    assert token
    form = {"csrfmiddlewaretoken": token[1].decode(), "username": username, "login": username, "password": "guess"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": str(page.headers["Set-Cookie"]).partition(";")[0],
        "Referer": f"{url}/admin/login/",
        "X-Forwarded-For": forged,
    }
    connection.request("POST", "/admin/login/", body=urlencode(form), headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


@pytest.mark.journey
def test_failures_of_one_client_do_not_lock_out_another(
    proxy: Proxy, browser: Browser, django_user_model: type[User]
) -> None:
    editor = django_user_model.objects.create_superuser("editor", password=PASSWORD)
    attacker = proxy.connect(source=ATTACKER)
    statuses = [
        try_password(attacker, proxy.url, username=editor.username, forged=EDITOR_ADDRESS)
        for _ in range(settings.AXES_FAILURE_LIMIT + 1)
    ]
    attacker.close()
    assert statuses[-1] == 429  # locked out
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {ATTACKER}

    context = new_context(browser, base_url=proxy.url, ignore_https_errors=True)
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_text("editor", exact=True).first).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert all(cookie["secure"] for cookie in cookies.values())
    context.close()
