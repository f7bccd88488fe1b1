"""Nothing typed is lost: leaving a changed form is asked about, and Ctrl+S saves and stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Dialog, Page, expect

from claims.models import Claim, Quote, Topic
from tests import factories as make


@contextmanager
def answering_leave_dialog(page: Page, *, answer: str = "stay") -> Iterator[list[str]]:
    """The questions that come up, each answered so."""
    seen: list[str] = []

    def reply(dialog: Dialog) -> None:
        seen.append(dialog.type)
        if answer == "stay":
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", reply)
    yield seen
    page.remove_listener("dialog", reply)


def wait_until_guarded(page: Page) -> None:
    """The scripts have looked at the form."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)


@pytest.fixture
def topic(login: Callable[[], Page]) -> Topic:
    login()
    return make.TopicFactory(name="Rivers", slug="rivers")


@pytest.fixture
def form(page: Page, topic: Topic) -> Page:
    page.goto("/admin/claims/topic/")
    page.get_by_role("link", name="Rivers").first.click()
    wait_until_guarded(page)
    return page


def leave_by_link(page: Page) -> None:
    page.locator("#nav-sidebar-apps a", has_text="Claims").first.click(no_wait_after=True)


def leave_by_back(page: Page) -> None:
    page.evaluate("() => { setTimeout(() => history.back()) }")


def leave_by_reload(page: Page) -> None:
    page.evaluate("() => { setTimeout(() => location.reload()) }")


@pytest.mark.parametrize("leave", [leave_by_link, leave_by_back, leave_by_reload], ids=["link", "back", "reload"])
def test_leaving_a_changed_form_is_asked_about(form: Page, leave: Callable[[Page], None]) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    with answering_leave_dialog(form) as questions:
        leave(form)
        form.wait_for_timeout(500)
    assert questions == ["beforeunload"]
    expect(form.get_by_label("Description")).to_have_value("What rivers do.")
    with answering_leave_dialog(form, answer="leave") as questions:
        leave_by_link(form)
        form.wait_for_url("**/admin/claims/claim/")
    assert questions == ["beforeunload"]
    assert Topic.objects.get().description == ""


def test_an_unchanged_form_is_left_without_a_word(form: Page) -> None:
    form.get_by_label("Description").fill("x")
    form.get_by_label("Description").fill("")
    with answering_leave_dialog(form) as questions:
        leave_by_link(form)
        form.wait_for_url("**/admin/claims/claim/")
    assert questions == []


def test_a_choice_from_a_list_counts(page: Page, topic: Topic) -> None:
    quote, speaker = make.QuoteFactory(), make.SpeakerFactory(name="Ann Wu")
    page.goto(f"/admin/claims/quote/{quote.pk}/change/")
    wait_until_guarded(page)
    page.locator(".field-speaker .select2-selection").click()
    page.locator(".select2-search__field").fill("ann")
    page.get_by_role("option", name="Ann Wu").click()
    with answering_leave_dialog(page) as questions:
        page.get_by_role("button", name="Reject").click(no_wait_after=True)
        page.wait_for_timeout(500)
    assert questions == ["beforeunload"], "a step would lose the choice"
    assert Quote.objects.get(pk=quote.pk).decision == "pending"
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Quote.objects.get(pk=quote.pk).speaker == speaker


@pytest.mark.parametrize("keys", ["Control+s", "Meta+s"])
def test_ctrl_s_saves_and_stays(form: Page, topic: Topic, keys: str) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    with answering_leave_dialog(form) as questions:
        form.keyboard.press(keys)
        expect(form.get_by_text("was changed successfully")).to_be_visible()
    assert questions == []
    assert f"/admin/claims/topic/{topic.pk}/change/" in form.url
    topic.refresh_from_db()
    assert topic.description == "What rivers do."
    assert topic.history.count() == 2


def test_sent_twice_is_saved_once(form: Page, topic: Topic) -> None:
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


def test_what_was_refused_is_not_saved_yet(form: Page) -> None:
    form.get_by_label("Description").fill("What rivers do.")
    form.get_by_label("Name").fill("")
    form.keyboard.press("Control+s")
    expect(form.get_by_text("This field is required.")).to_be_visible()
    wait_until_guarded(form)
    form.get_by_label("Description").click()  # a browser asks nobody who did nothing on the page
    with answering_leave_dialog(form) as questions:
        leave_by_link(form)
        form.wait_for_timeout(500)
    assert questions == ["beforeunload"]


def test_a_page_that_asks_is_guarded_and_not_sent_by_ctrl_s(page: Page, topic: Topic) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    page.goto(f"/admin/claims/claim/{claim.pk}/step/retract/")
    wait_until_guarded(page)
    page.get_by_label("Reason").fill("A hoax.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(300)
    assert Claim.objects.get(pk=claim.pk).retracted_at is None
    with answering_leave_dialog(page) as questions:
        leave_by_link(page)
        page.wait_for_timeout(500)
    assert questions == ["beforeunload"]


def test_a_new_article_is_guarded_and_added_by_ctrl_s(page: Page, topic: Topic) -> None:
    page.goto("/admin/claims/source/add/")
    wait_until_guarded(page)
    page.get_by_label("Or paste the text").fill('Minister Lena Ford said: "Roads are dry."')
    page.get_by_label("Title").fill("Roads")
    with answering_leave_dialog(page) as questions:
        leave_by_link(page)
        page.wait_for_timeout(500)
    assert questions == ["beforeunload"]
    page.keyboard.press("Control+s")
    expect(page.get_by_text("“Roads” was added; 1 quote waits.")).to_be_visible()


def test_permissions_moved_between_the_boxes_count(page: Page, topic: Topic) -> None:
    page.goto("/admin/auth/group/add/")
    wait_until_guarded(page)
    page.get_by_label("Name").fill("Readers")
    page.get_by_label("Name").fill("")
    page.locator("#id_permissions_from option").first.dblclick()
    with answering_leave_dialog(page) as questions:
        leave_by_link(page)
        page.wait_for_timeout(500)
    assert questions == ["beforeunload"]
