"""robots.txt and security.txt."""

import datetime as dt
import re
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_robots_may_read_pages_but_not_filtered_lists(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert "admin" not in text, "it would tell where the admin is"
    for path in ("/", "/claims/", "/claims/1/a/", "/search/", "/topics/water/", "/api/v1/docs/", "/sitemap.xml"):
        assert is_allowed(text, path), path
        assert parser(text).can_fetch("Googlebot", path), f"{path}, by the order of the rules"
    for path in ("/search/?q=a", "/claims/?topic=a", "/quotes/?cursor=a", "/api/v1/claims.csv"):
        assert not is_allowed(text, path), path
    assert parser(text).site_maps() == ["http://127.0.0.1:8000/sitemap.xml"]


def parser(text: str) -> RobotFileParser:
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    return robots


def is_allowed(text: str, path: str) -> bool:
    """Whether the longest rule that matches allows the path, as RFC 9309 has it."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", text, re.MULTILINE)
    matching = [(len(rule), verb) for verb, rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), path)]
    return max(matching)[1] == "Allow"


def test_security_txt_names_the_contact(client: Client, settings) -> None:
    settings.FACTBASE_CONTACT = "security@example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(days=30) < expires - timezone.now() < dt.timedelta(days=366)


def test_without_contact_there_is_no_security_txt(client: Client, settings) -> None:
    settings.FACTBASE_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
