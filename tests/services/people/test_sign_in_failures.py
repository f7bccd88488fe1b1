"""Who is locked out after failed attempts to sign in: by name and client, and by client over all names."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client, override_settings

PASSWORD = "a long password of an editor"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.200"}


@pytest.fixture
def eva(db: None) -> User:
    return User.objects.create_user("eva", password=PASSWORD, is_staff=True)


def signs_in(username: str, password: str, **environ: str) -> bool:
    form = {"username": username, "password": password, "next": "/admin/"}
    return Client().post("/admin/login/", form, **environ).status_code == 302  # type: ignore[arg-type]  # META


def behind_proxy(*addresses: str) -> dict[str, str]:
    return {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ", ".join(addresses)}


@override_settings(AXES_FAILURE_LIMIT=3)
def test_guesses_lock_out_at_one_address_only(eva: User) -> None:
    for _ in range(3):
        assert not signs_in("eva", "guess")
    assert not signs_in("eva", PASSWORD)
    assert signs_in("eva", PASSWORD, **ELSEWHERE)


@override_settings(AXES_FAILURE_LIMIT=3)
def test_one_address_cannot_try_many_names(eva: User) -> None:
    for number in range(15):
        assert not signs_in(f"editor-{number}", "guess")
    assert not signs_in("eva", PASSWORD)
    assert signs_in("eva", PASSWORD, **ELSEWHERE)


@override_settings(AXES_FAILURE_LIMIT=3)
def test_colleagues_who_mistype_lock_nobody_out(eva: User) -> None:
    for number in range(14):
        assert not signs_in(f"editor-{number % 7}", "typo")
    assert signs_in("eva", PASSWORD)


@override_settings(AXES_FAILURE_LIMIT=3, REST_FRAMEWORK={"NUM_PROXIES": 1})
def test_behind_a_proxy_the_client_counts(eva: User) -> None:
    """What the client itself puts into the header is not believed."""
    for number in range(3):
        assert not signs_in("eva", "guess", **behind_proxy(f"198.51.100.{number}", "192.0.2.1"))
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"192.0.2.1"}
    assert not signs_in("eva", PASSWORD, **behind_proxy("192.0.2.1"))
    assert signs_in("eva", PASSWORD, **behind_proxy("192.0.2.2"))


@override_settings(AXES_FAILURE_LIMIT=3)
def test_addresses_of_an_ipv6_network_count_together(eva: User) -> None:
    for number in range(3):
        assert not signs_in("eva", "guess", REMOTE_ADDR=f"2001:db8:0:1::{number}")
    assert not signs_in("eva", PASSWORD, REMOTE_ADDR="2001:db8:0:1:ffff::1")
    assert signs_in("eva", PASSWORD, REMOTE_ADDR="2001:db8:0:2::1")
