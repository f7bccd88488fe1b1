"""The tests' own footing: what the migrations filled in is there in every test, also after one that emptied tables."""

import pytest

from claims.models import Rating


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after tables were emptied"])
def test_default_ratings_are_there_in_every_transactional_test(turn: str) -> None:
    assert Rating.objects.filter(slug="true").exists()


def test_default_ratings_are_there_for_a_live_server(live_server: object) -> None:
    assert Rating.objects.filter(slug="true").exists()
