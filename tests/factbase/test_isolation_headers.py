"""Headers that tell browsers what they may do with a response, on readers' pages and in the admin."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests import factories as make
from tests.factbase.test_settings import read_settings

FOR_ALL_SITES = ["/", "/api/v1/", "/api/v1/claims/", "/sitemap.xml", "/nothing", "/static/claims/pages/site.css"]
FOR_ITSELF = [
    "/admin/",
    "/admin/login/",
    "/admin/claims/claim/",
    "/admin/jsi18n/",
    "/admin/session/",
    "/admin/nothing/",
    "/admin/account/password/reset/",
    "/admin/account/invitation/no-such-token/",
    "/admin/account/2fa/",
    "/admin/account/sessions/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*FOR_ALL_SITES, *FOR_ITSELF])
def test_headers_of_any_response(admin_client: Client, path: str) -> None:
    response = admin_client.get(path)
    response.close()
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(headers["Permissions-Policy"].split(", "))
    assert headers["Cross-Origin-Resource-Policy"] == ("same-origin" if path in FOR_ITSELF else "cross-origin")


@pytest.mark.django_db
@pytest.mark.parametrize("path", FOR_ITSELF)
def test_no_browser_or_proxy_keeps_a_page_of_the_admin(admin_client: Client, path: str) -> None:
    assert "no-store" in admin_client.get(path).headers["Cache-Control"]


@pytest.mark.django_db
def test_other_sites_may_embed_a_claim_and_read_the_api(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    assert quote.claim
    embed = client.get(f"/embed/claims/{quote.claim.pk}/")
    assert embed.status_code == 200
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    image = client.get(f"/og/claims/{quote.claim.pk}.png")
    assert image.status_code == 200
    assert image.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    answer = client.get("/api/v1/claims/", headers={"Origin": "https://other.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.django_db
def test_cookies_over_https_are_of_this_host_alone(client: Client, settings) -> None:
    https = {"FACTBASE_BASE_URL": "https://facts.example.org", "FACTBASE_PROXY_COUNT": "1"}
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    for name, value in zip(names, read_settings(*names, **https), strict=True):
        setattr(settings, name, value)
    make.UserFactory(username="ann", password=make_password("a password of hers"), is_staff=True)
    client.get("/admin/login/", secure=True)
    sign_in = {"username": "ann", "password": "a password of hers"}
    assert client.post("/admin/login/", sign_in, secure=True).status_code == 302
    assert client.get("/admin/", secure=True).status_code == 200
    assert set(client.cookies) == {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["secure"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")  # as browsers ask for with this prefix
        assert cookie["samesite"] == "Lax"
    assert client.cookies["__Host-sessionid"]["httponly"]


def test_cookies_work_without_https() -> None:
    assert read_settings("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME") == ["sessionid", "csrftoken"]
