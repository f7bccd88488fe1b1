"""The review screen with the keyboard alone: what an editor does all day."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Decision, Hold, Operation, Quote, Snapshot, Speaker, SpeakerKind
from claims.services.decide import decide
from claims.services.resolve import add_speaker
from tests import factories as make
from tests.browser.accessibility import grave_faults
from tests.browser.conftest import PASSWORD
from tests.services import verdicts
from tests.services.test_spans import FAMILY, PEACE, TEXT, quote_of

QUEUE = "/admin/claims/quote/review/"


@pytest.fixture(autouse=True)
def _silent_at_the_end(page: Page) -> Iterator[None]:
    """No page tells a server that is gone that it is left."""
    yield
    quiet(page)


def quiet(page: Page) -> None:
    page.evaluate("document.getElementById('fb-review')?.removeAttribute('data-hold')")
    page.wait_for_load_state("networkidle")  # no request is under way when the tables are emptied


@pytest.fixture
def snapshot(live_server: LiveServer) -> Snapshot:
    """A text in which offsets go wrong unless they are counted as the server counts."""
    return make.SnapshotFactory(text=TEXT, source__title="Rivers")


@pytest.fixture
def quotes(snapshot: Snapshot) -> list[Quote]:
    """Three quotes of it, in reading order, of one speaker."""
    speaker = make.SpeakerFactory(name="Lena Ford")
    first = quote_of(
        snapshot, "Rivers are full,\r\nand cafe\u0301s", speaker=speaker, mention="Lena Ford", mention_spans=[[7, 16]]
    )
    return [first, *(quote_of(snapshot, words, speaker=speaker) for words in ("Roads,", "are dry."))]


@pytest.fixture
def queue(login: Callable[[], Page], quotes: list[Quote]) -> Page:
    """The queue at its first quote."""
    page = login()
    page.goto(QUEUE)
    ready(page, quotes[0])
    return page


def ready(page: Page, quote: Quote) -> None:
    """Wait until this quote is looked at."""
    expect(page.locator(f'#fb-review.fb-rv-has-js[data-quote="{quote.pk}"]:not([aria-busy])')).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decisions(*quotes: Quote) -> list[str]:
    return [Quote.objects.get(pk=quote.pk).decision for quote in quotes]


def select_in_article(page: Page, words: str) -> None:
    """Select words as a mouse does, wherever the pieces begin and end; a browser's text has no carriage returns."""
    page.evaluate(
        """words => {
            const nodes = []; const walk = document.createTreeWalker(document.getElementById('fb-rv-text'), 4);
            while (walk.nextNode()) nodes.push(walk.currentNode);
            const at = nodes.map(node => node.data).join('').indexOf(words);
            const place = offset => { for (const node of nodes) {
                if (offset <= node.data.length) return [node, offset]; offset -= node.data.length; } };
            document.getSelection().setBaseAndExtent(...place(at), ...place(at + words.length));
        }""",
        words,
    )


def test_accept_reject_skip_undo_and_looking_around(queue: Page, quotes: list[Quote]) -> None:
    first, second, third = quotes
    expect(queue.locator(".fb-rv-exact")).to_contain_text("Rivers are full,")
    expect(queue.locator("#fb-rv-text .fb-rv-this").first).to_be_in_viewport()
    press(queue, "j")
    ready(queue, second)
    press(queue, "k")
    ready(queue, first)
    assert decisions(*quotes) == ["pending"] * 3, "looking never accepts"
    press(queue, "a")
    ready(queue, second)
    expect(queue.get_by_text("Accepted.", exact=True)).to_be_visible()
    expect(queue.locator(".fb-rv-left")).to_have_text("2")
    press(queue, "r", "3")
    ready(queue, third)
    assert decisions(*quotes) == ["accepted", "rejected", "pending"]
    assert second.history.latest().history_change_reason == "rejected: Wrong speaker"
    press(queue, "u")
    ready(queue, second)
    expect(queue.locator(".fb-rv-message")).to_contain_text("Undone: Rejected")
    assert decisions(*quotes) == ["accepted", "pending", "pending"]
    press(queue, "u")
    ready(queue, first)
    assert decisions(*quotes) == ["pending"] * 3
    assert list(Operation.objects.order_by("pk").values_list("verb", flat=True)) == [
        "accepted",
        "rejected",
        "undo",
        "undo",
    ]
    press(queue, "s")
    ready(queue, second)
    assert decisions(*quotes) == ["pending"] * 3
    queue.go_back()
    ready(queue, first)


