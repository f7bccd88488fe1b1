"""A reader goes from the home page through search and filters to a claim, on every screen."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from claims.models import CorrectedField, Correction
from claims.services.claims.claim_vectors import update_vectors
from tests import factories as f
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_two_screens, page_width

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/",
    "/claims/",
    "/quotes/?kind=direct",
    "/speakers/",
    "/sources/",
    "/corrections/",
    "/search/?q=rivers",
    "/check/",
    "/check/?q=Rivers+are+not+full%2C+says+report+1.",
    "/check/?q=https://example.org/unknown",
    "/feeds/",
]


@pytest.fixture
def listed_rows() -> None:
    for number in range(3):
        quote = f.QuoteFactory(accepted=True, role="mayor", claim__said_on=dt.date(2025, 1 + number, 1))
        quote.claim.topics.add(f.TopicFactory(name=f"Subject {number}"))
        f.VerificationFactory(claim=quote.claim, published=True)
    f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker)
    correction = Correction.objects.create(
        claim=quote.claim,
        kind="correction",
        subject=quote.claim.text,
        text="A date.",
        reason="Wrong.",
        made_by=f.UserFactory(),
    )
    assert sum(update_vectors())
    CorrectedField.objects.create(correction=correction, field="said_on", before="2025-05-15", after="2025-05-16")


@on_two_screens
def test_pages_are_accessible(page: Page, listed_rows: None, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert accessibility_violations(page) == [], path


def test_pages_fit_a_narrow_screen(page: Page, listed_rows: None) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(path)
        assert page_width(page) <= 320, path


@pytest.mark.journey
def test_from_the_home_page_to_a_claim(page: Page, listed_rows: None) -> None:
    page.goto("/")
    page.get_by_label("Search claims, quotes and speakers").fill("rivers")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Claims").get_by_role("link", name="Sort and filter").click()
    expect(page.get_by_text("3 results")).to_be_visible()
    page.get_by_role("complementary").get_by_role("link", name="Subject 1").click()
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    page.get_by_role("link", name="Remove filter Topic Subject 1").click()
    expect(page.get_by_text("3 results")).to_be_visible()
    page.get_by_label("Said from").fill("2025-02-15")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 result", exact=True)).to_be_visible()
    page.get_by_role("region", name="Results").get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/claims/*/*/")
