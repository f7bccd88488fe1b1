"""Adding an article by its address or saved page, and the list of what came in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Delivery, DeliveryOrigin, DeliveryState, Source
from claims.services.ingestion.deliveries import process_delivery
from tests import factories as make
from tests.admin.admin_client import admin_url, client_in_group, displayed_messages

URL = "https://news.example.org/rivers"
PAGE = (
    "<html><body><article><h1>Rivers rise</h1><p>“The dam will hold until the spring,” said Lena Ford, the mayor of "
    "the town, on Monday.</p></article></body></html>"
)
ADD_URL, LIST_URL = admin_url("add", Delivery), admin_url("changelist", Delivery)


def test_an_address_becomes_a_delivery_that_waits(client: Client) -> None:
    response = client.post(ADD_URL, {"url": "news.example.org/rivers", "publisher": "The Daily"})
    delivery = Delivery.objects.get()
    assert response.url == admin_url("change", delivery)
    assert (delivery.url, delivery.origin, delivery.metadata) == (URL, DeliveryOrigin.ADMIN, {"publisher": "The Daily"})
    assert delivery.requested_by.username == "editor"
    page = client.get(response.url)
    assert page["Refresh"] == "5"
    assert "waits for a worker" in page.content.decode()


def test_a_saved_page_is_read_without_fetching(client: Client) -> None:
    client.post(ADD_URL, {"url": URL, "html": SimpleUploadedFile("page.html", PAGE.encode())})
    delivery = process_delivery(Delivery.objects.get().pk)
    assert (delivery.state, delivery.origin) == (DeliveryState.STORED, DeliveryOrigin.BOOKMARKLET)
    page = client.get(admin_url("change", delivery))
    assert "Refresh" not in page
    assert admin_url("change", Source.objects.get()) in page.content.decode()
    assert "new quotes: 1" in page.content.decode()


@pytest.mark.parametrize("url", ["", "ftp://example.org/a", "javascript:alert(1)", "not an address"])
def test_what_is_no_address_is_refused_at_its_field(client: Client, url: str) -> None:
    response = client.post(ADD_URL, {"url": url})
    assert response.status_code == 200
    assert "url" in response.context["form"].errors
    assert not Delivery.objects.exists()


def test_what_is_stated_of_an_article_is_validated(client: Client) -> None:
    response = client.post(ADD_URL, {"url": URL, "language": "English!"})
    assert "language" in response.context["form"].errors
    assert not Delivery.objects.exists()
    client.post(ADD_URL, {"url": URL, "language": "EN-gb", "publisher": " The  Daily "})
    assert Delivery.objects.get().metadata == {"language": "en-GB", "publisher": "The Daily"}


def test_a_page_beyond_the_limit_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.ingestion.delivery_admin.MAX_PAGE_BYTES", 100)
    response = client.post(ADD_URL, {"url": URL, "html": SimpleUploadedFile("page.html", PAGE.encode())})
    assert "larger than 100 bytes" in response.content.decode()
    assert not Delivery.objects.exists()


def test_the_page_for_the_bookmarklet_may_be_spoken_to_by_its_opener_and_no_other_page(client: Client) -> None:
    assert client.get(ADD_URL)["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert client.get(LIST_URL)["Cross-Origin-Opener-Policy"] == "same-origin"
    assert client.get(f"{ADD_URL}?url={URL}").context["form"].initial == {"url": URL}


def test_the_list_says_what_became_of_each_and_counts_them_by_day(client: Client) -> None:
    make.DeliveryFactory(refused=True)
    page = client.get(LIST_URL)
    assert "The page is gone." in page.content.decode()
    ((day),) = page.context["days"]
    assert (day["total"], day["refused"], day["stored"]) == (1, 1, 0)
    assert Delivery.objects.count() == len(client.get(f"{LIST_URL}?outcome=failed").context["cl"].result_list)
    assert not client.get(f"{LIST_URL}?outcome=open").context["cl"].result_list


def test_what_failed_is_tried_again(client: Client) -> None:
    one, other = make.DeliveryFactory(refused=True), make.DeliveryFactory(refused=True)
    client.post(f"{admin_url('change', one).removesuffix('change/')}step/retry/")
    response = client.post(LIST_URL, {"action": "retry_chosen", "_selected_action": [one.pk, other.pk]})
    assert displayed_messages(response)[-1] == "To be tried again: 1."
    assert {one.state for one in Delivery.objects.all()} == {DeliveryState.WAITING}


def test_a_later_request_stands_in_the_way_of_a_retry(client: Client) -> None:
    first = make.DeliveryFactory(refused=True)
    make.DeliveryFactory(request_key=first.request_key)
    response = client.post(LIST_URL, {"action": "retry_chosen", "_selected_action": [first.pk]})
    assert "Not tried again: 1. A later request for the same article is waiting." in displayed_messages(response)
    first.refresh_from_db()
    assert first.state == DeliveryState.REFUSED


def test_reporters_add_articles_but_do_not_retry(db: None) -> None:
    reporter = client_in_group("Reporter")
    assert reporter.get(ADD_URL).status_code == 200
    assert reporter.get(admin_url("bookmarklet", Delivery)).status_code == 200
    refused = make.DeliveryFactory(refused=True)
    step = f"{admin_url('change', refused).removesuffix('change/')}step/retry/"
    assert reporter.post(step).status_code == 403
