"""Importing the valid rows of a CSV file, and downloading the rejected ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_every_screen, page_width

FILE = "claim,speaker,topics\nBridges hold.,,\nRoads are dry.,Nobody,\nRivers are full.,,\n,,\n"


@on_every_screen
@pytest.mark.journey
def test_import_the_valid_rows(login: Callable[[], Page], width: int, scheme: Any) -> None:
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/claims/claim/import/")
    page.get_by_label("CSV file").set_input_files(
        {"name": "claims.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_text("Dry run of “claims.csv”: 2 new, 1 rejected")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("button", name="Import the valid rows").click()
    expect(page.get_by_text("“claims.csv” imported: 2 new.")).to_be_visible()
    assert Claim.objects.count() == 2
    assert accessibility_violations(page) == []
    assert page_width(page) <= width
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rejected rows (CSV)").click()
    assert download.value.suggested_filename == "claims-rejected.csv"
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()[1] == (
        "Roads are dry.,Nobody,,No speaker named “Nobody”. Add the speaker first."
    )
