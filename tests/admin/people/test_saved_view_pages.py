"""Views that are kept from a list, found in the sidebar, renamed and deleted; hostile ones lead nowhere."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import ClaimRelation, RelationKind, RelationState, SavedView
from claims.services.people import saved_views
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, client_in_group, client_with_permissions, displayed_messages

SAVE_URL = "/admin/claims/savedview/save/"


def post_saved_view(client: Client, query: str, **more: str) -> Any:
    return client.post(SAVE_URL, {"listing": "claims.quote", "query": query, "name": "Mine", **more})


def sidebar_links(client: Client) -> dict[str, str]:
    """The views in the sidebar: titles as they are written into the page, and links."""
    groups = client.get("/admin/").context["sidebar_navigation"]
    views = next((group["items"] for group in groups if group["title"] == "Views"), [])
    return {str(item["title"]).removeprefix("<bdi>").removesuffix("</bdi>"): str(item["link"]) for item in views}


def test_a_list_is_kept_with_its_filters_search_and_order(client: Client) -> None:
    page = client.get("/admin/claims/quote/?decision__exact=pending&q=rivers").content.decode()
    assert 'name="query" value="decision__exact=pending&amp;q=rivers"' in page
    answer = post_saved_view(client, "decision__exact=pending&q=rivers+full&o=-5&p=3&confidence=high")
    link = "/admin/claims/quote/?decision__exact=pending&q=rivers+full&o=-5&confidence=high"
    assert answer.url == link
    assert displayed_messages(answer) == ["“Mine” saved to your sidebar."]
    assert sidebar_links(client)["Mine"] == link
    found = client.get(link)
    assert found.status_code == 200
    views = next(group["items"] for group in found.context["sidebar_navigation"] if group["title"] == "Views")
    assert [item["title"] for item in views if item["active"]] == ["<bdi>Mine</bdi>"]
    assert not any(item["active"] for item in found.context["sidebar_navigation"][0]["items"])


def test_shared_ones_are_everybodys(client: Client) -> None:
    post_saved_view(client, "q=rivers")
    post_saved_view(client, "q=roads", name="Ours", shared="on")
    reporter = client_in_group("Reporter", "rita")
    assert "Mine" not in sidebar_links(reporter)
    assert sidebar_links(reporter)["Ours"] == "/admin/claims/quote/?q=roads"
    page = reporter.get(admin_url("changelist", SavedView)).content.decode()
    assert "Ours" in page
    assert "q=rivers" not in page


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("next=https://evil.example/", id="another site"),
        pytest.param("_popup=1&_to_field=id&all=&e=1&p=2", id="what is the list's own"),
        pytest.param("decided_by__password__startswith=pbkdf2", id="a column of another table"),
        pytest.param("speaker__names__speaker__quotes__exact=x", id="a path through tables"),
        pytest.param("decision__exact__regex=(a%2B)%2B", id="a lookup"),
        pytest.param("confidence__gte=0", id="no filter of this list"),
        pytest.param("csrfmiddlewaretoken=abc&action=accept&_selected_action=1", id="an action"),
    ],
)
def test_what_a_list_does_not_know_is_not_kept(client: Client, query: str) -> None:
    post_saved_view(client, query)
    kept = SavedView.objects.first()
    assert kept is None or kept.query == []
    for link in sidebar_links(client).values():
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("speaker__id__exact=abc", id="no key"),
        pytest.param("decision__nothing=1", id="no lookup"),
        pytest.param("&".join("q=1" for _ in range(51)), id="too much"),
        pytest.param("q=" + "x" * 3000, id="too long"),
    ],
)
def test_what_a_list_cannot_be_asked_for_is_refused(client: Client, query: str) -> None:
    answer = post_saved_view(client, query)
    assert answer.status_code == 302
    assert answer.url.startswith("/admin/claims/quote/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "listing", ["auth.user", "axes.accesslog", "claims.savedview", "claims.anchor", "", "../x", "\0"]
)
def test_only_the_editors_lists_are_kept(client: Client, listing: str) -> None:
    assert post_saved_view(client, "", listing=listing).status_code == 404


def test_nobody_keeps_a_list_they_may_not_see(db: None) -> None:
    client = client_with_permissions("view_savedview", "add_savedview", "view_quote")
    assert post_saved_view(client, "", listing="claims.claim").status_code == 403
    assert post_saved_view(client, "", listing="claims.quote").status_code == 302
    owner = make.UserFactory()
    saved_views.create_saved_view(name="Claims", listing="claims.claim", query=[], owner=owner, shared=True)
    assert set(sidebar_links(client)) == {"Mine", "Manage views"}


def test_a_stored_row_is_never_an_address(client: Client, editor: User) -> None:
    rows = [
        ("No list", "https://evil.example/", [["a", "b"]]),
        ("No pairs", "claims.quote", ["//evil.example", ["a"], 7, {"x": 1}]),
        ("Markup", "claims.quote", [["q", '"><script>alert(1)</script>']]),
    ]
    for name, listing, query in rows:
        SavedView.objects.create(name=name, listing=listing, query=query, owner=editor)
    found = sidebar_links(client)
    assert "No list" not in found
    assert found["No pairs"] == "/admin/claims/quote/"
    assert "<script>" not in found["Markup"]
    assert client.get(admin_url("changelist", SavedView)).status_code == 200
    for row in SavedView.objects.all():
        assert client.get(admin_url("change", row)).status_code == 200


def test_a_hostile_name_is_text(client: Client) -> None:
    post_saved_view(client, "", name="<img src=x onerror=alert(1)>", shared="on")
    page = client.get("/admin/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_the_sidebar_has_an_end(client: Client, editor: User) -> None:
    for number in range(14):
        saved_views.create_saved_view(name=f"View {number:02}", listing="claims.quote", query=[], owner=editor)
    found = list(sidebar_links(client))
    assert found[:3] == ["My tasks", "Disputed", "View 00"]
    assert (len(found), found[-1]) == (15, "All views")


def test_renamed_shared_and_deleted_by_its_owner(client: Client, colleague: Client, editor: User) -> None:
    view = saved_views.create_saved_view(name="Mine", listing="claims.quote", query=[("q", "x")], owner=editor)
    assert colleague.get(admin_url("change", view)).status_code == 302, "another's own is nobody's business"
    client.post(admin_url("change", view), {"name": "Ours", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared, view.query) == ("Ours", True, [["q", "x"]])
    page = colleague.get(admin_url("change", view))
    assert 'name="name"' not in page.content.decode()
    assert colleague.post(admin_url("change", view), {"name": "Theirs"}).status_code == 403
    reporter = client_in_group("Reporter", "rita")
    assert reporter.post(admin_url("delete", view), {"post": "yes"}).status_code == 403
    assert client.post(admin_url("delete", view), {"post": "yes"}).status_code == 302
    assert not SavedView.objects.exists()


def test_a_name_given_already_is_said(client: Client) -> None:
    post_saved_view(client, "")
    assert displayed_messages(post_saved_view(client, "q=x"))[-1] == "You already have a saved view named “Mine”."
    other = SavedView.objects.create(name="Other", listing="claims.quote", owner=User.objects.get(username="editor"))
    answer = client.post(admin_url("change", other), {"name": "Mine"}, follow=True)
    assert "You already have a saved view named" in answer.content.decode()
    assert SavedView.objects.filter(name="Other").exists()


def test_disputed_claims_are_those_that_evidence_refutes(client: Client) -> None:
    expected = set()
    moment = "2026-01-01T00:00Z"
    for state in verifications.VERIFICATION_STATES:
        for stance in ("supports", "refutes"):
            row = verifications.make_draft()
            make.EvidenceFactory(verification=row, stance=stance)
            on_its_way = {"state": state, "submitted_at": moment, "fingerprint": "0"} if state != "draft" else {}
            out = (
                {"approver": make.UserFactory(), "published_at": moment} if state in {"published", "superseded"} else {}
            )
            if on_its_way:
                type(row).objects.filter(pk=row.pk).update(**on_its_way, **out)
            if stance == "refutes" and state in {"draft", "submitted", "published"}:
                expected.add(row.claim_id)
    link = sidebar_links(client)["Disputed"]
    assert {claim.pk for claim in client.get(link).context["cl"].result_list} == expected
    assert len(expected) == 3


@pytest.mark.parametrize("kind", RelationKind.values)
@pytest.mark.parametrize("state", RelationState.values)
def test_claims_that_contradict_each_other_are_disputed(client: Client, kind: str, state: str) -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    decided = {} if state == "suggested" else {"decided_by": make.UserFactory()}
    ClaimRelation.objects.create(first=first, second=second, kind=kind, state=state, **decided)
    found = {claim.pk for claim in client.get(sidebar_links(client)["Disputed"]).context["cl"].result_list}
    assert found == ({first.pk, second.pk} if (kind, state) == ("contradicts", "confirmed") else set())
