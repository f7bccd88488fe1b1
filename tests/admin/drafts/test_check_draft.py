"""The page *Check a draft* shows what is found of a pasted text or a file, and keeps nothing of it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin.admin_client import client_in_group, client_with_permissions
from tests.services.drafts.test_check import DRAFT, store_quote
from tests.table_contents import dump_database


def page_url() -> str:
    return reverse("admin:claims_check_draft")


def test_pasted_text(client: Client) -> None:
    quote = store_quote(accepted=True)
    response = client.post(page_url(), {"text": f"<i>News</i>\r\n{DRAFT}"})
    page = response.content.decode()
    assert 'class="fb-draft-mark fb-draft-verbatim"' in page
    assert 'href="#finding-1" id="quotation-1"' in page
    assert '<article id="finding-1"' in page
    assert f"?snapshot={quote.snapshot_id}&amp;quote={quote.pk}" in page
    assert "&lt;i&gt;News" in page
    assert "no-store" in response["Cache-Control"]


def test_a_file(client: Client) -> None:
    store_quote(accepted=True)
    upload = SimpleUploadedFile("draft.html", f"<html><body><p>{DRAFT}</p></body></html>".encode())
    assert "fb-draft-verbatim" in client.post(page_url(), {"file": upload}).content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Paste a text or choose a file"),
        ({"text": " \n"}, "Paste a text or choose a file"),
        ({"text": DRAFT, "file": ("a.txt", b"a")}, "but not both"),
        ({"file": ("a.exe", b"a")}, "Unknown extension"),
        ({"file": ("a.txt", b"")}, "empty"),
        ({"file": ("a.txt", b"a" * 2_000_001)}, "larger than 2,000,000 bytes"),
        ({"text": "a" * 100_001}, "at most 100000 characters"),
    ],
    ids=["nothing", "blank", "both", "extension", "empty", "large", "long"],
)
def test_what_cannot_be_checked_is_refused(client: Client, data: dict[str, object], message: str) -> None:
    form = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in data.items()}
    page = client.post(page_url(), form).content.decode()
    assert message in page
    assert "fb-draft-text" not in page


def test_nothing_of_a_draft_is_stored(client: Client, editor: User, tmp_path: Path, settings: object) -> None:
    store_quote(accepted=True)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10  # type: ignore[attr-defined]
    before = dump_database()
    assert b"fb-draft-mark" in client.post(page_url(), {"text": f"{DRAFT} zanzibarquokka"}).content
    upload = SimpleUploadedFile("draft.txt", f"{DRAFT} zanzibarquokka".encode())
    assert b"fb-draft-mark" in client.post(page_url(), {"file": upload}).content
    assert dump_database() == before
    assert not list(tmp_path.iterdir())
    assert "zanzibar" not in str(dict(client.session))
    assert "zanzibar" not in str(client.cookies)


def test_every_editor_may_check_a_draft(db: None) -> None:
    assert client_in_group("Reporter").get(page_url()).status_code == 200
    assert client_with_permissions("view_claim").get(page_url()).status_code == 403
    assert Client().get(page_url()).status_code == 302


def test_a_forged_request_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(page_url(), {"text": DRAFT}).status_code == 403
