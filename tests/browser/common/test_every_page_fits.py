"""Every page of the admin, at a desk and on a phone, light and dark: no complaint of the browser, nothing cut off,
and nothing that axe-core finds to be a serious barrier."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from tests.admin.common.test_every_page import REGISTRY, admin_pages
from tests.admin.sample_data import create_sample_rows
from tests.browser.accessibility import accessibility_violations


def page_urls(editor: User) -> list[str]:
    """Every page that the editor may see, every step's too."""
    found = ["/admin/", "/admin/password_change/"]
    for model, model_admin in REGISTRY:
        for what, address in admin_pages(model, model_admin):
            if what in {"list", "add", "change", "history", "version"} and not is_closed_to(model_admin, what, editor):
                found.append(address)
        for step in getattr(model_admin, "steps", ()):
            row = model._default_manager.order_by("pk").last()
            found.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/step/{step.name}/")
    return found


def is_closed_to(model_admin: Any, what: str, editor: User) -> bool:
    """Whether nobody adds rows of this model."""
    request = type("Request", (), {"user": editor})()
    return what == "add" and not model_admin.has_add_permission(request)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_is_drawn_without_a_complaint_and_fits(
    login: Callable[[], Page], editor: User, width: int, scheme: Any, faults: list[str]
) -> None:
    create_sample_rows(1, by=editor)
    page = login()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    wrong = {}
    for address in page_urls(editor):
        page.goto(address)
        drawn = page.evaluate("document.documentElement.scrollWidth")
        barriers = accessibility_violations(page) if width > 1000 else []
        if faults or barriers or drawn > width:
            wrong[address] = (drawn, *faults, *barriers)
            faults.clear()
    assert wrong == {}
