"""An original beside its translation on the site."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Quote, SourceRelation
from tests import factories as make
from tests.translations import quote_words, translated_quotes

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote_pair() -> tuple[Quote, Quote]:
    return translated_quotes(make.UserFactory(is_superuser=True))


def address(quote_pair: tuple[Quote, Quote]) -> str:
    original, translation = quote_pair
    return f"/sources/{translation.snapshot.source_id}/beside/{original.snapshot.source_id}/"


def test_paragraphs_are_shown_in_pairs(client: Client, settings: Any, quote_pair: tuple[Quote, Quote]) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    for quote in quote_pair:
        page = client.get(f"/sources/{quote.snapshot.source_id}/", follow=True).content.decode()
        assert f'href="{address(quote_pair)}"' in page
    response = client.get(address(quote_pair))
    page = response.content.decode()
    assert [[len(side) for side in row] for row in response.context["rows"]] == [[1, 1]] * 3
    assert page.index("Рейс стоит 250 рублей") < page.index("A trip costs 250 roubles.")
    assert page.count('<td lang="ru">') == page.count('<td lang="en">') == 3


@pytest.mark.parametrize(("decision", "is_beside"), [("accepted", True), ("pending", False)])
def test_public_quotes_that_are_tied_are_side_by_side(
    client: Client, settings: Any, quote_pair: tuple[Quote, Quote], decision: str, is_beside: bool
) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    _, translation = quote_pair
    said_first = quote_words(quote_pair[0].snapshot, "Паром вернётся", accepted=True)
    Quote.objects.filter(pk=translation.pk).update(translation_of=said_first)
    if decision == "pending":
        Quote.objects.filter(pk=said_first.pk).update(decision="pending", decided_by=None, decided_at=None)
    rows = client.get(address(quote_pair)).context["rows"]
    texts = [["".join(run.text for paragraph in side for run in paragraph) for side in row] for row in rows]
    assert any("Паром вернётся" in first and "A trip" in second for first, second in texts) is is_beside


def test_texts_that_are_not_public_are_not_shown(
    client: Client, settings: Any, quote_pair: tuple[Quote, Quote]
) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = False
    assert client.get(address(quote_pair)).status_code == 404
    settings.FACTBASE_PUBLISH_TEXTS = True
    assert client.get(address(quote_pair[::-1])).status_code == 404
    Quote.objects.filter(pk=quote_pair[0].pk).update(decision="pending", decided_by=None, decided_at=None)
    assert client.get(address(quote_pair)).status_code == 404


def test_a_relation_that_was_dismissed_has_no_page(
    client: Client, settings: Any, quote_pair: tuple[Quote, Quote]
) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    SourceRelation.objects.update(state="dismissed")
    assert client.get(address(quote_pair)).status_code == 404
