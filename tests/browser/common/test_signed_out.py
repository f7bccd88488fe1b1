"""A form whose session has ended, or whose CSRF token is stale, is sent after a new sign-in with what was typed."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Claim, Comment, Topic, Verification
from tests import factories as make
from tests.browser.conftest import PASSWORD
from tests.browser.leave_dialogs import wait_until_guarded
from tests.browser.signing_in import drop_expected_errors, end_sessions, expect_signed_out, sign_in_again


@pytest.fixture(autouse=True)
def _drop_refusals(page: Page, browser_errors: list[str]) -> Iterator[None]:
    yield
    drop_expected_errors(browser_errors)


@pytest.mark.journey
def test_form_is_saved_after_a_new_sign_in(login: Callable[[], Page], editor: User) -> None:
    page, topic = login(), make.TopicFactory(name="Rivers")
    page.goto(f"/admin/claims/topic/{topic.pk}/change/")
    wait_until_guarded(page)
    page.get_by_label("Description").fill("What rivers do.")
    end_sessions()
    page.get_by_role("button", name="Save and continue editing").click()
    expect_signed_out(page)
    expect(page.get_by_label("Description")).to_have_value("What rivers do.")
    assert Topic.objects.get().description == ""
    sign_in_again(page, editor)
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Topic.objects.get().description == "What rivers do."
    assert topic.history.filter(history_type="~").count() == 1


def test_explanation_and_comment_survive(login: Callable[[], Page], editor: User) -> None:
    page, claim = login(), make.QuoteFactory(accepted=True).claim
    row = make.VerificationFactory(author=editor, claim=claim)
    page.goto(f"/admin/claims/verification/{row.pk}/change/")
    wait_until_guarded(page)
    page.get_by_label("Explanation").fill("The river was measured.")
    end_sessions()
    page.keyboard.press("Control+s")
    expect_signed_out(page)
    sign_in_again(page, editor)
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Verification.objects.get().explanation == "The river was measured."
    page.locator("textarea[data-fb-mentions]").fill("Ask the mayor.")
    end_sessions()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect_signed_out(page)
    sign_in_again(page, editor)
    expect(page.get_by_text("Ask the mayor.")).to_be_visible()
    assert Comment.objects.get().text == "Ask the mayor."


def test_stale_csrf_token_loses_nothing(login: Callable[[], Page], editor: User) -> None:
    """Signing in anew, elsewhere, makes the tokens of all open forms invalid."""
    page, claim = login(), make.QuoteFactory().claim
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")
    wait_until_guarded(page)
    page.locator("#id_text").fill("Rivers are empty.")
    other = page.context.new_page()
    other.goto("/admin/login/")
    end_sessions()
    other.goto("/admin/login/")
    other.get_by_label("Username").fill(editor.username)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    other.wait_for_url("**/admin/")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Claim.objects.get(pk=claim.pk).text == "Rivers are empty."


def test_offline_form_stays(login: Callable[[], Page]) -> None:
    page, topic = login(), make.TopicFactory(name="Rivers")
    page.goto(f"/admin/claims/topic/{topic.pk}/change/")
    wait_until_guarded(page)
    page.get_by_label("Description").fill("What rivers do.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("No connection. Nothing was sent; try again.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Topic.objects.get().description == "What rivers do."