def test_to_the_end_of_the_queue(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "a")
    ready(queue, quotes[1])
    press(queue, "a")
    ready(queue, quotes[2])
    press(queue, "a")
    expect(queue.get_by_text("Nothing is left in this queue.")).to_be_visible()
    press(queue, "u")
    ready(queue, quotes[2])
    assert decisions(*quotes) == ["accepted", "accepted", "pending"]


def test_a_rejection_in_words(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "r", "5")
    queue.keyboard.type("a headline")
    press(queue, "Enter")
    ready(queue, quotes[1])
    assert quotes[0].history.latest().history_change_reason == "rejected: a headline"


def test_no_key_decides_while_something_is_typed_or_held_down_with_control(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "e")
    queue.keyboard.type("aras")
    expect(queue.locator("#fb-rv-name")).to_have_value("aras")
    press(queue, "Escape", "Control+a", "Meta+a", "Alt+a", "Shift+A")
    press(queue, "?")
    expect(queue.get_by_role("dialog", name="Keys")).to_be_visible()
    press(queue, "a", "Escape")
    expect(queue.get_by_role("dialog", name="Keys")).to_be_hidden()
    ready(queue, quotes[0])
    assert decisions(*quotes) == ["pending"] * 3


# id, what is selected, what the quote is then
SELECTED = [
    ("plain", "are full", "are full"),
    ("over-a-crlf", "full,\r\nand", "full,\r\nand"),
    ("half-a-letter", "full,\r\nand cafe", "full,\r\nand cafe\u0301"),
    ("emoji-family", f"{FAMILY} are", f"{FAMILY} are"),
    ("after-emoji", "are open.", "are open."),
    ("right-to-left", PEACE, PEACE),
    ("half-a-surrogate-pair", "\udcd0nd then", "\U0001d4d0nd then"),
    ("after-all-of-them", "Ford added", "Ford added"),
]


@pytest.mark.parametrize(("words", "exact"), [row[1:] for row in SELECTED], ids=[row[0] for row in SELECTED])
def test_what_is_selected_is_the_quote(queue: Page, quotes: list[Quote], words: str, exact: str) -> None:
    press(queue, "w")
    select_at(queue, words) if "\udcd0" in words else select_in_article(queue, words)
    expect(queue.locator(".fb-rv-preview b")).to_have_text(exact, use_inner_text=False)
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-message")).to_have_text("The words were changed.")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == exact
    assert quotes[0].decision == "pending"


def select_at(page: Page, words: str) -> None:
    """The same from the second half of a surrogate pair, which Python cannot hand over."""
    page.evaluate(
        """() => { const all = [...document.querySelectorAll('#fb-rv-text [data-at]')];
            const node = all.find(piece => piece.textContent.includes('nd then')).firstChild;
            const at = node.data.indexOf('nd then');
            document.getSelection().setBaseAndExtent(node, at - 1, node, at + 7); }"""
    )


def test_the_words_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "w", "ArrowLeft", "ArrowLeft")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("Rivers are full,")
    press(queue, "Tab", "ArrowRight")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are full,")
    press(queue, "Tab", "Shift+ArrowLeft")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are full")
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("are full")
    quotes[0].refresh_from_db()
    assert quotes[0].exact == "are full"
    press(queue, "w", "ArrowLeft", "Escape")
    expect(queue.locator(".fb-rv-mode")).to_have_count(0)
    press(queue, "u")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("Rivers are full,")


