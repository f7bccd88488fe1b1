"""The review screen without a session and without a connection: nothing is lost, and it goes on."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Quote
from claims.services.speakers.directory import add_speaker
from tests.browser.review.review_screen import press_keys, read_decisions, wait_for_quote, wait_until_prefetched
from tests.browser.signing_in import drop_expected_errors, end_sessions, expect_signed_out, sign_in_again


@pytest.fixture(autouse=True)
def _drop_refusals(page: Page, browser_errors: list[str]) -> Iterator[None]:
    yield
    drop_expected_errors(browser_errors)


@pytest.mark.both_databases
def test_decision_goes_on_after_a_new_sign_in(queue: Page, quotes: list[Quote], editor: User) -> None:
    end_sessions()
    press_keys(queue, "a")
    expect_signed_out(queue)
    assert read_decisions(quotes[0]) == ["pending"]
    sign_in_again(queue, editor)
    wait_for_quote(queue, quotes[1])
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[2])


def test_search_of_speakers_and_selection_go_on(queue: Page, quotes: list[Quote], editor: User) -> None:
    add_speaker(name="Bo Chan", editor=editor)
    press_keys(queue, "e")
    end_sessions()
    queue.keyboard.type("bo")
    expect_signed_out(queue)
    sign_in_again(queue, editor)
    expect(queue.get_by_role("option", name=re.compile("Bo Chan"))).to_be_visible()
    press_keys(queue, "Escape", "w")
    expect(queue.locator(".fb-review-preview b")).to_be_visible()
    end_sessions()
    press_keys(queue, "Shift+ArrowLeft", "Enter")
    expect_signed_out(queue)
    sign_in_again(queue, editor)
    expect(queue.locator(".fb-review-done")).to_have_text("Wording changed.")


def test_lock_and_comment(queue: Page, quotes: list[Quote], editor: User) -> None:
    end_sessions()
    queue.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # renews the lock
    expect_signed_out(queue)
    queue.locator("textarea[data-fb-mentions]").fill("Ask the mayor.")
    sign_in_again(queue, editor)
    end_sessions()
    queue.get_by_role("button", name="Comment", exact=True).click()
    expect_signed_out(queue)
    sign_in_again(queue, editor)
    expect(queue.get_by_text("Ask the mayor.")).to_be_visible()


def test_offline_keeps_the_page(queue: Page, quotes: list[Quote]) -> None:
    wait_until_prefetched(queue)
    queue.context.set_offline(True)
    for key in ("j", "a", "s"):
        press_keys(queue, key)
        expect(queue.locator(".fb-review-message-error")).to_contain_text("No connection.")
        wait_for_quote(queue, quotes[0])
    queue.context.set_offline(False)
    assert read_decisions(*quotes) == ["pending"] * 3
    press_keys(queue, "a")
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-message-error")).to_have_count(0)
    assert read_decisions(*quotes) == ["accepted", "pending", "pending"]
