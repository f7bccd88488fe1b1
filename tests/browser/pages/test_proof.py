"""A reader checks a quote in the browser: what matches is ticked, and what differs is said."""

import hashlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote
from tests import factories as f
from tests.browser.accessibility import accessibility_violations
from tests.browser.screens import page_width

pytestmark = pytest.mark.django_db(transaction=True)

# Characters outside the Basic Multilingual Plane before the quote: their offsets in UTF-16 are others.
TEXT = '😀😀 Lena Ford said: "Rivers are full," and then, "roads are dry." She left.\nThe end.'
SPANS = [[20, 36], [48, 62]]
SAME_TEXT = "The text is the one that was quoted: its SHA-256 is the same."
OTHER_TEXT = "The text is another one"
RIGHT_PLACE = "The words of the quote are exactly where they should be."
MOVED = "The words of the quote are in this text, but at another place."
NOT_THERE = "The words of the quote are not in this text."
SAME_SURROUNDINGS = "The text before and after the quote is the same."


def add_quote(text: str = TEXT) -> Quote:
    shift = text.index("Rivers") - TEXT.index("Rivers")
    spans = [[start + shift, end + shift] for start, end in SPANS]
    passages = [text[start:end] for start, end in spans]
    quote: Quote = f.QuoteFactory(
        accepted=True,
        snapshot=f.SnapshotFactory(text=text, sha256=hashlib.sha256(text.encode()).hexdigest()),
        start=spans[0][0],
        end=spans[-1][1],
        spans=spans,
        exact=" ".join(passages),
        prefix=text[: spans[0][0]],
        suffix=text[spans[-1][1] :],
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    return quote


@pytest.fixture
def check(page: Page, live_server: LiveServer) -> Callable[[Quote, str], set[str]]:
    """Pastes a text into the page of a quote, and returns what the page says of it."""

    def paste(quote: Quote, text: str) -> set[str]:
        page.goto(f"/quotes/{quote.pk}/")
        page.get_by_label("paste the full text").fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        return results(page)

    return paste


def results(page: Page) -> set[str]:
    shown = page.locator(".checks > li:visible, .checks li li:visible")
    expect(shown.first).to_be_visible()
    return {text.split(":\n")[0].strip() for text in shown.all_inner_texts()}


@pytest.mark.journey
def test_the_right_text_is_ticked(check: Callable[[Quote, str], set[str]]) -> None:
    assert check(add_quote(), TEXT) == {SAME_TEXT, RIGHT_PLACE, SAME_SURROUNDINGS}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (TEXT.replace("She left", "She Left"), RIGHT_PLACE),
        (TEXT.replace("full", "fuller"), NOT_THERE),
        (f"A{TEXT}", MOVED),
        (TEXT.replace("roads", "roаds"), NOT_THERE),  # a Cyrillic letter
    ],
    ids=["elsewhere", "in the quote", "before it", "look-alike"],
)
def test_one_changed_character_fails(check: Callable[[Quote, str], set[str]], changed: str, words: str) -> None:
    said = check(add_quote(), changed)
    assert any(line.startswith(OTHER_TEXT) for line in said)
    assert words in said
    assert SAME_TEXT not in said
    digest = hashlib.sha256(changed.encode()).hexdigest()
    assert any(digest in line for line in said)


@pytest.mark.parametrize(
    ("snapshot", "pasted", "difference"),
    [
        (TEXT, f"\ufeff{TEXT}", "Your text begins with a byte order mark."),
        (TEXT, f"\n{TEXT}\n\n", "Your text has other blank lines or spaces at its beginning or end."),
        (f"{TEXT}\n", TEXT, "Your text has other blank lines or spaces at its beginning or end."),
        (TEXT.replace("\n", "\r\n"), TEXT, "Lines of your text end in LF"),
    ],
    ids=["byte order mark", "blank lines", "no line end", "CR LF in the snapshot"],
)
def test_small_differences_are_named(
    check: Callable[[Quote, str], set[str]], snapshot: str, pasted: str, difference: str
) -> None:
    said = check(add_quote(snapshot), pasted)
    assert any(line.startswith(difference) for line in said)
    assert {RIGHT_PLACE, SAME_SURROUNDINGS} < said
    assert not any(line.startswith(OTHER_TEXT) for line in said)


def test_a_file_is_checked_byte_by_byte(page: Page, live_server: LiveServer) -> None:
    quote = add_quote()
    page.goto(f"/quotes/{quote.pk}/")

    def choose(content: bytes) -> None:
        file = {"name": "text.txt", "mimeType": "text/plain", "buffer": content}
        page.get_by_label("choose a file").set_input_files(file)

    choose(TEXT.encode())
    expect(page.get_by_text(SAME_TEXT)).to_be_visible()
    choose(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    expect(page.get_by_text("Your text begins with a byte order mark.")).to_be_visible()
    expect(page.get_by_text("Lines of your text end in CR LF or CR instead of LF.")).to_be_visible()
    expect(page.get_by_text(SAME_TEXT)).to_be_hidden()
    choose("Größe".encode("latin-1"))
    expect(page.get_by_text("This file is not a text in UTF-8.")).to_be_visible()
    expect(page.get_by_text(RIGHT_PLACE)).to_be_hidden()


def test_the_published_text_is_checked(page: Page, live_server: LiveServer, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    page.goto(f"/quotes/{add_quote().pk}/")
    page.get_by_role("button", name="Check the text published here").click()
    expect(page.get_by_text(SAME_TEXT)).to_be_visible()
    expect(page.get_by_text(RIGHT_PLACE)).to_be_visible()


def test_page_is_accessible_with_results(page: Page, live_server: LiveServer) -> None:
    page.goto(f"/quotes/{add_quote().pk}/")
    page.locator("details").evaluate_all("all => all.forEach(details => details.open = true)")
    page.get_by_label("paste the full text").fill("Another text.")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(OTHER_TEXT)).to_be_visible()
    assert accessibility_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page_width(page) == 320


def test_without_a_script_the_page_says_how(page: Page, live_server: LiveServer) -> None:
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"/quotes/{add_quote().pk}/")
    expect(page.get_by_label("paste the full text")).to_be_hidden()
    page.get_by_text("Check by hand", exact=True).click()
    expect(page.get_by_text("sha256sum text.txt")).to_be_visible()