def test_a_second_part(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "w")
    select_in_article(queue, "Rivers")
    press(queue, "&")
    expect(queue.locator(".fb-rv-parts li")).to_have_count(2)
    select_in_article(queue, "are open.")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("Rivers are open.")
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Rivers are open.")
    quotes[0].refresh_from_db()
    assert len(quotes[0].spans) == 2


def test_splitting_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "x")
    expect(queue.locator("#fb-rv-caret")).to_be_visible()
    for _ in range(12):
        if queue.locator(".fb-rv-preview b").first.inner_text().strip().endswith("full,"):
            break
        press(queue, "ArrowRight")
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Rivers are full,")
    assert list(Quote.objects.order_by("start").values_list("exact", flat=True))[:2] == [
        "Rivers are full,",
        "and cafe\u0301s",
    ]
    press(queue, "u")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("and cafe")
    assert Quote.objects.count() == 3


def test_joining_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "j")
    ready(queue, quotes[1])
    press(queue, "m")
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are dry.")
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_have_text("Roads, are dry.")
    assert decisions(*quotes) == ["pending", "pending", "rejected"]
    press(queue, "a")
    ready(queue, quotes[0])
    assert decisions(*quotes) == ["pending", "accepted", "rejected"]


def test_joining_with_one_that_is_clicked(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "m")
    queue.locator(f'#fb-rv-text [data-quote="{quotes[2].pk}"]').click()
    expect(queue.locator(".fb-rv-preview b")).to_have_text("are dry.")
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-exact")).to_contain_text("are dry.")
    assert decisions(*quotes) == ["pending", "pending", "rejected"]


def test_joining_with_one_that_was_changed_meanwhile_is_refused(
    queue: Page, quotes: list[Quote], colleague: Page
) -> None:
    colleague.goto(f"/admin/claims/quote/review/?quote={quotes[2].pk}")
    ready(colleague, quotes[2])
    press(colleague, "w", "Shift+ArrowLeft", "Enter")
    expect(colleague.locator(".fb-rv-exact")).to_have_text("are dry")
    colleague.goto("/admin/")  # and looks at it no more
    press(queue, "m")
    queue.locator(f'#fb-rv-text [data-quote="{quotes[2].pk}"]').click()
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-is-error")).to_contain_text("changed meanwhile by ann")
    expect(queue.locator(".fb-rv-is-error")).to_contain_text("are dry")
    assert decisions(*quotes) == ["pending", "pending", "pending"]


def test_a_click_on_another_quote_leads_to_it(queue: Page, quotes: list[Quote]) -> None:
    queue.locator(f'#fb-rv-text [data-quote="{quotes[2].pk}"]').click()
    ready(queue, quotes[2])
    assert f"quote={quotes[2].pk}" in queue.url


def test_adding_what_was_missed_by_selecting_it(queue: Page, quotes: list[Quote], snapshot: Snapshot) -> None:
    select_in_article(queue, PEACE)
    press(queue, "+")
    expect(queue.locator(".fb-rv-preview b")).to_have_text(PEACE)
    press(queue, "1", "2", "Enter")
    expect(queue.get_by_text("Added, and accepted.")).to_be_visible()
    added = Quote.objects.latest("pk")
    assert (added.exact, added.speaker, added.decision, added.kind) == (PEACE, quotes[0].speaker, "accepted", "direct")
    ready(queue, added)


def test_adding_with_the_keyboard_alone(queue: Page, quotes: list[Quote]) -> None:
    press(queue, "+", "ArrowUp", "ArrowDown", "Enter")
    expect(queue.get_by_text("Added, and pending.")).to_be_visible()
    added = Quote.objects.latest("pk")
    assert added.extractor == "editor"
    assert added.exact in " ".join(TEXT.split("\r\n")) or added.exact in TEXT
    press(queue, "u")
    expect(queue.locator(".fb-rv-message")).to_contain_text("Undone: Added")
    assert Quote.objects.count() == 3


