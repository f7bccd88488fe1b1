"""An original beside its translation on the site."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Quote, SourceRelation
from tests import factories as make
from tests.translations import translated_quotes

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
