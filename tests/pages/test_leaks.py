"""Nothing unreleased is on a page: not in its text, its links, its metadata, nor under its own URL.

Each unreleased state has texts and ids of its own (see `tests.api.unreleased_rows`), beside one released claim and
three public quotes. The pages below are requested, and all that they link to on this site.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from claims.models import Claim, Topic
from claims.pages.search import check_page
from claims.services.claims.claim_vectors import update_vectors
from tests.api.resources.test_leaks import assert_no_secrets, response_text
from tests.api.unreleased_rows import Secrets, create_unreleased_rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Pages that must be there and hold no secret. Add yours, also those that are linked from others.
PUBLIC_PATHS = [
    "/",
    "/claims/6000012/",
    "/quotes/6000011/",
    "/quotes/6000021/",
    "/quotes/6000022/",
    "/sources/6000014/",
    "/speakers/6000013/",
    "/topics/",
    *(
        "/claims/",
        "/quotes/",
        "/speakers/",
        "/sources/",
        "/corrections/",
        "/feeds/",
        "/search/",
        "/check/",
        "/robots.txt",
    ),
    *(f"/{name}/?q=secret*" for name in ("claims", "quotes", "speakers", "sources", "search")),
    *("/claims/?ordering=oldest&has_verdict=false", "/quotes/?has_verdict=true", "/corrections/?kind=retraction"),
    *("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml"),
]
# The pages of a row by its id, by resource. Add yours: unreleased rows have none.
ROW_PATHS = {
    "claims": ["/claims/{}/", "/claims/{}/cite.bib", "/claims/{}/cite.json"],
    "quotes": ["/quotes/{}/", "/quotes/{}/cite.ris"],
    "sources": ["/sources/{}/"],
    "speakers": ["/speakers/{}/"],
}
MAX_PAGES = 300
_LINK = re.compile(r'\s(?:href|src|content|action)="([^"]*)"')


@pytest.fixture
def secrets(db) -> Secrets:
    return create_unreleased_rows()


def linked_paths(html: str) -> Iterator[str]:
    """Yields the paths of the links to this site's pages, feeds and images, with their queries."""
    for link in _LINK.findall(html):
        url = unescape(link).removeprefix(settings.FACTBASE_BASE_URL)
        path = urlsplit(url).path
        if url.startswith("/") and not url.startswith("//") and not path.startswith(("/admin/", settings.STATIC_URL)):
            yield urldefrag(url).url


def test_no_secret_on_a_page_or_what_it_links_to(client: Client, secrets: Secrets) -> None:
    waiting, visited = list(PUBLIC_PATHS), set()
    while waiting:
        path = waiting.pop()
        if path in visited:
            continue
        visited.add(path)
        assert len(visited) <= MAX_PAGES, "the site's links go on without end"
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        binary = response["Content-Type"].startswith("image/")
        text = str(dict(response.headers)) if binary else response_text(response)
        assert_no_secrets(secrets, text, path)
        if response["Content-Type"].startswith("text/html"):
            waiting += linked_paths(text)


def test_no_secret_in_a_whole_text(client: Client, secrets: Secrets, settings) -> None:
    settings.FACTBASE_PUBLISH_TEXTS = True
    response = client.get("/sources/6000014/", follow=True)
    assert 'class="whole-text"' in response.content.decode()
    assert_no_secrets(secrets, response_text(response), "/sources/6000014/")


def test_an_unreleased_topic_has_no_page(client: Client, secrets: Secrets) -> None:
    slugs = Topic.objects.filter(pk__in=secrets.ids_by_resource["topics"]).values_list("slug", flat=True)
    assert slugs
    for slug in slugs:
        assert client.get(f"/topics/{slug}/").status_code == 404, slug


@pytest.mark.parametrize("index_unreviewed", [False, True])
def test_no_secret_in_a_sitemap(client: Client, secrets: Secrets, settings, *, index_unreviewed: bool) -> None:
    settings.FACTBASE_INDEX_UNREVIEWED = index_unreviewed
    sitemaps = re.findall(r"<loc>([^<]*)</loc>", response_text(client.get("/sitemap.xml")))
    assert len(sitemaps) >= 5
    for url in sitemaps:
        path = url.removeprefix(settings.FACTBASE_BASE_URL)
        response = client.get(path)
        assert response.status_code == 200, path
        assert_no_secrets(secrets, response_text(response), path)


def test_an_unreleased_row_has_no_page(client: Client, secrets: Secrets) -> None:
    for resource, paths in ROW_PATHS.items():
        for pk in secrets.ids_by_resource[resource]:
            for path in (path.format(pk) for path in paths):
                response = client.get(path)
                if resource == "claims" and response.status_code == 410:
                    assert Claim.objects.get(pk=pk).text == "secret-retracted-claim"
                else:
                    assert response.status_code == 404, path
                assert_no_secrets(secrets, response_text(response), path, allowed=str(pk))


def test_no_secret_is_found_by_checking_a_text_or_an_article(client, secrets, monkeypatch):
    monkeypatch.setattr(check_page, "CHECKS_PER_MINUTE", 1000)
    assert sum(update_vectors())
    for secret in [text for text in secrets.texts if text.endswith(("claim", "url"))]:
        typed = f"https://example.org/{secret}" if secret.endswith("url") else secret
        response = client.get("/check/", {"q": typed})
        assert response.status_code == 200
        assert_no_secrets(secrets, response_text(response), typed, allowed=secret)
