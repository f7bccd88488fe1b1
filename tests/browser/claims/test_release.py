"""Claims to release: wordings are edited beside their quotes, previewed, released and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_every_screen, page_width


@pytest.mark.both_databases
def test_several_claims_are_worded_previewed_released_and_undone(login: Callable[[], Page]) -> None:
    first, second = (make.QuoteFactory(before_claim=True, claim__text=text).claim for text in ("No", "and we waited"))
    page = login()
    page.goto("/admin/")
    page.get_by_role("link", name="Claims to release").first.click()
    checkbox = page.get_by_role("checkbox", name=f"Release claim {first.pk}")
    expect(checkbox).to_be_visible()
    checkbox.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Lena Ford says that rivers are full.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Release 1 claim?")).to_be_visible()
    expect(page.get_by_role("cell", name="Lena Ford says that rivers are full.")).to_be_visible()
    assert not Claim.objects.confirmed().exists()

    page.get_by_role("button", name="Back to edit").click()
    expect(page.get_by_label(f"Wording of claim {first.pk}")).to_have_value("Lena Ford says that rivers are full.")
    page.get_by_role("checkbox", name=f"Release claim {second.pk}").check()
    page.get_by_label(f"Wording of claim {second.pk}").fill("Lena Ford says that they waited.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Release 2 claims?")).to_be_visible()
    expect(page.get_by_role("button", name="Release selected")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 claims released.", exact=False)).to_be_visible()
    texts = {row["text"] for row in page.request.get("/api/v1/claims/").json()["results"]}
    assert texts == {"Lena Ford says that rivers are full.", "Lena Ford says that they waited."}

    page.get_by_role("link", name="Undo", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: Released: 2 claims", exact=False).first).to_be_visible()
    assert {claim.text for claim in Claim.objects.proposals()} == {"No", "and we waited"}


@on_every_screen
def test_the_pages_fit_and_are_accessible(login: Callable[[], Page], width: int, scheme: Any) -> None:
    quotes = [make.QuoteFactory(before_claim=True, claim__text="Rivers are full, says the report. " * 5)]
    quotes.append(make.QuoteFactory(before_claim=True, snapshot=quotes[0].snapshot))
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    problems = {}
    for title, open_page in (
        ("list", lambda: page.goto("/admin/claims/claim/release/?all=1")),
        ("preview", lambda: page.get_by_role("button", name="Preview").click()),
    ):
        open_page()
        expect(page.get_by_role("button", name="Preview" if title == "list" else "Release selected")).to_be_visible()
        shown_width, violations = page_width(page), accessibility_violations(page)
        if shown_width > width or violations:
            problems[title] = (shown_width, *violations)
    assert problems == {}
