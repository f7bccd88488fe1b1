"""Invalid IDs, parameters and initial data."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Quote
from tests import factories as make

pytestmark = pytest.mark.both_databases

CLAIMS_ADMINS = [(model, of) for model, of in admin.site._registry.items() if model._meta.app_label == "claims"]
ADMIN_NAMES = [model._meta.model_name for model, _ in CLAIMS_ADMINS]
HUGE = "9" * 23
VALUES = [pytest.param("abc", marks=pytest.mark.sqlite_suffices), "%00", HUGE]  # Django itself refuses words


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", ADMIN_NAMES)
def test_unknown_object_is_not_found(client: Client, name: str, value: str) -> None:
    for rest in ("change/", "delete/", "history/", f"history/{value}/", "history/1/", "step/accept/", ""):
        assert client.get(f"/admin/claims/{name}/{value}/{rest}").status_code in {302, 403, 404}, rest
    assert client.post(f"/admin/claims/{name}/{value}/change/").status_code in {302, 403, 404}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(("model", "of"), CLAIMS_ADMINS, ids=ADMIN_NAMES)
def test_initial_data_ignores_invalid_values(client: Client, model: Any, of: Any, value: str) -> None:
    query = "&".join(f"{field.name}={value}" for field in model._meta.get_fields())
    assert client.get(f"{reverse(f'admin:claims_{model._meta.model_name}_add')}?{query}").status_code in {200, 403}


def test_initial_data_of_valid_values(client: Client) -> None:
    claim, topics = make.ClaimFactory(), make.TopicFactory.create_batch(2)
    filled = client.get(f"/admin/claims/verification/add/?claim={claim.pk}").context["adminform"].form.initial
    assert str(filled["claim"]) == str(claim.pk)
    query = f"topics={topics[0].pk},{topics[1].pk}&text=Rivers%20hold%20water.&said_on=2026-01-02"
    page = client.get(f"/admin/claims/claim/add/?{query}")
    form = page.context["adminform"].form
    assert [str(form[name].value()) for name in ("text", "said_on")] == ["Rivers hold water.", "2026-01-02"]
    for topic in topics:
        assert f'<option value="{topic.pk}" selected>' in page.content.decode()


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(("model", "of"), CLAIMS_ADMINS, ids=ADMIN_NAMES)
def test_invalid_list_query_is_refused(client: Client, model: Any, of: Any, value: str) -> None:
    address = reverse(f"admin:claims_{model._meta.model_name}_changelist")
    specs = client.get(address).context["cl"].filter_specs
    query = {each for spec in specs for each in spec.expected_parameters()} | {"q", "o"}
    if model is Quote:  # for the parameters of every list
        query |= {"id__in", "id__gt", "id__exact", "p", "all", "e"}
    for parameter in query:
        assert client.get(f"{address}?{parameter}={value}").status_code in {200, 302, 400}, parameter


def test_lists_show_values_instead_of_managers(client: Client) -> None:
    topic = make.TopicFactory()
    make.ClaimFactory().topics.add(topic)
    page = client.get("/admin/claims/topic/").content.decode()
    assert f'<a class="fb-link" href="/admin/claims/claim/?topics__id__exact={topic.pk}">1</a>' in page
    for name in ADMIN_NAMES:
        assert ".None" not in client.get(f"/admin/claims/{name}/").content.decode()


def test_missing_reason_is_not_shown(client: Client) -> None:
    claim = make.ClaimFactory(text="Rivers hold water.")
    claim.history.update(history_user=None, history_change_reason=None)
    Claim.objects.get(pk=claim.pk).save()
    page = client.get(reverse("admin:claims_claim_history", args=[claim.pk]))
    reasons = [each["entry"].reason for each in page.context["entries"]]
    assert reasons == ["", ""]
