"""The page of feeds."""

import re
from html import unescape

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_feed_is_listed_and_there(client: Client) -> None:
    html = client.get("/feeds/").content.decode()
    feeds = re.findall(r'<code><a href="([^"]*)" type="application/atom\+xml">', html)
    lists = ["verifications", "claims", "quotes", "corrections", "quotes"]
    assert [re.search(r"/v1/(\w+)/", feed)[1] for feed in feeds] == lists
    assert "after_verdict=true" in feeds[-1]
    for feed in feeds:
        response = client.get(unescape(feed).removeprefix("http://127.0.0.1:8000"))
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, "application/atom+xml")
        assert f'<link rel="alternate" type="application/atom+xml" title="Atom" href="{feed}">' in html
    for path in re.findall(r'<a href="(/[^"]*)">Read as a page', html):
        assert client.get(path).status_code == 200
