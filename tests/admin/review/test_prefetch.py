"""A screen that is fetched in advance is no look: it locks nothing, consumes no message and changes nothing."""

import pytest
from django.test import Client

from claims.models import Hold, Quote
from tests.admin.review.review_client import QUEUE_URL, post_review_action
from tests.services.quotes.quoted_text import make_quote_of
from tests.table_contents import dump_database

pytestmark = pytest.mark.django_db


def test_prefetched_screen_leaves_messages_and_locks(client: Client, quote: Quote) -> None:
    other = make_quote_of(quote.snapshot, "are dry.")
    post_review_action(client, "take-over", quote)
    Hold.objects.all().delete()
    before = dump_database()
    prefetched = client.get(QUEUE_URL, {"quote": other.pk}, headers={"X-Review": "prefetch"})
    assert prefetched.context["done"] == ""
    assert dump_database() == before
    shown = client.get(QUEUE_URL, {"quote": other.pk}, headers={"X-Review": "1"})
    assert str(shown.context["done"]) == "You have taken over this quote."
    assert "<html" not in shown.content.decode()


def test_fragment_has_what_the_page_has(client: Client, quote: Quote) -> None:
    """The fragment is rendered without the context of the frame around it."""
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    fragment = client.get(QUEUE_URL, {"quote": quote.pk}, headers={"X-Review": "1"})
    for name in ("badge", "following", "remaining", "version", "may_decide", "last_summary"):
        assert fragment.context[name] == page.context[name], name
