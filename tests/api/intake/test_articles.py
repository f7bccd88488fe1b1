"""Articles are sent in with a key, and the sender can ask what became of them."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Delivery, DeliveryOrigin, DeliveryState, ReaderKeyScope, Source
from claims.services.ingestion.deliveries import process_delivery
from claims.services.people.reader_keys import create_key, revoke_key
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "https://news.example.org/2025/rivers"
PAGE = (
    "<html><head><title>Rivers</title></head><body><article><h1>Rivers rise</h1>"
    "<p>“The dam will hold until the spring,” said Lena Ford, the mayor of the town, on Monday.</p>"
    "</article></body></html>"
)


def client_with(scope: ReaderKeyScope) -> Client:
    _, key = create_key(name="CMS", editor=make.UserFactory(), scope=scope)
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def sender() -> Client:
    return client_with(ReaderKeyScope.INTAKE)


def send(client: Client, body: object) -> Any:
    return client.post("/api/v1/articles/", json.dumps(body), content_type="application/json")


def test_a_page_sent_in_is_stored(sender):
    response = send(sender, {"url": f"{URL}?utm_source=mail", "html": PAGE, "publisher": "The Daily Example"})
    assert response.status_code == 202
    assert response["Location"] == response.json()["delivery_url"]
    assert (response.json()["state"], response.json()["source"]) == ("waiting", None)
    process_delivery(response.json()["id"])

    told = sender.get(response["Location"].removeprefix("http://127.0.0.1:8000"))
    assert told.status_code == 200
    assert told["Cache-Control"] == "private, no-store"
    source = Source.objects.get()
    assert (source.url, source.publisher) == (URL, "The Daily Example")
    assert told.json()["state"] == "stored"
    assert told.json()["source"] == source.pk
    assert told.json()["review_url"].endswith(f"/admin/claims/quote/review/?source={source.pk}")
    assert told.json()["quotes"] == 1


def test_a_text_sent_in_is_stored_as_it_is(sender):
    text = "  “The dam will hold,” said Lena Ford.\r\n\r\nIt rained.\n"
    fields = {"title": "Rivers", "authors": ["Ann Moor", "Bo Li"], "published": "2025-05-16", "language": "en"}
    process_delivery(send(sender, {"text": text} | fields).json()["id"])
    source = Source.objects.get()
    assert source.snapshots.get().text == text
    assert (source.title, source.authors, str(source.published_on)) == ("Rivers", "Ann Moor; Bo Li", "2025-05-16")


def test_an_extension_uploads_the_page_as_a_form(sender):
    page = SimpleUploadedFile("page.html", PAGE.encode("utf-8"), content_type="text/html")
    response = sender.post("/api/v1/articles/", {"url": URL, "html": page})
    assert response.status_code == 202
    assert process_delivery(response.json()["id"]).state == DeliveryState.STORED
    assert Source.objects.get().url == URL


def test_an_address_alone_waits_to_be_fetched(sender):
    delivery = Delivery.objects.get(pk=send(sender, {"url": URL}).json()["id"])
    assert (delivery.url, delivery.content, delivery.origin) == (URL, None, DeliveryOrigin.API)
    assert delivery.reader_key


def test_the_same_article_sent_twice_is_one_delivery(sender):
    assert send(sender, {"url": URL, "html": PAGE}).json() == send(sender, {"html": PAGE, "url": URL}).json()
    assert Delivery.objects.count() == 1
    assert send(sender, {"url": URL, "html": PAGE.replace("dam", "wall")}).json()["id"] != Delivery.objects.last()


@pytest.mark.parametrize(
    ("body", "member", "detail"),
    [
        ({}, "url", "is required without html or text"),
        ({"url": ""}, "url", "is required without html or text"),
        ({"url": "ftp://example.org/"}, "url", "url must be an HTTP or HTTPS URL"),
        ({"url": 7.5, "text": [1]}, "text", "valid string"),
        ({"html": {}}, "html", "valid string"),
        ({"text": "It rained.", "html": PAGE}, "html", "not both"),
        ({"url": URL, "htm": PAGE}, "htm", "html"),
        ({"text": "It rained.", "published": "tomorrow"}, "published", "ISO date"),
        ({"text": "It rained.", "language": "English!"}, "language", "BCP 47"),
        ({"text": "It rained.", "title": "t" * 501}, "title", "limit"),
        ({"text": "It rained.", "authors": "Ann Moor"}, "authors", "list"),
        ({"text": "It rained.", "authors": [{"name": "Ann"}]}, "authors", "valid string"),
        ({"text": "It rained.", "authors": ["a" * 501]}, "authors", "limit"),
    ],
)
def test_what_is_wrong_with_a_body_is_said_by_member(sender, body, member, detail):
    response = send(sender, body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    errors = {error["member"]: error["detail"] for error in response.json()["errors"]}
    assert detail in errors[member]
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("[]", "application/json", 400),
        ('{"url": ', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("\xff", "application/json", 400),
        ("", "application/json", 400),
        ("url=x", "application/x-www-form-urlencoded", 415),
        ("x", "multipart/form-data; boundary=b", 400),
    ],
)
def test_a_body_that_is_none_is_refused(sender, body, content_type, status):
    response = sender.generic("POST", "/api/v1/articles/", body, content_type=content_type)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_a_body_beyond_the_limit_is_not_read(sender, monkeypatch):
    monkeypatch.setattr("claims.api.intake.views.MAX_BODY_BYTES", 1_000)
    response = send(sender, {"text": "word " * 300})
    assert response.status_code == 413
    assert "1,000 bytes" in response.json()["detail"]


def test_only_a_key_for_intake_sends_articles_in():
    reader = client_with(ReaderKeyScope.READ)
    for client, status in ((Client(), 401), (reader, 403)):
        assert send(client, {"url": URL}).status_code == status
        assert client.get("/api/v1/deliveries/1/").status_code == status
    assert Client(headers={"Authorization": "Bearer fb_wrong"}).get("/api/v1/deliveries/1/").status_code == 401
    assert not Delivery.objects.exists()
    assert reader.get("/api/v1/quotes/").status_code == 200


def test_a_revoked_key_sends_nothing_in():
    row, key = create_key(name="CMS", editor=make.UserFactory(), scope=ReaderKeyScope.INTAKE)
    revoke_key(key=row, editor=make.UserFactory())
    assert send(Client(headers={"Authorization": f"Bearer {key}"}), {"url": URL}).status_code == 401


def test_an_editor_that_is_signed_in_needs_a_key_too(admin_client):
    assert send(admin_client, {"url": URL}).status_code == 401


@pytest.mark.parametrize("pk", [1, 2**63])
def test_an_unknown_delivery_is_not_found(sender, pk):
    assert sender.get(f"/api/v1/deliveries/{pk}/").status_code == 404


def test_other_methods_are_refused_by_name(sender):
    for response in (sender.get("/api/v1/articles/"), sender.delete("/api/v1/articles/")):
        assert response.status_code == 405
        assert response.json()["detail"] == "This address takes POST, OPTIONS."
