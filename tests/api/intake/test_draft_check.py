"""Drafts are checked with a key of a scope of its own, and nothing of them is kept."""

import json
import logging
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from claims.models import ReaderKeyScope
from claims.services.drafts import check
from tests.api.intake.test_articles import client_with
from tests.services.drafts.test_check import DRAFT, SAID, store_quote

pytestmark = pytest.mark.django_db

CHECK, CHECK_ALL = ReaderKeyScope.CHECK, ReaderKeyScope.CHECK_ALL


def post(client: Client, body: object) -> Any:
    return client.post("/api/v1/check/", json.dumps(body), content_type="application/json")


def test_a_draft_is_checked() -> None:
    quote = store_quote(accepted=True)
    response = post(client_with(CHECK), {"text": DRAFT})
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    [quotation] = response.json()["quotations"]
    assert quotation["outcome"] == "verbatim"
    assert quotation["passage"]["text"] == SAID
    assert quotation["passage"]["proof"].endswith(f"/api/v1/quotes/{quote.pk}/proof/")
    assert "start" not in quotation["passage"]


@pytest.mark.parametrize(("scope", "outcome"), [(CHECK, "not-found"), (CHECK_ALL, "verbatim")])
def test_what_is_not_released_takes_a_key_of_its_own(scope: ReaderKeyScope, outcome: str) -> None:
    quote = store_quote()
    response = post(client_with(scope), {"text": DRAFT})
    assert [quotation["outcome"] for quotation in response.json()["quotations"]] == [outcome]
    assert (quote.snapshot.sha256 in response.content.decode()) == (scope is CHECK_ALL)


@pytest.mark.parametrize(("scope", "status"), [(None, 401), (ReaderKeyScope.READ, 403), (ReaderKeyScope.INTAKE, 403)])
def test_other_keys_check_nothing(scope: ReaderKeyScope | None, status: int) -> None:
    response = post(client_with(scope) if scope else Client(), {"text": DRAFT})
    assert response.status_code == status
    assert "check drafts" in response.json()["detail"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "required"),
        ({"text": "a" * 100_001}, "100000 characters"),
        ({"txt": "a"}, "unknown; did you mean text?"),
        ([], "JSON object"),
    ],
    ids=["nothing", "too long", "misspelt", "no object"],
)
def test_invalid_bodies_are_refused(body: object, message: str) -> None:
    response = post(client_with(CHECK), body)
    assert response.status_code == 400
    assert message in response.content.decode()


def test_large_bodies_are_refused_unread() -> None:
    response = post(client_with(CHECK), {"text": "a" * 1_000_001})
    assert response.status_code == 413


@pytest.mark.parametrize("fails", [False, True], ids=["answered", "failed"])
def test_nothing_of_a_draft_is_stored_or_logged(
    fails: bool, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_quote(accepted=True)
    canary = "zanzibarquokka"
    caplog.set_level(logging.DEBUG)
    client = client_with(CHECK_ALL)
    client.raise_request_exception = False
    if fails:
        monkeypatch.setattr(check, "find_match", lambda *_: 1 / 0)
    response = post(client, {"text": f"“The {canary} dam will hold until the spring comes,” Lena Ford said."})
    assert response.status_code == (500 if fails else 200)
    assert ("ZeroDivisionError" in caplog.text) == fails
    assert canary not in caplog.text.lower()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            assert canary not in repr(list(model._base_manager.values_list())).lower(), model
