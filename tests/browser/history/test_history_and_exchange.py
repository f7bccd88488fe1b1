"""History, edit conflicts, exports and imports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Claim, Topic
from claims.services.history import audit
from claims.services.speakers import directory
from tests import factories as make
from tests.browser.accessibility import accessibility_violations
from tests.browser.leave_dialogs import wait_until_guarded
from tests.browser.screens import on_every_screen, page_width


@pytest.fixture
def claim(editor: User) -> Claim:
    """A claim with a changed text."""
    row: Claim = make.ClaimFactory(text="Both delegations will meet on Thursday in Istanbul.")
    row.text = "One delegation will meet on Friday in Istanbul."
    audit.update([row], ["text"], user=editor, reason="the day was wrong")
    return row


@pytest.fixture
def signed_in(login: Callable[[], Page]) -> Page:
    return login()


def layout_problems(page: Page, browser_errors: list[str]) -> list[str]:
    """Browser errors, accessibility violations and horizontal overflow."""
    overflow = page_width(page) - page.evaluate("innerWidth")
    return [*browser_errors, *accessibility_violations(page), *([f"{overflow} px too wide"] if overflow > 0 else [])]


@pytest.mark.both_databases
@pytest.mark.journey
def test_compare_and_restore(signed_in: Page, claim: Claim) -> None:
    page = signed_in
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    page.locator(f"a[href='/admin/claims/claim/{claim.pk}/history/']").click()
    entry = page.locator(".fb-revision", has_text="the day was wrong")
    expect(entry.locator("del").first).to_have_text("Both delegations")
    expect(entry.locator("ins").last).to_have_text("Friday")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".fb-comparison ins").last).to_have_text("Friday")
    page.get_by_role("link", name="Compare or restore").click()
    page.get_by_label("Text").check()
    page.get_by_role("button", name="Restore selected").click()
    expect(page.get_by_text("Restored from").first).to_be_visible()
    expect(page.locator(".fb-revision").first).to_contain_text("restored from")
    claim.refresh_from_db()
    assert claim.text == "Both delegations will meet on Thursday in Istanbul."


def test_edit_conflict(signed_in: Page, colleague: Page) -> None:
    page, topic = signed_in, make.TopicFactory(name="Rivers", slug="rivers")
    for editor_page in (page, colleague):
        editor_page.goto(f"/admin/claims/topic/{topic.pk}/change/")
        wait_until_guarded(editor_page)
    colleague.get_by_label("Description").fill("What flows.")
    colleague.keyboard.press("Control+s")
    expect(colleague.get_by_text("was changed successfully")).to_be_visible()
    page.get_by_label("Description").fill("What I found in an hour.")
    page.keyboard.press("Control+s")
    panel = page.locator(".fb-edit-conflict")
    expect(panel).to_contain_text("by ann")
    expect(panel.locator("ins")).to_have_text("What flows.")
    expect(page.get_by_label("Description")).to_have_value("What I found in an hour.")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the current version").click()
    expect(opened.value.get_by_label("Description")).to_have_value("What flows.")
    opened.value.close()
    assert Topic.objects.get().description == "What flows."
    assert layout_problems(page, []) == []


@pytest.mark.parametrize("form", ["CSV", pytest.param("XLSX", marks=pytest.mark.nightly)])
def test_export_filtered_list(signed_in: Page, form: str, tmp_path: Path) -> None:
    page = signed_in
    make.QuoteFactory()
    make.QuoteFactory(accepted=True)
    page.goto("/admin/claims/quote/?decision__exact=pending")
    page.get_by_text("Export, import").click()
    with page.expect_download() as started:
        page.get_by_role("link", name=f"Export as {form}", exact=True).click()
    content = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename.endswith(f".{form.lower()}")
    assert content.startswith(b"PK") if form == "XLSX" else content.count(b"\r\n") == 2
    assert layout_problems(page, []) == []


def test_export_selected_rows(signed_in: Page) -> None:
    page = signed_in
    make.TopicFactory(name="Rivers")
    make.TopicFactory(name="Roads")
    page.goto("/admin/claims/topic/")
    page.locator("tr", has_text="Rivers").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option("rows_as_csv")
    with page.expect_download() as started:
        page.get_by_role("button", name="Run").click()
    assert b"Roads" not in Path(started.value.path()).read_bytes()


def upload_csv(page: Page, text: str) -> None:
    """Uploads a file for a dry run."""
    file: Any = {"name": "claims.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_role("heading", name="Dry run")).to_be_visible()


def test_import_claims(signed_in: Page, claim: Claim) -> None:
    page = signed_in
    page.goto("/admin/claims/claim/")
    page.get_by_text("Export, import").click()
    page.get_by_role("link", name="Import claims").click()
    upload_csv(page, f"claim_id,claim,speaker\n{claim.pk},They meet.,Nobody\n,Bridges hold.,\n")
    expect(page.get_by_text("No speaker named “Nobody”")).to_be_visible()
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Choose another file").click()
    upload_csv(page, f"claim_id,claim\n{claim.pk},They meet.\n,Bridges hold.\n")
    assert Claim.objects.count() == 1, "nothing is stored yet"
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("“claims.csv” imported: 1 new, 1 changed.")).to_be_visible()
    assert Claim.objects.filter(text="They meet.", pk=claim.pk).exists()


@on_every_screen
def test_pages_fit_without_errors(
    signed_in: Page, claim: Claim, browser_errors: list[str], width: int, scheme: Any
) -> None:
    page, editor = signed_in, User.objects.get(username="editor")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    speaker = directory.add_speaker(name="בנימין " * 5, aliases=["Lena " + "Ford" * 20], editor=editor)
    speaker.description = "א" * 300
    audit.update([speaker], ["description"], user=editor, reason="x" * 100)
    problems = {}
    for path in (
        f"claim/{claim.pk}/history/",
        f"claim/{claim.pk}/history/{claim.history.last().history_id}/",
        f"speaker/{speaker.pk}/history/",
        f"speaker/{speaker.pk}/history/{speaker.history.last().history_id}/",
        "claim/import/",
        "quote/import/",
    ):
        page.goto(f"/admin/claims/{path}")
        problems[path] = layout_problems(page, browser_errors)
    page.goto("/admin/claims/claim/import/")
    upload_csv(page, f"claim_id,claim\n{claim.pk},{'They meet ' * 30}\n,{'x' * 400}\n")
    problems["dry run"] = layout_problems(page, browser_errors)
    assert {path: found for path, found in problems.items() if found} == {}
