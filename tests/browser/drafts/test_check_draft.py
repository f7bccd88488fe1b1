"""A draft is checked by keyboard: from a quotation to its finding, and back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_two_screens, page_width
from tests.services.drafts.test_check import DRAFT, store_quote

ALTERED = "“The old dam won’t hold until the spring comes,” Lena Ford said."
UNKNOWN = "“My horses are sleeping in the garden,” Lena Ford said."


@on_two_screens
@pytest.mark.journey
def test_a_draft_is_checked(login: Callable[[], Page], width: int, scheme: Any) -> None:
    store_quote(accepted=True)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/claims/quote/check-draft/")
    assert accessibility_violations(page) == []
    page.get_by_label("Paste the text").fill(f"The dam\n\n{DRAFT}\n\n{ALTERED}\n\n{UNKNOWN}")
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    marks = page.locator("a.fb-draft-mark")
    expect(marks).to_have_count(3)
    assert accessibility_violations(page) == []

    expect(marks.nth(1)).to_be_visible()
    marks.nth(1).focus()
    page.keyboard.press("Enter")
    finding = page.locator("#finding-2")
    expect(finding).to_be_focused()
    expect(finding).to_be_in_viewport()
    expect(finding.locator("del")).to_have_text("will")
    expect(finding.locator("ins")).to_have_text("won’t")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(marks.nth(1)).to_be_focused()

    marks.nth(0).click()
    expect(page.locator("#finding-1")).to_be_focused()
    assert page_width(page) <= width

    page.emulate_media(media="print")
    expect(page.locator("#finding-3")).to_be_visible()
    expect(page.get_by_role("link", name="Check another draft")).to_be_hidden()
