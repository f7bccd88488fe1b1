"""The weights of check-worthiness: shown to all, changed by the Chief."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Quote, WeightSet
from claims.services.worthiness.newsroom_fit import MIN_DECISIONS
from claims.services.worthiness.weight_sets import current_weights
from claims.worthiness import DEFAULT_WEIGHTS, Feature
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/admin/claims/weightset/weights/"


def form_data(client: Client, **changes: Any) -> dict[str, Any]:
    form = client.get(URL).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"base": form["base"].value()} | changes


def make_scored_quote(features: Feature) -> Quote:
    quote: Quote = make.QuoteFactory(worth_features=int(features), worth_points=DEFAULT_WEIGHTS.points_of(features))
    return quote


def test_the_table_shows_each_feature_with_its_share(client: Client) -> None:
    make_scored_quote(Feature.FIGURES)
    make_scored_quote(Feature.FIGURES | Feature.OPINION)
    page = client.get(URL)
    rows = {row["name"]: row for row in page.context["rows"]}
    assert len(rows) == len(Feature)
    assert (rows["figure"]["share"], rows["opinion words"]["share"], rows["comparison"]["share"]) == (1, 0.5, 0)
    assert rows["figure"]["field"].value() == rows["figure"]["default"] == 1.5
    assert f"Not enough data yet: 0 of {MIN_DECISIONS}" in page.content.decode()


def test_a_preview_says_what_moves_and_stores_nothing(client: Client) -> None:
    opinion, figure = make_scored_quote(Feature.OPINION), make_scored_quote(Feature.FIGURES)
    page = client.post(URL, form_data(client, opinion="2", figures="-2", action="preview"))
    preview = page.context["preview"]
    assert preview.moved == 2
    assert [(each.quote, each.before < each.after) for each in preview.rising] == [(opinion, True)]
    assert [(each.quote, each.before > each.after) for each in preview.falling] == [(figure, True)]
    assert [sum(column) for column in zip(*(counts for _, *counts in preview.bands), strict=True)] == [2, 2]
    assert "2 of 2 pending quotes change band" in page.content.decode()
    assert not WeightSet.objects.exists()


def test_saved_weights_score_the_queue_at_once_and_are_kept_in_the_history(client: Client) -> None:
    quote = make_scored_quote(Feature.OPINION)
    page = client.post(URL, form_data(client, opinion="1.25", action="save"), follow=True)
    assert "All quotes have their new scores" in page.content.decode()
    quote.refresh_from_db()
    assert quote.worth_points == current_weights().points_of(Feature.OPINION) == -40 + 125
    first = WeightSet.objects.get()
    client.post(URL, default_data(client))
    assert WeightSet.objects.adopted().first().get_origin_display() == "Defaults"
    assert current_weights() == DEFAULT_WEIGHTS
    page = client.get(URL, {"weights": first.pk})
    assert page.context["form"]["opinion"].value() == 1.25
    assert page.context["preview"].moved == 1
    assert client.get("/admin/claims/weightset/").context["cl"].result_count == 2


def default_data(client: Client) -> dict[str, Any]:
    form = client.get(URL, {"weights": "defaults"}).context["form"]
    return {name: form[name].value() for name in form.fields} | {"action": "save"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"opinion": "5.5"}, "less than or equal to 5"),
        ({"opinion": "nan"}, "Enter a number"),
        ({"opinion": ""}, "required"),
        ({}, "already in use"),
        ({"opinion": "1", "seen": "77"}, "have changed since"),
        ({"action": "guess"}, "Unknown action"),
        ({"action": "adopt", "proposal": "77"}, "has been replaced or decided"),
        ({"action": "discard", "proposal": "x"}, "has been replaced or decided"),
        ({"action": "fit"}, "Not enough decisions yet: 0 of 500"),
    ],
)
def test_what_cannot_be_done_is_refused(client: Client, changes: dict[str, str], message: str) -> None:
    page = client.post(URL, form_data(client, action="save") | changes, follow=True)
    assert message in page.content.decode()
    assert not WeightSet.objects.exists()


def test_an_unknown_version_is_not_found(client: Client) -> None:
    assert client.get(URL, {"weights": "77"}).status_code == 404
