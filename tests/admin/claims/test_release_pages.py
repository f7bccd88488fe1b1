"""“Claims to release”: the list with its wordings, the preview, and the release."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Quote
from claims.services.claims.editing import edit_claim
from claims.services.history.optimistic_lock import get_version
from tests import factories as make
from tests.admin.admin_client import client_in_group, client_with_permissions, displayed_messages


def release_url() -> str:
    return reverse("admin:claims_claim_release")


def selected(*quotes: Quote, text: str = "Rivers rise.") -> dict[str, object]:
    """What the form posts if the claims of these quotes are selected and worded so."""
    claims = [quote.claim for quote in quotes if quote.claim]
    return {"claim": [f"{claim.pk}-{get_version(claim)}" for claim in claims]} | {
        f"text-{claim.pk}": text for claim in claims
    }


def test_the_list_has_proposals_of_accepted_quotes_by_source(client: Client) -> None:
    quotes = [make.QuoteFactory(before_claim=True) for _ in range(2)]
    same_source = make.QuoteFactory(before_claim=True, snapshot=quotes[0].snapshot)
    make.QuoteFactory(), make.QuoteFactory(accepted=True)
    sources = client.get(release_url()).context["sources"]
    assert [(source, [row.quote for row in rows]) for source, rows in sources] == [
        (quotes[0].snapshot.source, [quotes[0], same_source]),
        (quotes[1].snapshot.source, [quotes[1]]),
    ]
    only = client.get(release_url(), {"source": quotes[1].snapshot.source_id}).context["sources"]
    assert [source for source, _ in only] == [quotes[1].snapshot.source]


def test_selected_claims_are_previewed_edited_and_released(client: Client) -> None:
    first, second, other = (make.QuoteFactory(before_claim=True) for _ in range(3))
    data = selected(first, second)
    page = client.post(release_url(), data | {"preview": "1"})
    assert [row.claim for row in page.context["rows"]] == [first.claim, second.claim]
    assert page.content.decode().count("Rivers rise.") >= 2
    assert not Claim.objects.confirmed().exists()

    page = client.post(release_url(), data | {"edit": "1"})
    shown = {row.claim: (row.text, row.is_selected) for _, rows in page.context["sources"] for row in rows}
    assert shown == {
        first.claim: ("Rivers rise.", True),
        second.claim: ("Rivers rise.", True),
        other.claim: (other.claim.text, False),
    }

    response = client.post(release_url(), data | {"release": "1"})
    assert response.url == release_url()
    assert "2 claims released" in displayed_messages(response)[0]
    assert set(Claim.objects.released()) == {first.claim, second.claim}
    assert set(Claim.objects.released().values_list("text", flat=True)) == {"Rivers rise."}


def test_what_cannot_be_released_is_named(client: Client) -> None:
    good, changed = make.QuoteFactory(before_claim=True), make.QuoteFactory(before_claim=True)
    data = selected(good, changed)
    edit_claim(claim=changed.claim, changes={"text": "Rivers are low."}, editor=make.UserFactory(username="ann"))
    page = client.post(release_url(), data | {"preview": "1"})
    assert [row.claim for row in page.context["rows"]] == [good.claim]
    assert "was changed by ann" in page.context["refused"][0][1]
    response = client.post(release_url(), data | {"release": "1"})
    assert list(Claim.objects.released()) == [good.claim]
    assert "was changed by ann" in displayed_messages(response)[1]


def test_nothing_selected_is_an_error(client: Client) -> None:
    make.QuoteFactory(before_claim=True)
    assert "Select at least one claim." in client.post(release_url(), {"preview": "1"}).content.decode()


@pytest.mark.parametrize("value", ["", "x", "1", "-", "1-x", "١-١", "9" * 40 + "-1"])
def test_invalid_selections_are_refused(client: Client, value: str) -> None:
    assert client.post(release_url(), {"preview": "1", "claim": value}).status_code == 400


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "-1"}, {"page": "9" * 18}, {"source": "x"}, {"all": "1"}])
def test_invalid_pages_show_the_list(client: Client, query: dict[str, str]) -> None:
    assert client.get(release_url(), query).status_code == 200


def test_only_those_who_may_change_claims_release_them(db: None) -> None:
    quote = make.QuoteFactory(before_claim=True)
    reader = client_with_permissions("view_claim", "view_quote", "decide_quote")
    assert reader.get(release_url()).status_code == 403
    assert reader.post(release_url(), selected(quote) | {"release": "1"}).status_code == 403
    assert "Claims to release" not in reader.get("/admin/").content.decode()
    editor = client_in_group("Editor")
    assert "Claims to release" in editor.get("/admin/").content.decode()
    assert editor.get(release_url()).status_code == 200


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            make.QuoteFactory(before_claim=True)
        with CaptureQueriesContext(connection) as captured:
            client.get(release_url())
        return len(captured)

    assert queries(1) == queries(5)
