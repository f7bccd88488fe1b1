"""The article on the review screen: exact text, small pages, and no markup."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from claims.admin.review.article_window import MAX_WINDOW_MARKS
from claims.models import Quote
from tests import factories as make
from tests.admin.review.review_client import QUEUE_URL
from tests.admin.sources.source_pages import create_quotes
from tests.services.quotes.quoted_text import TEXT, make_quote_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "letter", ["x", "&", "\u4e00", "\U0001f642", "\r\n"], ids=["ascii", "escaped", "cjk", "emoji", "crlf"]
)
def test_page_stays_small_for_a_long_text(client: Client, letter: str) -> None:
    text = letter * 20_000 + "Ford said it." + letter * 20_000
    snapshot = make.SnapshotFactory(text=text)
    quote = make_quote_of(snapshot, "Ford said it.")
    at = len(letter) * 20_000
    places = [(at + n % 13, at + n % 13 + 1) for n in range(MAX_WINDOW_MARKS + 10)]
    *_, whole = create_quotes(snapshot, [*places, (0, len(text))])
    for each in (quote, whole):
        page = client.get(QUEUE_URL, {"quote": each.pk})
        assert len(page.content) < 300_000


def test_elements_contain_exactly_the_text(client: Client, quote: Quote) -> None:
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    tree = html.fromstring(f"<div>{page.context['window'].html}</div>")
    assert tree.text_content() == TEXT
    for piece in tree.iter():
        if "data-start" in piece.attrib:
            at = int(piece.attrib["data-start"])
            assert TEXT[at:].startswith(piece.text)
    part = client.get(reverse("admin:claims_review_text", args=[quote.snapshot_id]), {"first": 10, "last": 30}).json()
    assert html.fromstring(f"<div>{part['html']}</div>").text_content() == TEXT[10:30]
    assert (part["first"], part["last"], part["length"]) == (10, 30, len(TEXT))


def test_text_is_escaped(client: Client) -> None:
    text = "<script>alert(1)</script> \"'&amp; Ford said it."
    quote = make_quote_of(
        make.SnapshotFactory(text=text, source__title="<b>x</b>"), "<script>alert(1)</script>", role="<i>"
    )
    page = client.get(QUEUE_URL, {"quote": quote.pk}).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;" in page
