"""The start page: what editors work with comes first."""

from django.test import Client
from django.urls import reverse

from tests.admin.test_permissions import signed_in


def shown(client: Client) -> dict[str, list[str]]:
    apps = client.get(reverse("admin:index")).context["app_list"]
    return {app["app_label"]: [model["object_name"] for model in app["models"]] for app in apps}


def test_the_editors_work_first_in_the_sidebars_order(client: Client) -> None:
    apps = shown(client)
    assert list(apps) == ["claims", "auth", "axes"]
    assert apps["claims"][:3] == ["Quote", "Claim", "Speaker"]
    assert apps["claims"][-1] == "Rating"


def test_with_some_of_the_permissions_and_with_none(db: None) -> None:
    client = signed_in("add_user", "view_topic", "view_claim")
    assert shown(client) == {"claims": ["Claim", "ClaimAmendment", "ClaimRelation", "Topic"], "auth": ["User"]}
    client.get(reverse("admin:index")).wsgi_request.user.user_permissions.clear()
    assert shown(client) == {}
