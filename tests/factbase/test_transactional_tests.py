"""Data from migrations exists in every test, also after one that has truncated the tables."""

import pytest

from claims.models import Rating


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", ["first", "after the tables were truncated"])
def test_default_ratings_exist_in_every_transactional_test(run: str) -> None:
    assert Rating.objects.filter(slug="true").exists()


def test_default_ratings_exist_for_a_live_server(live_server: object) -> None:
    assert Rating.objects.filter(slug="true").exists()
