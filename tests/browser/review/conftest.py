"""The review screen, in a text in which offsets go wrong unless they are counted as the server counts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote, Snapshot
from tests import factories as make
from tests.browser.review.review_screen import REVIEW_URL, stop_background_requests, wait_for_quote
from tests.services.quotes.test_wording import TEXT, quote_of


@pytest.fixture(autouse=True)
def _silent_at_the_end(page: Page) -> Iterator[None]:
    """No page tells a server that is gone that it is left."""
    yield
    stop_background_requests(page)


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
    page.goto(REVIEW_URL)
    wait_for_quote(page, quotes[0])
    return page


@pytest.fixture
def colleague(colleague: Page) -> Iterator[Page]:
    """Another person's browser, which is quiet at the end as well."""
    yield colleague
    stop_background_requests(colleague)
