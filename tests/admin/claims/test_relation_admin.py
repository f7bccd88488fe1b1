"""Relations between claims: suggested, confirmed, dismissed and added by hand."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    ClaimRelation,
)
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.relation_renewal import renew_due_relations
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_object_action
from tests.admin.claims.claim_pages import claim_url, response_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("repeats", (0, "repeats", 1)), ("by-repeats", (1, "repeats", 0)), ("contradicts", (0, "contradicts", 1))],
)
def test_relation_is_added_on_the_page_of_a_claim(
    client: Client, editor: User, kind: str, stored: tuple[int, str, int]
) -> None:
    claims = [make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")]
    assert sum(update_vectors()) == 2
    page = response_text(client.get(admin_url("change", claims[0])))
    assert claim_url("relate", claims[0]) in page
    assert ", says the same)" in page
    client.post(claim_url("relate", claims[0]), {"other": claims[1].pk, "kind": kind})
    row = ClaimRelation.objects.get()
    assert (row.first, row.kind, row.second) == (claims[stored[0]], stored[1], claims[stored[2]])
    assert (row.state, row.decided_by) == ("confirmed", editor)


def test_relations_are_suggested_confirmed_and_dismissed(client: Client) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    make.ClaimFactory(text="Rivers are full!"), make.ClaimFactory(text="The rivers are full.")
    assert sum(update_vectors()) == 3
    assert "2 claims may be related" in displayed_messages(run_object_action(client, "suggest", claim))[0]
    first, second = ClaimRelation.objects.order_by("pk")
    assert (first.state, bool(first.score), bool(first.reason)) == ("suggested", True, True)
    run_object_action(client, "confirm", first)
    run_object_action(client, "dismiss", second)
    assert [row.state for row in ClaimRelation.objects.order_by("pk")] == ["confirmed", "dismissed"]
    assert "No new similar claims." in displayed_messages(run_object_action(client, "suggest", claim))[-1]
    displayed = client.get(admin_url("change", claim)).context["relations"]
    assert [each["relation"] for each in displayed] == [first], "what was dismissed is not shown again"


def test_relation_is_added_in_its_form(client: Client) -> None:
    low, high = make.ClaimFactory(), make.ClaimFactory()
    form = client.get(admin_url("add", ClaimRelation), {"first": high.pk})
    assert form.context["adminform"].form.initial["first"] == str(high.pk)
    client.post(admin_url("add", ClaimRelation), {"first": high.pk, "second": low.pk, "kind": "contradicts"})
    row = ClaimRelation.objects.get()
    assert (row.first, row.second, row.state) == (low, high, "confirmed"), "in order, whichever way it was said"
    messages = displayed_messages(
        client.post(admin_url("add", ClaimRelation), {"first": low.pk, "second": low.pk, "kind": "same"})
    )
    assert "to itself" in messages[-1]


def test_relations_are_suggested_again_for_all_claims(client: Client) -> None:
    make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="The rivers are full.")
    assert sum(update_vectors()) == 2
    list_url, renew_url = admin_url("changelist", ClaimRelation), reverse("admin:claims_claimrelation_renew")
    assert f'action="{renew_url}"' in response_text(client.get(list_url))
    assert client.get(renew_url).status_code == 404
    messages = displayed_messages(client.post(renew_url))
    assert messages == ["2 claims will be compared again by a worker."]
    next(renew_due_relations())
    page = response_text(client.get(list_url))
    assert "Suggesting relations again: 1 of 2 claims compared." in page
    assert renew_url not in page
    list(renew_due_relations())
    assert renew_url in response_text(client.get(list_url))
    assert ClaimRelation.objects.get().state == "suggested"


def test_a_confirmed_relation_that_is_in_doubt_is_listed_for_review(client: Client, editor: User) -> None:
    march, more = (make.ClaimFactory(text=f"The march drew {count} people.") for count in ("40,000", "400,000"))
    rivers, rivers_too = (make.ClaimFactory(text=text) for text in ("Rivers are full.", "The rivers are full."))
    decided = {"kind": "same", "state": "confirmed", "decided_by": editor}
    doubtful = ClaimRelation.objects.create(first=march, second=more, **decided)
    ClaimRelation.objects.create(first=rivers, second=rivers_too, **decided)
    assert sum(update_vectors()) == 4
    client.post(reverse("admin:claims_claimrelation_renew"))
    list(renew_due_relations())
    response = client.get(admin_url("changelist", ClaimRelation), {"review": "needed"})
    assert list(response.context["cl"].queryset) == [doubtful]
    doubt = "Needs review: the claims differ in “40,000” instead of “400,000”"
    for page in (response, client.get(admin_url("change", doubtful)), client.get(admin_url("change", march))):
        assert doubt in response_text(page)
    run_object_action(client, "confirm", doubtful)
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.doubt) == ("confirmed", "")
    assert doubt not in response_text(client.get(admin_url("change", doubtful)))


def test_retracted_and_merged_claims_are_not_offered(client: Client) -> None:
    claim = make.ClaimFactory()
    make.ClaimFactory(merged_into=claim)
    make.ClaimFactory(released=True, retracted_at=timezone.now())
    query = {"app_label": "claims", "model_name": "claimrelation", "field_name": "second", "term": "rivers"}
    result = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [each["id"] for each in result] == [str(claim.pk)]


def test_claims_marked_as_not_related(client: Client) -> None:
    claims = [make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")]
    assert sum(update_vectors()) == 2
    [similar] = client.get(admin_url("change", claims[0])).context["similar"]
    assert similar.claim == claims[1]
    client.post(claim_url("relate", claims[0]), {"other": claims[1].pk, "kind": "none"})
    assert ClaimRelation.objects.get().state == "dismissed"
    assert client.get(admin_url("change", claims[0])).context["similar"] == []


@pytest.mark.parametrize("kind", ["", "echoes", "by-", "by-none"])
def test_unknown_kind_is_refused(client: Client, kind: str) -> None:
    claims = make.ClaimFactory.create_batch(2)
    messages = displayed_messages(client.post(claim_url("relate", claims[0]), {"other": claims[1].pk, "kind": kind}))
    assert messages == ["Choose how the two claims are related."]
    assert not ClaimRelation.objects.exists()
