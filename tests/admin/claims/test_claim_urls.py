"""URLs of the views for claims: permissions and invalid input."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import (
    Claim,
    Operation,
    Quote,
    RelationKind,
)
from claims.services.claims import relations
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions, run_object_action
from tests.admin.claims.claim_pages import PUBLIC_NOTE, claim_url, create_public_claim, response_text

pytestmark = pytest.mark.django_db


VIEWS = ["split", "merge", "take", "relate"]


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("permissions", [(), ("view_claim", "view_quote")], ids=["none", "looks"])
def test_missing_permission_is_refused(name: str, permissions: tuple[str, ...]) -> None:
    claim, client = make.QuoteFactory().claim, client_with_permissions(*permissions)
    for ask in (client.get, client.post):
        assert ask(claim_url(name, claim)).status_code == 403
        assert ask(reverse("admin:claims_claim_own")).status_code == 403
    assert not Operation.objects.exists()


def test_anonymous_users_are_sent_to_the_login() -> None:
    claim = make.ClaimFactory()
    for name in VIEWS:
        assert Client().post(claim_url(name, claim)).url.startswith(reverse("admin:login"))


def test_operation_of_another_editor_is_not_undone(client: Client, colleague: Client) -> None:
    claim = create_public_claim()
    run_object_action(client, "retract", claim, reason="Wrong.")
    undo = reverse("admin:claims_claim_undo", args=[Operation.objects.get().pk])
    assert colleague.get(undo).status_code == colleague.post(undo).status_code == 403
    assert client_with_permissions("view_claim").post(undo).status_code == 403
    assert client.post(reverse("admin:claims_claim_undo", args=[99999])).status_code == 404
    response = client.post(undo, {"back": admin_url("change", claim)})
    assert "Public note" in response_text(response), "what was taken back in public comes back in public"
    assert client.post(undo, PUBLIC_NOTE | {"back": admin_url("change", claim)}).url == admin_url("change", claim)
    assert Claim.objects.released().get() == claim


@pytest.mark.parametrize("query", ["", "x", "-1", "9" * 30, "١", "1 OR 1=1", "\x00"])
def test_invalid_ids_are_not_found(client: Client, query: str) -> None:
    claim = make.ClaimFactory()
    assert client.post(claim_url("take", claim), {"quote": query}).status_code == 404
    assert client.post(claim_url("relate", claim), {"other": query, "kind": "same"}).status_code == 404
    assert client.get(claim_url("merge", claim), {"other": query}).status_code == 404
    assert client.post(reverse("admin:claims_claim_own"), {"quote": query}).status_code == 404
    assert client.get(f"/admin/claims/claim/{'9' * 30}/split/").status_code == 404


def test_post_only_urls_refuse_get(client: Client) -> None:
    quote = make.QuoteFactory()
    assert client.get(claim_url("take", quote.claim), {"quote": quote.pk}).status_code == 404
    assert client.get(claim_url("relate", quote.claim), {"other": quote.claim_id, "kind": "same"}).status_code == 404
    assert client.get(reverse("admin:claims_claim_own"), {"quote": quote.pk}).status_code == 404


@pytest.mark.parametrize("data", [{}, {"kept": "x"}, {"kept": "0"}])
def test_merge_form_requires_a_choice(client: Client, data: dict[str, str]) -> None:
    first, second = make.ClaimFactory.create_batch(2)
    assert client.post(claim_url("merge", first), {"other": second.pk} | data).status_code == 200
    assert not Claim.objects.filter(merged_into__isnull=False).exists()


def test_query_count_of_claim_page_is_constant(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(claim__text="Rivers are full.").claim

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(admin_url("change", claim)).status_code == 200
        return len(captured)

    def more(count: int) -> None:
        for _ in range(count):
            make.ClaimFactory(text="Rivers are full.")
            other = make.ClaimFactory()
            relations.relate_claims(first=claim, second=other, kind=RelationKind.UPDATES, editor=editor)
            make.QuoteFactory(claim=claim, speaker=claim.speaker)

    more(2)
    queries()
    few = queries()
    more(4)
    assert queries() == few


def test_editor_without_permission_to_correct_is_set_up_correctly(junior: Client) -> None:
    """The permissions that these tests deny are the only ones that lack."""
    claim = make.QuoteFactory(accepted=True).claim
    assert junior.get(claim_url("split", claim)).status_code == 200
    assert run_object_action(junior, "reject", claim.quotes.get()).status_code == 302
    assert Quote.objects.get().decision == "rejected"
