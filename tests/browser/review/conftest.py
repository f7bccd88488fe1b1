"""Fixtures of the review screen, with a text in which code points and UTF-16 code units differ."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote, Snapshot
from tests import factories as make
from tests.browser.review.review_screen import LOCK_URL, REVIEW_URL, wait_for_quote
from tests.services.quotes.quoted_text import TEXT, make_quote_of


@pytest.fixture
def snapshot(live_server: LiveServer) -> Snapshot:
    return make.SnapshotFactory(text=TEXT, source__title="Rivers")


@pytest.fixture
def quotes(snapshot: Snapshot) -> list[Quote]:
    """Three quotes of the snapshot by one speaker, in reading order."""
    speaker = make.SpeakerFactory(name="Lena Ford")
    first = make_quote_of(
        snapshot, "Rivers are full,\r\nand cafe\u0301s", speaker=speaker, mention="Lena Ford", mention_spans=[[7, 16]]
    )
    return [first, *(make_quote_of(snapshot, words, speaker=speaker) for words in ("Roads,", "are dry."))]


@pytest.fixture
def queue(login: Callable[[], Page], quotes: list[Quote]) -> Page:
    """The review screen at the first quote, for which the editor holds the lock."""
    page = login()
    with page.expect_response(LOCK_URL):
        page.goto(REVIEW_URL)
    wait_for_quote(page, quotes[0])
    return page
