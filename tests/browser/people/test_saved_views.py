"""Saving, opening, renaming and deleting a view of a list."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import SavedView
from tests import factories as make


def test_save_open_rename_and_delete_a_view(login: Callable[[], Page]) -> None:
    make.QuoteFactory.create_batch(2)
    make.QuoteFactory(rejected=True)
    page = login()
    page.goto("/admin/claims/quote/?decision__exact=rejected")
    page.get_by_text("Save this view").click()
    page.get_by_label("Name", exact=True).and_(page.get_by_role("textbox")).fill("Not <these>")
    page.get_by_label("Share with everyone").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Not <these>” saved to everyone's sidebar.")).to_be_visible()
    page.goto("/admin/")
    page.get_by_role("link", name="Not <these>").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Manage views").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Name").fill("Rejected")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Rejected").first).to_be_visible()
    assert SavedView.objects.get().name == "Rejected"
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.wait_for_url("**/savedview/")
    assert not SavedView.objects.exists()
