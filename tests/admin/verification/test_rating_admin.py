"""Ratings in use cannot be renamed or moved on the scale."""

import pytest
from django.test import Client

from claims.models import Rating, VerificationState
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url

FORGED = {"name": "False", "slug": "forged", "value": 1, "worst": 0, "best": 9, "explanation": "Said more clearly."}


def rating_scale(rating: Rating) -> tuple[object, ...]:
    return (rating.name, rating.slug, rating.value, rating.worst, rating.best)


@pytest.mark.parametrize("state", [state for state in VerificationState if state != VerificationState.DRAFT])
def test_submitted_rating_keeps_its_name_and_value(client: Client, state: VerificationState) -> None:
    rating = verifications.make_in_state(state).rating
    before = rating_scale(rating)
    page = client.get(admin_url("change", rating)).content.decode()
    assert 'name="explanation"' in page
    assert [name for name in FORGED if f'name="{name}"' in page] == ["explanation"]
    assert "To change the scale, add a rating." in page
    assert client.post(admin_url("change", rating), FORGED).status_code == 302
    rating.refresh_from_db()
    assert rating_scale(rating) == before
    assert rating.explanation == "Said more clearly."


def test_rating_of_a_draft_can_be_renamed(client: Client) -> None:
    rating = Rating.objects.create(name="Half", slug="half", value=3)
    make.VerificationFactory(rating=rating)
    page = client.get(admin_url("change", rating)).content.decode()
    assert "To change the scale, add a rating." in page
    client.post(admin_url("change", rating), FORGED | {"name": "Partly", "slug": "partly", "value": 4, "worst": 1})
    rating.refresh_from_db()
    assert rating_scale(rating) == ("Partly", "partly", 4, 1, 9)


def test_new_rating_has_every_field(client: Client) -> None:
    client.post(admin_url("add", Rating), FORGED | {"name": "Partly", "slug": "partly"})
    assert Rating.objects.filter(name="Partly", slug="partly").exists()