def test_a_speaker_who_is_known_by_an_alias(queue: Page, quotes: list[Quote], editor: User) -> None:
    speaker = add_speaker(name="Tobias Reck", aliases=["Tobi Recke"], editor=editor)
    press(queue, "e")
    queue.keyboard.type("recke")
    expect(queue.get_by_role("option", name="Tobias Reck")).to_be_visible()
    press(queue, "Enter")
    expect(queue.locator(".fb-rv-speaker")).to_have_text("Tobias Reck")
    quotes[0].refresh_from_db()
    assert (quotes[0].speaker, quotes[0].decision) == (speaker, "pending")


def test_a_new_speaker_is_filled_in_from_the_text(login: Callable[[], Page], snapshot: Snapshot) -> None:
    at = TEXT.index("Lena Ford")
    quote = quote_of(
        snapshot,
        "are dry.",
        speaker=None,
        claim=None,
        role="head of the Water Board",
        mention="Lena Ford",
        mention_spans=[[at, at + 9]],
    )
    page = login()
    page.goto(QUEUE)
    ready(page, quote)
    expect(page.get_by_text("Who is this?")).to_be_visible()
    press(page, "a")
    expect(page.locator("#fb-rv-name")).to_be_focused()
    assert page.get_by_label("Name", exact=True).input_value() == "Lena Ford"
    press(page, "Tab", "Tab", "Tab", "Tab", "Tab", "Enter")
    expect(page.locator(".fb-rv-speaker")).to_have_text("Lena Ford")
    speaker = Speaker.objects.get(name="Lena Ford")
    assert (speaker.kind, speaker.positions.get().title) == (SpeakerKind.PERSON, "head of the Water Board")
    press(page, "a")
    expect(page.get_by_text("Nothing is left in this queue.")).to_be_visible()
    press(page, "u")
    ready(page, quote)
    press(page, "u")
    expect(page.get_by_text("Who is this?")).to_be_visible()
    assert not Speaker.objects.exists()


def test_the_address_opens_this_queue_at_this_quote_again(
    queue: Page, quotes: list[Quote], login: Callable[[], Page]
) -> None:
    press(queue, "f")
    queue.locator("select[name=confidence]").select_option("high")
    queue.get_by_role("button", name="Show", exact=True).click()
    ready(queue, quotes[0])
    press(queue, "j")
    ready(queue, quotes[1])
    address = queue.url
    assert "confidence=high" in address
    queue.goto("/admin/")
    queue.goto(address)
    ready(queue, quotes[1])
    expect(queue.locator(".fb-rv-chip").first).to_contain_text("90 %")


def test_more_of_a_long_text(login: Callable[[], Page]) -> None:
    text = (
        "".join(f"Line {n} of r\u00e9sum\u00e9s \U0001f642.\r\n" for n in range(4000))
        + "Ford said: “Roads are dry.”\r\n"
        + "And on.\r\n" * 9000
    )
    quote = quote_of(make.SnapshotFactory(text=text), "Roads are dry.")
    page = login()
    page.goto(QUEUE)
    ready(page, quote)
    expect(page.locator("#fb-rv-text .fb-rv-this")).to_be_in_viewport()
    assert len(page.content().encode()) < 300_000
    page.get_by_role("button", name="Whole text").click()
    expect(page.get_by_role("button", name="Whole text")).to_be_hidden()
    whole = page.evaluate("[...document.querySelectorAll('#fb-rv-text [data-at]')].map(e => e.textContent).join('')")
    assert whole == text
    press(page, "w")
    select_in_article(page, "Line 17 of r\u00e9sum\u00e9s \U0001f642")
    press(page, "Enter")
    expect(page.locator(".fb-rv-exact")).to_contain_text("Line 17")
    quote.refresh_from_db()
    assert quote.exact == "Line 17 of r\u00e9sum\u00e9s \U0001f642"


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


@pytest.fixture
def colleague(browser: Browser, live_server: LiveServer, django_user_model: Any) -> Iterator[Page]:
    """Another editor's browser, signed in."""
    django_user_model.objects.create_superuser("ann", password=PASSWORD)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    yield page
    quiet(page)
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
