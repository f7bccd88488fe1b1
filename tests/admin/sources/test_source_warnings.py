"""Warnings of the reader are shown on the source, in the list and its filter, and beside quotes in the queue."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.review.quote_card import describe_doubts
from claims.models import Source
from tests import factories as make
from tests.admin.sources.source_pages import get_source_page

pytestmark = pytest.mark.django_db

MESSAGE = "3 quotation marks of the page are not in the text."
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def warned() -> Source:
    warnings = [{"code": "marks-lost", "message": MESSAGE}, {"code": "x", "message": HOSTILE}]
    source: Source = make.SourceFactory(title="With warnings", warnings=warnings)
    return source


def test_source_page(client: Client, warned: Source) -> None:
    make.SnapshotFactory(source=warned)
    content = get_source_page(client, warned).content.decode()
    assert f"<li>{MESSAGE}</li>" in content
    assert HOSTILE not in content
    other = make.SnapshotFactory().source
    assert "reader-warnings" not in get_source_page(client, other).content.decode()


FILTERED = [("", {"A", "With warnings"}), ("yes", {"With warnings"}), ("no", {"A"})]


@pytest.mark.parametrize(("value", "titles"), FILTERED)
def test_list_and_filter(client: Client, warned: Source, value: str, titles: set[str]) -> None:
    make.SourceFactory(title="A")
    client.force_login(make.UserFactory(is_superuser=True))
    response = client.get(reverse("admin:claims_source_changelist"), {"warnings": value} if value else {})
    assert {source.title for source in response.context["cl"].result_list} == titles
    assert ("2 warnings" in response.content.decode()) == (warned.title in titles)


def test_quotes_in_the_queue(warned: Source) -> None:
    quote = make.QuoteFactory(snapshot=make.SnapshotFactory(source=warned))
    assert MESSAGE in describe_doubts(quote)
    assert MESSAGE not in describe_doubts(make.QuoteFactory())
