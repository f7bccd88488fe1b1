"""API keys in the admin: shown once, never cached, and revoked."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from claims.models import ReaderKey
from claims.models.reader_key import hash_reader_key

KEY_LIST_URL = "/admin/claims/readerkey/"


@pytest.fixture
def made(admin_client: Client) -> str:
    """The key that the page after saving shows."""
    page = admin_client.post(
        f"{KEY_LIST_URL}add/",
        {"name": "Site <b>", "scope": "read", "contact": "a@example.org", "per_minute": "900"},
    )
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Site &lt;b&gt;" in page.content.decode()
    return re.search(r"fb_[\w-]{43}", page.content.decode())[0]


def test_key_works_and_is_never_shown_again(admin_client: Client, client: Client, made: str) -> None:
    row = ReaderKey.objects.get()
    assert (row.digest, row.per_minute) == (hash_reader_key(made), 900)
    for path in (KEY_LIST_URL, f"{KEY_LIST_URL}{row.pk}/change/", f"{KEY_LIST_URL}{row.pk}/history/", "/admin/"):
        page = admin_client.get(path)
        assert page.status_code == 200
        assert made not in page.content.decode()
        assert row.digest not in page.content.decode()
    assert not LogEntry.objects.filter(change_message__contains=made).exists()
    assert client.get("/api/v1/", HTTP_AUTHORIZATION=f"Bearer {made}").status_code == 200


def test_key_is_revoked_by_a_button(admin_client: Client, client: Client, made: str) -> None:
    row = ReaderKey.objects.get()
    assert (
        f"{KEY_LIST_URL}{row.pk}/step/revoke/" in admin_client.get(f"{KEY_LIST_URL}{row.pk}/change/").content.decode()
    )
    admin_client.post(f"{KEY_LIST_URL}{row.pk}/step/revoke/")
    assert client.get("/api/v1/", HTTP_AUTHORIZATION=f"Bearer {made}").status_code == 401
    assert (
        f"{KEY_LIST_URL}{row.pk}/step/revoke/"
        not in admin_client.get(f"{KEY_LIST_URL}{row.pk}/change/").content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"name": ""}, "required", id="no name"),
        pytest.param({"per_minute": "0"}, "per minute", id="none a minute"),
        pytest.param({"per_minute": "1000001"}, "per minute", id="too many a minute"),
        pytest.param({"contact": "nobody"}, "valid email", id="no address"),
        pytest.param({"last_day": "2020-01-01"}, "2020-01-01", id="past"),
    ],
)
def test_invalid_form_creates_no_key(admin_client: Client, fields: dict, message: str) -> None:
    page = admin_client.post(f"{KEY_LIST_URL}add/", {"name": "Site"} | fields, follow=True)
    assert message in page.content.decode()
    assert not ReaderKey.objects.exists()


def test_key_cannot_be_changed(admin_client: Client, made: str) -> None:
    row = ReaderKey.objects.get()
    admin_client.post(f"{KEY_LIST_URL}{row.pk}/change/", {"name": "Another", "per_minute": "1"})
    assert ReaderKey.objects.get().name == "Site <b>"
