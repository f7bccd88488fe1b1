"""Unsaved changes: leaving a changed form asks first, and Ctrl+S saves without leaving."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from claims.models import Claim, Quote, Topic
from tests import factories as make
from tests.browser.leave_dialogs import answering_leave_dialog, wait_for_dialog, wait_until_guarded
from tests.browser.waiting import wait_until


@pytest.fixture
def topic(login: Callable[[], Page]) -> Topic:
    login()
    return make.TopicFactory(name="Rivers", slug="rivers")


@pytest.fixture
def form(page: Page, topic: Topic) -> Page:
    page.goto("/admin/claims/topic/")
    page.get_by_role("link", name="Rivers").first.click()
    page.wait_for_url(f"**/topic/{topic.pk}/change/**")
    wait_until_guarded(page)
    return page


def leave_by_link(page: Page) -> None:
    page.locator("#nav-sidebar-apps a", has_text="Claims").first.click(no_wait_after=True)


def leave_by_back(page: Page) -> None:
    page.evaluate("() => { setTimeout(() => history.back()) }")


def leave_by_reload(page: Page) -> None:
    page.evaluate("() => { setTimeout(() => location.reload()) }")


@pytest.mark.parametrize("leave", [leave_by_link, leave_by_back, leave_by_reload], ids=["link", "back", "reload"])
@pytest.mark.journey
def test_leaving_a_changed_form_asks_first(form: Page, leave: Callable[[Page], None]) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    with answering_leave_dialog(form) as dialogs:
        leave(form)
        wait_for_dialog(form, dialogs)
    assert dialogs == ["beforeunload"]
    expect(form.get_by_label("Description")).to_have_value("What rivers do.")
    with answering_leave_dialog(form, answer="leave") as dialogs:
        leave_by_link(form)
        form.wait_for_url("**/admin/claims/claim/")
    assert dialogs == ["beforeunload"]
    assert Topic.objects.get().description == ""


@pytest.mark.parametrize("text", ["", "What rivers do."])
def test_what_is_typed_before_the_page_is_loaded_counts(page: Page, topic: Topic, text: str) -> None:
    held: list[Route] = []
    page.route("**/slow.png", lambda route: route.fulfill() if held else held.append(route))
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      document.body.append(Object.assign(new Image(), { src: "/slow.png" }));
    });""")
    page.goto(f"/admin/claims/topic/{topic.pk}/change/", wait_until="domcontentloaded")
    page.get_by_label("Description").press_sequentially(text)
    wait_until(page, lambda: held)
    assert page.evaluate("document.readyState") == "interactive"
    held[0].fulfill()
    wait_until_guarded(page)
    with answering_leave_dialog(page, answer="leave") as dialogs:
        leave_by_link(page)
        page.wait_for_url("**/admin/claims/claim/")
    assert dialogs == (["beforeunload"] if text else [])


def test_leaving_an_unchanged_form_does_not_ask(form: Page) -> None:
    form.get_by_label("Description").fill("x")
    form.get_by_label("Description").fill("")
    with answering_leave_dialog(form) as dialogs:
        leave_by_link(form)
        form.wait_for_url("**/admin/claims/claim/")
    assert dialogs == []


def test_choice_in_autocomplete_counts_as_change(page: Page, topic: Topic) -> None:
    quote, speaker = make.QuoteFactory(), make.SpeakerFactory(name="Ann Wu")
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    wait_until_guarded(page)
    page.locator(".field-speaker .select2-selection").click()
    page.locator(".select2-search__field").fill("ann")
    page.get_by_role("option", name="Ann Wu").click()
    with answering_leave_dialog(page) as dialogs:
        page.get_by_role("link", name="Reject").click(no_wait_after=True)
        wait_for_dialog(page, dialogs)
    assert dialogs == ["beforeunload"], "the action would lose the choice"
    assert Quote.objects.get(pk=quote.pk).decision == "pending"
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Quote.objects.get(pk=quote.pk).speaker == speaker


@pytest.mark.parametrize("keys", ["Control+s", pytest.param("Meta+s", marks=pytest.mark.nightly)])
def test_ctrl_s_saves_and_stays(form: Page, topic: Topic, keys: str) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    with answering_leave_dialog(form) as dialogs:
        form.keyboard.press(keys)
        expect(form.get_by_text("was changed successfully")).to_be_visible()
    assert dialogs == []
    assert f"/admin/claims/topic/{topic.pk}/change/" in form.url
    topic.refresh_from_db()
    assert topic.description == "What rivers do."
    assert topic.history.count() == 2


def test_double_click_saves_once(form: Page, topic: Topic) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    form.evaluate(
        """() => {
            const button = document.querySelector('button[name="_continue"]');
            button.click();
            button.click();
        }"""
    )
    expect(form.get_by_text("was changed successfully")).to_be_visible()
    assert topic.history.count() == 2


def test_refused_form_is_still_guarded(form: Page) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    form.get_by_label("Name").fill("")
    form.keyboard.press("Control+s")
    expect(form.get_by_text("This field is required.")).to_be_visible()
    wait_until_guarded(form)
    form.get_by_label("Description").click()  # browsers ask only after some interaction with the page
    with answering_leave_dialog(form) as dialogs:
        leave_by_link(form)
        wait_for_dialog(form, dialogs)
    assert dialogs == ["beforeunload"]


def test_confirmation_page_is_guarded_and_ignores_ctrl_s(page: Page, topic: Topic) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    page.goto(f"/admin/claims/claim/{claim.pk}/step/retract/")
    wait_until_guarded(page)
    page.get_by_label("Reason").fill("A hoax.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(300)
    assert Claim.objects.get(pk=claim.pk).retracted_at is None
    with answering_leave_dialog(page) as dialogs:
        leave_by_link(page)
        wait_for_dialog(page, dialogs)
    assert dialogs == ["beforeunload"]


def test_new_article_is_guarded_and_saved_by_ctrl_s(page: Page, topic: Topic) -> None:
    page.goto("/admin/claims/source/add/")
    wait_until_guarded(page)
    page.get_by_label("Or paste the text").fill('Minister Lena Ford said: "Roads are dry."')
    page.get_by_label("Title").fill("Roads")
    with answering_leave_dialog(page) as dialogs:
        leave_by_link(page)
        wait_for_dialog(page, dialogs)
    assert dialogs == ["beforeunload"]
    page.keyboard.press("Control+s")
    expect(page.get_by_text("“Roads” added: 1 quote. Review it")).to_be_visible()


def test_moved_permissions_count_as_change(page: Page, topic: Topic) -> None:
    page.goto("/admin/auth/group/add/")
    wait_until_guarded(page)
    page.get_by_label("Name").fill("Readers")
    page.get_by_label("Name").fill("")
    page.locator("#id_permissions_from option").first.dblclick()
    with answering_leave_dialog(page) as dialogs:
        leave_by_link(page)
        wait_for_dialog(page, dialogs)
    assert dialogs == ["beforeunload"]
