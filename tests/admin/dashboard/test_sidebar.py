"""The sidebar shows only what the user may see."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from claims.models import Quote
from tests import factories as make
from tests.admin.admin_client import client_with_permissions

EDITOR_LINKS = [
    "Dashboard",
    "Review queue",
    "Check a draft",
    "Quotes",
    "Claims",
    "Claims to release",
    "Speakers",
    "Sources",
    "Deliveries",
    "Feeds",
    "Verifications",
    "Checked by others",
    "Corrections",
    "Error reports",
    "Assignments",
    "Comments",
]
ADMINISTRATION_LINKS = [
    *("Users", "Invitations", "Groups", "Site pages", "API keys", "Notifications"),
    *("Audit log", "Login lockouts", "Login history"),
]


def sidebar_groups(client: Client, page: str = "/admin/") -> dict[str, list[str]]:
    groups = client.get(page).context["sidebar_navigation"]
    return {group["title"]: [str(item["title"]) for item in group["items"]] for group in groups}


def active_links(client: Client, page: str) -> list[str]:
    groups = client.get(page).context["sidebar_navigation"]
    return [str(item["title"]) for group in groups for item in group["items"] if item.get("active")]


@pytest.mark.parametrize("name", ["Reporter", "Editor", "Approver", "Chief"])
def test_links_of_each_group(db: None, name: str) -> None:
    user: User = make.UserFactory()
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    result = sidebar_groups(client)
    assert result[""] == [
        title for title in EDITOR_LINKS if name != "Reporter" or title not in {"Claims to release", "Error reports"}
    ]
    assert {"Topics", "Ratings", "Merge suggestions", "Merges"} <= set(result["Maintenance"])
    assert result.get("Administration") == (ADMINISTRATION_LINKS if name == "Chief" else None)


def test_links_of_user_with_one_permission(db: None) -> None:
    assert sidebar_groups(client_with_permissions("view_topic")) == {"": ["Dashboard"], "Maintenance": ["Topics"]}


def test_every_link_works(client: Client) -> None:
    groups = client.get("/admin/").context["sidebar_navigation"]
    links = [str(item["link"]) for group in groups for item in group["items"]]
    assert len(links) > 15
    assert {link: status for link in links if (status := client.get(link).status_code) != 200} == {}


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("/admin/", "Dashboard"),
        ("/admin/claims/quote/", "Quotes"),
        ("/admin/claims/quote/{}/change/", "Quotes"),
        ("/admin/claims/claim/?status=true", "Claims"),
        ("/admin/claims/claim/release/?page=2", "Claims to release"),
        ("/admin/claims/claim/?disputed=yes", "<bdi>Disputed</bdi>"),
        ("/admin/claims/verification/?waiting=me&p=0", "<bdi>My tasks</bdi>"),
        ("/admin/auth/user/", "Users"),
    ],
)
def test_exactly_one_link_is_active(client: Client, page: str, title: str) -> None:
    quote = make.QuoteFactory()
    assert active_links(client, page.format(quote.pk)) == [title]


def test_badge_counts_are_capped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/admin/").context["sidebar_navigation"][0]["items"][1].get("badge") is None
    monkeypatch.setattr("claims.admin.dashboard.badges.MAX_QUEUE_BADGE", 2)
    for expected in ("1", "2", "2+", "2+"):
        make.QuoteFactory()
        assert client.get("/admin/").context["sidebar_navigation"][0]["items"][1]["badge"] == expected
    assert Quote.objects.pending().count() == 4
