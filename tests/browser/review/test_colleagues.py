"""The review screen without JavaScript, with two editors, and where readers see what changes."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Decision, Hold, Quote, Snapshot
from claims.services.decide import decide
from claims.services.resolve import add_speaker
from tests import factories as make
from tests.browser.accessibility import grave_faults
from tests.browser.review.doing import QUEUE, decisions, press, ready, select_in_article
from tests.services import verdicts
from tests.services.test_spans import quote_of


def test_without_script(browser: Browser, live_server: LiveServer, queue: Page, quotes: list[Quote]) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(queue.context.cookies())  # signed in
    page = context.new_page()
    page.goto(QUEUE)
    page.get_by_role("button", name="Accept", exact=True).click()
    page.locator("#fb-rv-reject summary").click()
    page.get_by_label("Duplicate").check()
    page.get_by_role("button", name="Reject", exact=True).click()
    page.get_by_role("button", name="Skip").click()
    assert decisions(*quotes) == ["accepted", "rejected", "pending"]
    page.get_by_role("button", name="Undo").click()
    assert decisions(*quotes) == ["accepted", "pending", "pending"]
    context.close()


def test_two_editors_on_one_quote(queue: Page, quotes: list[Quote], colleague: Page) -> None:
    colleague.goto(QUEUE)
    ready(colleague, quotes[0])
    expect(colleague.get_by_text("editor is looking at this until")).to_be_visible()
    press(colleague, "a")
    expect(colleague.locator(".fb-rv-message")).to_contain_text("editor is looking at it")
    assert decisions(quotes[0]) == ["pending"]
    press(colleague, "t")
    expect(colleague.get_by_text("You have taken it over.")).to_be_visible()
    assert Hold.objects.get(quote=quotes[0]).editor.username == "ann"
    press(colleague, "a")
    ready(colleague, quotes[1])
    assert decisions(quotes[0]) == ["accepted"]
    press(queue, "r", "1")
    expect(queue.locator(".fb-rv-message")).to_contain_text("was changed meanwhile by ann")
    expect(queue.locator(".fb-rv-message")).to_contain_text("decision")
    assert decisions(quotes[0]) == ["accepted"], "never overwritten"


def test_what_was_changed_since_is_not_undone(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "a")
    ready(queue, quotes[1])
    ann = make.UserFactory(username="ann")
    decide(quotes=[quotes[0].pk], decision=Decision.REJECTED, editor=ann)
    press(queue, "u")
    expect(queue.locator(".fb-rv-message")).to_contain_text("by ann")
    assert decisions(quotes[0]) == ["rejected"]


def test_all_of_a_source(queue: Page, quotes: list[Quote]) -> None:
    queue.get_by_role("link", name="accept all of it").click()
    expect(queue.get_by_role("row")).to_have_count(4)
    queue.get_by_label(f"Accept quote {quotes[1].pk}").uncheck()
    queue.get_by_role("button", name="Accept those ticked").click()
    ready(queue, quotes[1])
    assert decisions(*quotes) == ["accepted", "pending", "accepted"]
    press(queue, "u")
    expect(queue.locator(".fb-rv-message")).to_contain_text("Undone: Accepted: 2 quotes")
    assert decisions(*quotes) == ["pending"] * 3


def test_what_readers_see_is_changed_with_a_note(queue: Page, snapshot: Snapshot) -> None:
    quote = quote_of(snapshot, "Ford added", accepted=True)
    verdicts.published(quote.claim)
    queue.goto(f"{QUEUE}?decision=accepted&quote={quote.pk}")
    ready(queue, quote)
    press(queue, "w")
    select_in_article(queue, "added")
    press(queue, "Enter")
    expect(queue.get_by_text("This sends back to review:")).to_be_visible()
    queue.get_by_label("What was changed").fill("The quote was too long.")
    queue.get_by_label("Why").fill("A slip.")
    queue.get_by_role("button", name="Change it and tell readers").click()
    ready(queue, quote)
    quote.refresh_from_db()
    assert quote.exact == "added"
    assert quote.claim.corrections.filter(text="The quote was too long.").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_whatever_is_open_fits_and_keeps_nobody_out(
    queue: Page, quotes: list[Quote], snapshot: Snapshot, width: int, scheme: Any
) -> None:
    queue.emulate_media(color_scheme=scheme)
    queue.set_viewport_size({"width": width, "height": 768})
    quote_of(snapshot, "then", speaker=None, mention="", candidates=["Lena Ford", "Tom Ford"], confidence=0.4)
    add_speaker(name="Tom Ford", editor=make.UserFactory())
    wrong: dict[str, list[Any]] = {}

    def look(what: str) -> None:
        drawn = queue.evaluate("document.documentElement.scrollWidth")
        found = grave_faults(queue) + ([drawn] if drawn > width else [])
        if found:
            wrong[what] = found

    for keys in ("", "r", "e", "w", "x", "m", "+", "?", "f"):
        press(queue, *keys)
        if keys:
            queue.wait_for_timeout(300)  # the preview's answer
        look(keys or "the quote")
        press(queue, "Escape", "Escape")
        queue.reload()
        ready(queue, quotes[0])
    for address in (f"{QUEUE}?speaker=none", f"{QUEUE}?confidence=medium"):
        queue.goto(address)
        look(address)
    queue.goto(f"{QUEUE}source/{snapshot.source_id}/")
    look("all of a source")
    assert wrong == {}
