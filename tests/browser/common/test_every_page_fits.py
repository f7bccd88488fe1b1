"""Every page of the admin, wide and narrow, light and dark: no browser errors, no horizontal scrolling, and no
accessibility violations. Without JavaScript, nothing that a script would have to show first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Anchor, Claim, Quote, Source, Speaker
from claims.services.history.undo import last_operation
from tests import factories as make
from tests.admin.common.test_every_page import REGISTRY, admin_pages
from tests.admin.sample_data import create_sample_rows
from tests.browser.accessibility import RULES_OF_A_SCREEN, accessibility_violations
from tests.browser.conftest import new_context, sign_in
from tests.browser.screens import page_width

OWN_KINDS = {"list", "change"}
SHARED_KINDS = {"add", "search", "history", "version", "delete"}  # with the templates of all models
SHOWING_SHARED_KINDS = {Claim, Quote}  # on each push


def page_urls(editor: User, *, every_url: bool) -> list[str]:
    """The URLs of pages that the editor may see, the project's own views included.

    Those of object actions, and those with the templates of all models, are of all models or of a few.
    """
    urls = ["/admin/", "/admin/password_change/", *own_pages()]
    for model, model_admin in REGISTRY:
        shows_shared = every_url or model in SHOWING_SHARED_KINDS
        for kind, url in admin_pages(model, model_admin):
            is_chosen = kind in OWN_KINDS or (kind in SHARED_KINDS and shows_shared)
            if is_chosen and not is_forbidden(model_admin, kind, editor):
                urls.append(url)
        for action in getattr(model_admin, "object_actions", ()) if shows_shared else ():
            row = model._default_manager.order_by("pk").last()
            urls.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/step/{action.name}/")
    return urls


def own_pages() -> list[str]:
    """Pages that are not among those that Django's admin has for each model."""
    quote = Quote.objects.pending().earliest("pk")
    claim, other = Claim.objects.order_by("pk")[:2]
    source = Source.objects.filter(snapshots__in=Anchor.objects.values("snapshot")).earliest("pk")
    old, new = source.snapshots.order_by("pk")[:2]
    first, second = Speaker.objects.current().order_by("pk")[:2]
    anchor = Anchor.objects.unresolved().earliest("pk")
    editor = User.objects.get(username="editor")
    return [
        f"/admin/claims/quote/review/?quote={quote.pk}",
        f"/admin/claims/quote/review/source/{quote.snapshot_id}/",
        "/admin/claims/feed/import/",
        f"/admin/claims/claim/{claim.pk}/split/",
        f"/admin/claims/claim/{claim.pk}/merge/?other={other.pk}",
        f"/admin/claims/claim/undo/{last_operation(editor).pk}/",
        f"/admin/claims/verification/add/?claim={claim.pk}",
        f"/admin/claims/speaker/merge/?first={first.pk}&second={second.pk}",
        f"/admin/claims/source/{source.pk}/compare/?old={old.pk}&new={new.pk}",
        f"/admin/claims/source/{source.pk}/read-anew/",
        f"/admin/claims/source/{anchor.snapshot.source_id}/settle/{anchor.pk}/",
        "/admin/claims/claim/import/",
        "/admin/claims/quote/import/",
        "/admin/claims/weightset/weights/?weights=defaults",
    ]


def is_forbidden(model_admin: Any, kind: str, editor: User) -> bool:
    """Whether this is a page of what nobody adds or deletes."""
    request = type("Request", (), {"user": editor})()
    row = model_admin.model._default_manager.order_by("pk").last()
    return (kind == "add" and not model_admin.has_add_permission(request)) or (
        kind == "delete" and not model_admin.has_delete_permission(request, row)
    )


WIDE, NARROW = 1366, 390
HEIGHT = 3000  # the bar at the bottom covers no link, which axe would take for a small one


@pytest.mark.parametrize(
    ("screens", "every_url"),
    [
        pytest.param([(WIDE, "light"), (NARROW, "dark")], False, id="from wide to narrow"),
        pytest.param([(WIDE, "light"), (NARROW, "dark")], True, id="every, to narrow", marks=pytest.mark.nightly),
        pytest.param([(NARROW, "light"), (WIDE, "dark")], True, id="every, to wide", marks=pytest.mark.nightly),
    ],
)
def test_every_page_fits_without_errors(
    login: Callable[[], Page],
    editor: User,
    screens: list[tuple[int, Any]],
    browser_errors: list[str],
    every_url: bool,
) -> None:
    """Each page is loaded on one screen and then moved to the other, as when a tablet is turned."""
    create_sample_rows(1, by=editor)
    page = login()
    problems = {}
    for url in page_urls(editor, every_url=every_url):
        for width, scheme in screens:
            checked = width == WIDE or screens[0][0] == NARROW  # on narrow screens nightly only, for the time it takes
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (width, scheme) == screens[0]:
                page.goto(url)
            shown_width = page_width(page)
            violations = accessibility_violations(page, RULES_OF_A_SCREEN if width == NARROW else ()) if checked else []
            if browser_errors or violations or shown_width > width:
                problems[url, width] = (shown_width, *browser_errors, *violations)
                browser_errors.clear()
    assert problems == {}


@pytest.mark.parametrize("every_url", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_every_page_shows_its_content_without_javascript(
    browser: Browser, live_server: LiveServer, editor: User, every_url: bool
) -> None:
    create_sample_rows(1, by=editor)
    context = new_context(browser, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    problems = {}
    for url in page_urls(editor, every_url=True) if every_url else own_pages():
        page.set_viewport_size({"width": WIDE, "height": 844})
        page.goto(url)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 844})
            if hidden := page.evaluate(HIDDEN_CONTENT):
                problems[url, width] = hidden
    context.close()
    assert problems == {}


# What does not show, or lies below something else: the content, the navigation, fields and buttons.
HIDDEN_CONTENT = """() => {
    const isVisible = (element) => element.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})
        && element.getClientRects().length > 0;
    const isMeantHidden = (element) => element.type === "hidden"
        || element.closest("details:not([open]), dialog:not([open]), .empty-form, input.hidden, [hidden], "
            + ".fb-review-needs-js, #changelist-actions");  // which styles show once a row is selected
    const elements = [...document.querySelectorAll("main, h1, #nav-sidebar a, main input, main select, main textarea, "
        + "main button, main form")];
    const hidden = elements.filter((element) => !isVisible(element) && !isMeantHidden(element));
    const overlay = [...document.querySelectorAll("body *")].filter((element) => isVisible(element)
        && getComputedStyle(element).position === "fixed" && element.getBoundingClientRect().height > 600
        && element.getBoundingClientRect().width > innerWidth / 2);
    return [...hidden, ...overlay].map((element) => element.outerHTML.slice(0, 160));
}"""


@pytest.mark.journey
def test_quote_is_accepted_without_javascript(browser: Browser, live_server: LiveServer, editor: User) -> None:
    quote = make.QuoteFactory()
    context = new_context(browser, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto("/admin/")
    page.get_by_role("link", name="Review:").click()
    page.get_by_role("button", name="Accept", exact=False).first.click()
    expect(page.get_by_text("No quotes left in this queue")).to_be_visible()
    context.close()
    quote.refresh_from_db()
    assert quote.decision == "accepted"
