"""Adding articles by pasting a text and by uploading a file."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from claims.models import Source
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import on_every_screen


@pytest.mark.journey
def test_paste_a_text(login: Callable[[], Page]) -> None:
    page = login()
    page.goto("/admin/")
    page.get_by_role("link", name="Sources").first.click()
    page.locator("a.addlink").click()
    page.get_by_label("Or paste the text").fill('Minister Lena Ford said: "Roads are dry."\nThat was all.')
    page.get_by_label("Title").fill("Roads")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("“Roads” added: 1 quote. Review it")).to_be_visible()
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
    expect(page.get_by_text("“Dry roads” added: 1 quote. Review it")).to_be_visible()
    assert Source.objects.get().title == "Dry roads"


@on_every_screen
def test_a_title_is_suggested_corrected_and_the_quotes_reviewed(
    login: Callable[[], Page], editor: User, width: int, scheme: Any
) -> None:
    editor.is_superuser = False
    editor.save()
    editor.groups.add(Group.objects.get(name="Reporter"))
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/claims/source/add/")
    page.get_by_label("Or paste the text").fill('Roads are dry\n\nMinister Lena Ford said: "Roads are dry."\n')
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_label("Title")).to_have_value("Roads are dry")
    page.get_by_label("Title").fill("Roads are dry, says minister")
    page.get_by_label("Publisher").fill("The Daily")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    source = Source.objects.get()
    assert (source.title, source.publisher) == ("Roads are dry, says minister", "The Daily")
    page.goto("/admin/claims/source/add/")
    page.get_by_label("Or paste the text").fill(
        'Minister Lena Ford said: "Bridges are open." She said that roads are dry.'
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="Review them")).to_be_visible()
    assert accessibility_violations(page) == []
    page.get_by_role("link", name="Review them").click()
    expect(page.locator(".fb-review-quote-text")).to_contain_text("Bridges are open")


@on_every_screen
def test_a_language_that_is_not_read_is_said(login: Callable[[], Page], width: int, scheme: Any) -> None:
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/admin/claims/source/add/")
    page.get_by_label("Or paste the text").fill(
        "Flüsse sind voll\n\n„Die Flüsse sind voll“, sagte Lena Ford am Montag. Der Damm werde halten, sagte sie."
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("stored without quotes. The language, German,")).to_be_visible()
    expect(page.get_by_text("No quotes were extracted from this text. The language, German,")).to_be_visible()
    assert accessibility_violations(page) == []
    page.goto("/admin/claims/source/?read=no")
    expect(page.get_by_text("not read", exact=True)).to_be_visible()
