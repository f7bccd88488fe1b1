"""The pages for signing in and of one's own account: their headings, and a way back from each."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.services.people.invitations import invite_by_link

pytestmark = pytest.mark.django_db

PASSWORD = "one quite long sentence"
OF_VISITORS = ["inactive/", "sso/error/", "sso/cancelled/", "password/reset/done/"]
OF_HOLDERS = [
    "sessions/",
    "2fa/",
    "logout/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "reauthenticate/",
]
HEADINGS = re.compile(r"<(?:title|h1|h2|button)[^>]*>(.*?)</(?:title|h1|h2|button)>", re.DOTALL)
TITLE_CASE = re.compile(r"\w+ [A-Z][a-z]+")


@pytest.fixture
def signed_in() -> Client:
    User.objects.create_user("eva", password=PASSWORD, email="eva@example.org", is_staff=True)
    client = Client()
    client.post("/admin/login/", {"username": "eva", "password": PASSWORD})
    client.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    return client


def account_page(client: Client, path: str) -> str:
    response = client.get(f"/admin/account/{path}")
    assert response.status_code == (401 if path == "sso/error/" else 200)
    return response.content.decode()


@pytest.mark.parametrize("path", OF_VISITORS)
def test_visitors_find_back_to_the_login(path: str) -> None:
    assert '<a href="/admin/login/">Back to the login</a>' in account_page(Client(), path)


@pytest.mark.parametrize("path", OF_HOLDERS)
def test_holders_find_back_to_the_dashboard(signed_in: Client, path: str) -> None:
    assert '<a href="/admin/">' in account_page(signed_in, path)


def test_headings_and_buttons_are_in_sentence_case(signed_in: Client) -> None:
    pages = [(Client(), path) for path in OF_VISITORS] + [(signed_in, path) for path in OF_HOLDERS]
    texts = {
        re.sub(r"<[^>]*>|\s+", " ", heading).partition("|")[0].strip()
        for client, path in pages
        for heading in HEADINGS.findall(account_page(client, path))
    }
    assert "Second factor" in texts
    assert {text for text in texts if TITLE_CASE.search(text)} == set()


def test_password_rules_of_an_invitation_are_a_list(editor: User) -> None:
    _, url = invite_by_link(email="ann@example.org", groups=[], by=editor)
    [rules] = re.findall(r"<ul>(<li>.*?)</ul>", Client().get(url).content.decode())
    assert rules.count("<li>") > 1
    assert "12 characters" in rules
