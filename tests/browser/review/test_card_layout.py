"""The review screen for those who use a phone, or the Tab key alone."""

from typing import Any

from playwright.sync_api import Page, expect

from claims.models import MentionKind, Quote
from tests.browser.accessibility import accessibility_violations
from tests.browser.review.review_screen import REVIEW_URL, press_keys, read_decisions, wait_for_quote
from tests.browser.screens import on_every_screen, page_width
from tests.services.sources.newer_snapshots import change_source

PHONE: Any = {"width": 390, "height": 844}
MIN_TARGET = 24  # pixels, as WCAG 2.2 asks for
# Links within the text of the article are as high as its lines; a label is the target of its checkbox.
SMALL_TARGETS = """minimum => [...document.querySelectorAll(
        '#fb-review :is(a, button, summary, select, textarea, input)')]
    .filter(element => element.checkVisibility() && !element.matches('.fb-review-other-quote, [type=hidden]'))
    .filter(element => {
        const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
        return Math.min(width, height) < minimum;
    })
    .map(element => element.outerHTML.slice(0, 120))"""


def test_accept_is_within_five_tab_stops_of_a_changed_source(queue: Page, quotes: list[Quote]) -> None:
    change_source(quotes[0], "Rivers are full", "Rivers are low")
    queue.reload()
    wait_for_quote(queue, quotes[0])
    queue.evaluate("const main = document.getElementById('fb-review'); main.tabIndex = -1; main.focus()")
    stops = []
    for _ in range(5):
        press_keys(queue, "Tab")
        stops.append(queue.evaluate("document.activeElement.innerText"))
    assert any(stop.startswith("Accept") for stop in stops), stops


def test_on_a_phone_the_sentence_comes_first_and_targets_are_large(queue: Page, quotes: list[Quote]) -> None:
    change_source(quotes[0], "Rivers are full", "Rivers are low")
    queue.set_viewport_size(PHONE)
    queue.goto(REVIEW_URL)
    wait_for_quote(queue, quotes[0])
    sentence = queue.locator("#fb-review-text .fb-review-current-quote").first
    expect(sentence).to_be_in_viewport()
    top = queue.locator("#fb-review-scroll").bounding_box()
    for selector in (".fb-review-toolbar", ".fb-review-source", ".fb-review-head", ".fb-review-details"):
        other = queue.locator(selector).bounding_box()
        assert top
        assert other
        assert top["y"] + top["height"] <= other["y"], selector
    assert queue.evaluate(SMALL_TARGETS, MIN_TARGET) == []
    press_keys(queue, "r")
    assert queue.evaluate(SMALL_TARGETS, MIN_TARGET) == []
    assert read_decisions(*quotes) == ["pending"] * 3


@on_every_screen
def test_a_speaker_found_by_pronoun_is_marked(queue: Page, quotes: list[Quote], width: int, scheme: Any) -> None:
    Quote.objects.filter(pk=quotes[0].pk).update(
        mention_kind=MentionKind.PRONOUN, mention="Lena", mention_spans=[[7, 11]], speaker_confidence=0.9
    )
    queue.emulate_media(color_scheme=scheme)
    queue.set_viewport_size({"width": width, "height": 844})
    queue.goto(REVIEW_URL)
    wait_for_quote(queue, quotes[0])
    expect(queue.locator(".fb-review-attribution")).to_contain_text("by pronoun, 90%")
    assert page_width(queue) <= width
    assert accessibility_violations(queue) == []
    press_keys(queue, "j")
    wait_for_quote(queue, quotes[1])
    expect(queue.locator(".fb-review-attribution")).not_to_contain_text("by ")
