"""Every page of the admin, wide and narrow, light and dark: no browser errors, no horizontal scrolling, no serious
accessibility violations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from tests.admin.common.test_every_page import REGISTRY, admin_pages
from tests.admin.sample_data import create_sample_rows
from tests.browser.accessibility import accessibility_violations


def page_urls(editor: User) -> list[str]:
    """The URLs of all pages that the editor may see, those of object actions included."""
    urls = ["/admin/", "/admin/password_change/"]
    for model, model_admin in REGISTRY:
        for kind, url in admin_pages(model, model_admin):
            if kind in {"list", "add", "change", "history", "version"} and not is_forbidden(model_admin, kind, editor):
                urls.append(url)
        for action in getattr(model_admin, "object_actions", ()):
            row = model._default_manager.order_by("pk").last()
            urls.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/step/{action.name}/")
    return urls


def is_forbidden(model_admin: Any, kind: str, editor: User) -> bool:
    """Whether this is the add page of a model whose rows cannot be added in the admin."""
    request = type("Request", (), {"user": editor})()
    return kind == "add" and not model_admin.has_add_permission(request)


WIDE, NARROW = 1366, 390


@pytest.mark.parametrize(
    "screens",
    [
        [(WIDE, "light"), (NARROW, "dark")],
        pytest.param([(NARROW, "light"), (WIDE, "dark")], marks=pytest.mark.nightly),
    ],
    ids=["from wide to narrow", "from narrow to wide"],
)
def test_every_page_fits_without_errors(
    login: Callable[[], Page], editor: User, screens: list[tuple[int, Any]], browser_errors: list[str]
) -> None:
    """Each page is loaded on one screen and then moved to the other, as when a tablet is turned."""
    create_sample_rows(1, by=editor)
    page = login()
    problems = {}
    for url in page_urls(editor):
        for width, scheme in screens:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 844})
            if (width, scheme) == screens[0]:
                page.goto(url)
            page_width = page.evaluate("document.documentElement.scrollWidth")
            violations = accessibility_violations(page) if width == WIDE else []
            if browser_errors or violations or page_width > width:
                problems[url, width] = (page_width, *browser_errors, *violations)
                browser_errors.clear()
    assert problems == {}
