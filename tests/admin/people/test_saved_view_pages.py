"""Saved views: saving, sharing, and safe URLs in the sidebar."""

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


def test_view_saves_filters_search_and_order(client: Client) -> None:
    page = client.get("/admin/claims/quote/?decision__exact=pending&q=rivers").content.decode()
    assert 'name="query" value="decision__exact=pending&amp;q=rivers"' in page
    answer = post_saved_view(client, "decision__exact=pending&q=rivers+full&o=-5&p=3&confidence=high")
    link = "/admin/claims/quote/?decision__exact=pending&q=rivers+full&o=-5&confidence=high"
    assert answer.url == link
    assert displayed_messages(answer) == ["“Mine” saved to your sidebar."]
    assert sidebar_links(client)["Mine"] == link
    response = client.get(link)
    assert response.status_code == 200
    views = next(group["items"] for group in response.context["sidebar_navigation"] if group["title"] == "Views")
    assert [item["title"] for item in views if item["active"]] == ["<bdi>Mine</bdi>"]
    assert not any(item["active"] for item in response.context["sidebar_navigation"][0]["items"])


def test_shared_views_are_visible_to_everyone(client: Client) -> None:
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
def test_unknown_parameters_are_not_saved(client: Client, query: str) -> None:
    post_saved_view(client, query)
    saved = SavedView.objects.first()
    assert saved is None or saved.query == []
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
def test_invalid_parameters_are_refused(client: Client, query: str) -> None:
    response = post_saved_view(client, query)
    assert response.status_code == 302
    assert response.url.startswith("/admin/claims/quote/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "listing", ["auth.user", "axes.accesslog", "claims.savedview", "claims.anchor", "", "../x", "\0"]
)
def test_only_lists_of_the_app_can_be_saved(client: Client, listing: str) -> None:
    assert post_saved_view(client, "", listing=listing).status_code == 404


def test_saving_requires_permission_to_view_the_list(db: None) -> None:
    client = client_with_permissions("view_savedview", "add_savedview", "view_quote")
    assert post_saved_view(client, "", listing="claims.claim").status_code == 403
    assert post_saved_view(client, "", listing="claims.quote").status_code == 302
    owner = make.UserFactory()
    saved_views.create_saved_view(name="Claims", listing="claims.claim", query=[], owner=owner, shared=True)
    assert set(sidebar_links(client)) == {"Mine", "Manage views"}


def test_stored_values_are_never_used_as_urls(client: Client, editor: User) -> None:
    rows = [
        ("No list", "https://evil.example/", [["a", "b"]]),
        ("No pairs", "claims.quote", ["//evil.example", ["a"], 7, {"x": 1}]),
        ("Markup", "claims.quote", [["q", '"><script>alert(1)</script>']]),
    ]
    for name, listing, query in rows:
        SavedView.objects.create(name=name, listing=listing, query=query, owner=editor)
    result = sidebar_links(client)
    assert "No list" not in result
    assert result["No pairs"] == "/admin/claims/quote/"
    assert "<script>" not in result["Markup"]
    assert client.get(admin_url("changelist", SavedView)).status_code == 200
    for row in SavedView.objects.all():
        assert client.get(admin_url("change", row)).status_code == 200


def test_name_is_escaped(client: Client) -> None:
    post_saved_view(client, "", name="<img src=x onerror=alert(1)>", shared="on")
    page = client.get("/admin/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_number_of_views_in_the_sidebar_is_capped(client: Client, editor: User) -> None:
    for number in range(14):
        saved_views.create_saved_view(name=f"View {number:02}", listing="claims.quote", query=[], owner=editor)
    result = list(sidebar_links(client))
    assert result[:3] == ["My tasks", "Disputed", "View 00"]
    assert (len(result), result[-1]) == (15, "All views")


def test_only_the_owner_can_rename_share_and_delete(client: Client, colleague: Client, editor: User) -> None:
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


def test_duplicate_name_is_refused(client: Client) -> None:
    post_saved_view(client, "")
    assert displayed_messages(post_saved_view(client, "q=x"))[-1] == "You already have a saved view named “Mine”."
    other = SavedView.objects.create(name="Other", listing="claims.quote", owner=User.objects.get(username="editor"))
    response = client.post(admin_url("change", other), {"name": "Mine"}, follow=True)
    assert "You already have a saved view named" in response.content.decode()
    assert SavedView.objects.filter(name="Other").exists()


def test_claims_with_refuting_evidence_are_disputed(client: Client) -> None:
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
def test_contradicting_claims_are_disputed(client: Client, kind: str, state: str) -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    decided = {} if state == "suggested" else {"decided_by": make.UserFactory()}
    ClaimRelation.objects.create(first=first, second=second, kind=kind, state=state, **decided)
    result = {claim.pk for claim in client.get(sidebar_links(client)["Disputed"]).context["cl"].result_list}
    assert result == ({first.pk, second.pk} if (kind, state) == ("contradicts", "confirmed") else set())
