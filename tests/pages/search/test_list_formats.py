"""The lists of pages: what a row shows, and the same list in other formats."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.html import escape

from claims.models import Quote
from tests.pages.search.links import LISTS, alternates

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_its_rows_and_its_other_formats(client: Client, full_quote: Quote, name: str) -> None:
    html = client.get(f"/{name}/").content.decode()
    shown = {
        "claims": full_quote.claim.text,
        "quotes": full_quote.text,
        "speakers": full_quote.speaker.name,
        "sources": full_quote.snapshot.source.title,
        "corrections": "2025-05-16",
    }
    assert escape(shown[name]) in html
    for media_type, url in alternates(html).items():
        response = client.get(url.removeprefix("http://testserver"), headers={"Host": urlsplit(url).netloc})
        assert response.status_code == 200, url
        assert response["Content-Type"].startswith(media_type)
        assert url.replace("&", "&amp;") in html.partition("<main")[2], "the link is visible too"
