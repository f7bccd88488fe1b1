"""Single sign-on at a real OpenID Connect provider on loopback: groups follow it, and it takes no account over."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from tests.admin.people.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

pytestmark = pytest.mark.django_db

LOGIN_URL = "/admin/account/oidc/sso/login/?process=login"
EVA = {
    "sub": "eva-1",
    "preferred_username": "eva",
    "email": "eva@example.org",
    "email_verified": True,
    "groups": ["desk", "canteen"],
}


@pytest.fixture(scope="module")
def running_provider() -> Iterator[IdentityProvider]:
    provider = IdentityProvider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running_provider: IdentityProvider, settings: Settings) -> IdentityProvider:
    app = {"provider_id": "sso", "name": "Newsroom login", "client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    app["settings"] = {"server_url": running_provider.issuer}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.FACTBASE_OIDC_GROUPS = {"desk": "Editor", "lead": "Chief"}
    running_provider.claims = dict(EVA)
    return running_provider


def follow(url: str) -> str:
    """Where the provider sends the browser to, as a path of this site."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    target = urlsplit(location)
    return f"{target.path}?{target.query}"


def sign_on(client: Client | None = None, url: str = LOGIN_URL) -> tuple[Client, str]:
    """The client, and the text of the page at which it ends."""
    client = client or Client()
    callback = follow(client.get(url).url)
    return client, client.get(callback, follow=True).content.decode()


def is_signed_in(client: Client) -> bool:
    return bool(client.get("/admin/session/").json()["signed_in"])


def group_names(username: str = "eva") -> set[str]:
    return set(Group.objects.filter(user__username=username).values_list("name", flat=True))


def test_login_page_offers_it(provider: IdentityProvider) -> None:
    assert "Log in with Newsroom login" in Client().get("/admin/login/").content.decode()


def test_new_account_has_the_groups_of_the_provider(provider: IdentityProvider) -> None:
    client, _ = sign_on()
    assert is_signed_in(client)
    account = User.objects.get(username="eva")
    assert account.is_staff
    assert not account.is_superuser
    assert not account.has_usable_password()
    assert group_names() == {"Editor"}


def test_groups_follow_the_claim_at_each_sign_in(provider: IdentityProvider) -> None:
    sign_on()
    provider.claims["groups"] = ["lead"]
    sign_on()
    assert group_names() == {"Chief"}
    provider.claims["groups"] = ["canteen"]
    client, page = sign_on()
    assert "You have no group here" in page
    assert not is_signed_in(client)


@pytest.mark.parametrize("groups", [None, "canteen", ["Editor"], {"desk": 1}, [["desk"]], 7])
def test_nobody_gets_in_without_a_mapped_group(provider: IdentityProvider, groups: object) -> None:
    provider.claims["groups"] = groups
    client, page = sign_on()
    assert "You have no group here" in page
    assert not is_signed_in(client)
    assert not User.objects.filter(username="eva").exists()


def test_verified_address_joins_the_account_and_ends_its_password(provider: IdentityProvider) -> None:
    account = User.objects.create_user("ann", password="one", email="Eva@example.org", is_staff=True)
    client, _ = sign_on()
    assert client.session["_auth_user_id"] == str(account.pk)
    account.refresh_from_db()
    assert not account.has_usable_password()
    provider.claims["email"] = "other@example.org"
    client, _ = sign_on()
    assert client.session["_auth_user_id"] == str(account.pk), "later, the provider's identifier counts"


@pytest.mark.parametrize("verified", [False, None, "false"])
def test_unverified_address_takes_no_account_over(provider: IdentityProvider, verified: object) -> None:
    account = User.objects.create_user("ann", password="one", email="eva@example.org", is_staff=True)
    provider.claims["email_verified"] = verified
    client, page = sign_on()
    assert "has not verified" in page
    assert not is_signed_in(client)
    account.refresh_from_db()
    assert account.check_password("one")


def test_address_of_two_accounts_takes_neither_over(provider: IdentityProvider) -> None:
    for name in ("ann", "bob"):
        User.objects.create_user(name, password="one", email="eva@example.org", is_staff=True)
    assert not is_signed_in(sign_on()[0])


def test_inactive_account_stays_out(provider: IdentityProvider) -> None:
    sign_on()
    User.objects.filter(username="eva").update(is_active=False)
    assert not is_signed_in(sign_on()[0])


def test_without_a_mapping_only_accounts_that_exist_sign_in(provider: IdentityProvider, settings: Settings) -> None:
    settings.FACTBASE_OIDC_GROUPS = {}
    client, page = sign_on()
    assert "no account for you" in page
    assert not is_signed_in(client)
    account = User.objects.create_user("ann", email="eva@example.org", is_staff=True)
    account.groups.add(Group.objects.get(name="Reporter"))
    assert is_signed_in(sign_on()[0])
    assert group_names("ann") == {"Reporter"}, "left alone"


def test_account_is_not_connected_by_a_link(provider: IdentityProvider) -> None:
    """Otherwise a page elsewhere could connect a signed-in editor's account with the attacker's."""
    victim = User.objects.create_superuser("victim")
    client = Client()
    client.force_login(victim)
    _, page = sign_on(client, LOGIN_URL.replace("=login", "=connect"))
    assert "by their verified mail address only" in page
    assert not victim.socialaccount_set.exists()


def test_wrong_secret_is_an_error_for_people(provider: IdentityProvider, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["secret"] = "wrong"
    client, page = sign_on()
    assert "The single sign-on failed" in page
    assert not is_signed_in(client)


def test_second_factor_is_left_to_the_provider(provider: IdentityProvider, settings: Settings) -> None:
    settings.FACTBASE_SECOND_FACTOR_GROUPS = ["Editor"]
    client, _ = sign_on()
    assert client.get("/admin/").status_code == 200
