"""What the list of quotes says of who speaks."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.models import Quote
from tests import factories as make
from tests.services.quotes.quoted_text import make_quote_of

CASES = [
    ("officials are nobody else", "Officials", ["Officials"], None),
    ("one of two", "Ford", ["Lena Ford", "Tom Ford"], "perhaps Lena Ford, Tom Ford"),
    ("somebody unknown", "he", [], None),
]


@pytest.mark.parametrize(("mention", "candidates", "message"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_candidates_are_told_where_they_say_more_than_the_text(
    mention: str, candidates: list[str], message: str | None
) -> None:
    displayed = admin.site.get_model_admin(Quote).speaker_column(Quote(mention=mention, candidates=candidates))
    assert mention in displayed
    assert ("perhaps" in displayed) == (message is not None)
    assert message is None or message in displayed


@pytest.mark.parametrize("letters", [240, 900, 1100])
def test_the_list_shows_the_whole_quote_unless_it_is_a_page_of_text(client: Client, letters: int) -> None:
    text = ("Gauge by gauge " * 100)[:letters].strip()
    make_quote_of(make.SnapshotFactory(text=text), text)
    page = client.get(reverse("admin:claims_quote_changelist")).content.decode()
    assert (text in page) == (letters <= 1000)
    assert text[:200] in page


def test_an_empty_list_says_so(client: Client) -> None:
    address = reverse("admin:claims_quote_changelist")
    assert "Nothing here yet." in client.get(address).content.decode()
    assert "No results." in client.get(address, {"q": "gauge"}).content.decode()
