"""The settings that the environment determines: base URL, HTTPS, and error messages for invalid values."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from claims.models import NoticeKind

ROOT = Path(__file__).resolve().parents[2]

PRINT_SETTINGS = """
import json, sys
from factbase import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def read_settings(*names: str, **environment: str) -> list[Any]:
    """Returns the values of settings in an environment."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_SETTINGS, *names],
        cwd=ROOT,
        env=deployment_environment() | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    values = json.loads(done.stdout)
    return [values[name] for name in names]


@pytest.mark.parametrize(
    ("environment", "address", "more_hosts"),
    [
        ({}, "http://127.0.0.1:8000", []),
        ({"FACTBASE_HOST": "0.0.0.0", "FACTBASE_PORT": "80"}, "http://127.0.0.1:80", []),
        ({"FACTBASE_HOST": "::"}, "http://127.0.0.1:8000", []),
        ({"FACTBASE_HOST": "192.0.2.1"}, "http://192.0.2.1:8000", ["192.0.2.1"]),
        ({"FACTBASE_HOST": "2001:DB8::1"}, "http://[2001:db8::1]:8000", ["[2001:db8::1]"]),
        ({"FACTBASE_HOST": "fe80::1%eth0"}, "http://[fe80::1]:8000", ["[fe80::1]"]),
        (
            {"FACTBASE_HOST": "192.0.2.1", "FACTBASE_BASE_URL": "http://Facts.example.org"},
            "http://Facts.example.org",
            ["192.0.2.1", "facts.example.org"],
        ),
        ({"FACTBASE_BASE_URL": "http://[2001:db8::2]:81"}, "http://[2001:db8::2]:81", ["[2001:db8::2]"]),
    ],
    ids=["default", "all", "all of IPv6", "IPv4", "IPv6", "with a zone", "another name", "IPv6 as a name"],
)
def test_base_url_follows_the_listen_address(environment: dict[str, str], address: str, more_hosts: list[str]) -> None:
    base_url, hosts = read_settings("FACTBASE_BASE_URL", "ALLOWED_HOSTS", **environment)
    assert base_url == address
    assert sorted(hosts) == sorted({"127.0.0.1", "localhost", "[::1]", *more_hosts})


def test_https_is_enforced_for_this_host_alone() -> None:
    https = {"FACTBASE_BASE_URL": "https://facts.example.org", "FACTBASE_PROXY_COUNT": "1"}
    assert read_settings(
        "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", **https
    ) == [True, 31_536_000, ["HTTP_X_FORWARDED_PROTO", "https"], True]
    done = run_manage_with("check", "--deploy", "--fail-level", "WARNING", **https)
    assert done.returncode == 0, done.stderr
    assert not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert not settings.SECURE_HSTS_PRELOAD


def deployment_environment() -> dict[str, str]:
    """Returns the environment without the variable that browser tests set, which no deployment has."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def run_manage_with(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=deployment_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"FACTBASE_DEBUG": "maybe"}, "factbase: FACTBASE_DEBUG must be 0 or 1, not 'maybe'"),
        (
            {"DATABASE_URL": "mysql://h/d"},
            "factbase: DATABASE_URL must start with sqlite:// or postgres://, not 'mysql'",
        ),
        (
            {"FACTBASE_BASE_URL": "https://facts.example.org"},
            "factbase: FACTBASE_BASE_URL is https: set FACTBASE_PROXY_COUNT to the number of proxies in front (at ",
        ),
        ({"DATABASE_URL": "postgres://u@/d?host=/nowhere"}, "factbase: database error: "),
    ],
    ids=["a setting", "another database", "no proxy for https", "no database there"],
)
def test_invalid_setting_is_reported_in_one_line(environment: dict[str, str], line: str) -> None:
    done = run_manage_with("migrate", **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1


def test_the_chat_can_be_told_of_every_kind_of_notice() -> None:
    assert list(settings.FACTBASE_CHAT_KINDS) == NoticeKind.values


def test_a_mail_server_needs_a_sender() -> None:
    mail = {"FACTBASE_EMAIL_URL": "smtp://mail.example.org"}
    with pytest.raises(subprocess.CalledProcessError) as error:
        read_settings("EMAIL_HOST", **mail)
    assert "set FACTBASE_EMAIL_FROM" in error.value.stderr
    values = read_settings("EMAIL_HOST", "DEFAULT_FROM_EMAIL", **mail, FACTBASE_EMAIL_FROM="facts@example.org")
    assert values == ["mail.example.org", "facts@example.org"]


def test_no_mail_is_sent_by_default() -> None:
    assert read_settings("EMAIL_HOST", "FACTBASE_CHAT_URL") == ["", ""]
