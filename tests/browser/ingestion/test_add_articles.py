"""Adding articles by pasting a text and by uploading a file."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Source


def test_paste_a_text(login: Callable[[], Page]) -> None:
    page = login()
    page.goto("/admin/")
    page.get_by_role("link", name="Sources").first.click()
    page.locator("a.addlink").click()
    page.get_by_label("Or paste the text").fill('Minister Lena Ford said: "Roads are dry."\nThat was all.')
    page.get_by_label("Title").fill("Roads")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Roads” added; 1 quote to review.")).to_be_visible()
    expect(page.locator("mark.fb-quote-pending[id]")).to_have_text("Roads are dry.")


def test_uploaded_file_keeps_its_own_title(login: Callable[[], Page]) -> None:
    page = login()
    page.goto("/admin/claims/source/add/")
    content = {"text": 'Minister Lena Ford said: "Roads are dry."', "title": "Dry roads"}
    page.get_by_label("Files").set_input_files(
        {"name": "upload-1.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
    )
    expect(page.get_by_label("Title")).to_have_value("")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Dry roads” added; 1 quote to review.")).to_be_visible()
    assert Source.objects.get().title == "Dry roads"
