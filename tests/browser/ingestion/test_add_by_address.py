"""Adding the page that one reads with the bookmarklet."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Delivery, DeliveryOrigin, DeliveryState
from claims.services.ingestion.deliveries import process_delivery
from tests.browser.accessibility import accessibility_violations

PAGE = (
    "<!DOCTYPE html><html><head><title>Rivers</title></head><body><article><h1>Rivers rise</h1>"
    "<p>“The dam will hold until the spring,” said Lena Ford, the mayor of the town, on Monday.</p>"
    "</article></body></html>"
)


def serve_article(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body=PAGE)


def test_the_bookmarklet_hands_the_page_over_as_it_is_shown(
    login: Callable[[], Page], live_server: LiveServer, settings: Any
) -> None:
    settings.FACTBASE_BASE_URL = live_server.url
    page = login()
    page.goto("/admin/claims/delivery/bookmarklet/")
    assert accessibility_violations(page) == []
    bookmarklet = page.get_by_role("link", name="Add to factbase").get_attribute("href")
    page.context.route("https://news.example.org/**", serve_article)
    page.goto("https://news.example.org/rivers?utm_source=mail")
    with page.expect_popup() as opened:
        page.evaluate(unquote(bookmarklet.removeprefix("javascript:")))
    window = opened.value
    expect(window.get_by_role("status").filter(has_text="The page of news.example.org was taken over")).to_be_visible()
    assert accessibility_violations(window) == []
    window.get_by_role("button", name="Add", exact=True).click()
    expect(window.get_by_text("The article waits for a worker.")).to_be_visible()

    delivery = process_delivery(Delivery.objects.get().pk)
    assert (delivery.state, delivery.origin) == (DeliveryState.STORED, DeliveryOrigin.BOOKMARKLET)
    assert delivery.source.url == "https://news.example.org/rivers"
    window.reload()
    expect(window.get_by_role("link", name="new quotes: 1")).to_be_visible()


def test_a_page_that_claims_to_be_another_sites_is_not_taken(login: Callable[[], Page]) -> None:
    page = login()
    page.context.route("https://other.example.org/**", serve_article)
    page.goto("/admin/claims/delivery/bookmarklet/")
    add_url = page.url.replace("bookmarklet", "add")
    page.goto("https://other.example.org/")
    script = """([url]) => {
        const opened = open(url);
        addEventListener("message", () => {
            opened.postMessage({url: "https://news.example.org/rivers", html: "<p>Made up.</p>"}, "*");
            document.title = "sent";
        });
    }"""
    with page.expect_popup() as opened:
        page.evaluate(script, [add_url])
    expect(page).to_have_title("sent")
    window = opened.value
    expect(window.get_by_label("URL")).to_have_value("")
    assert window.locator("input[name=html]").evaluate("input => input.files.length") == 0
