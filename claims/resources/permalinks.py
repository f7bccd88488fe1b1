"""The permanent URLs of this site: of its API, and of its pages."""

from functools import cache, lru_cache
from urllib.parse import urlencode

from anyascii import anyascii
from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

RESOURCES_WITH_SLUG = ("claims", "speakers", "sources")
MAX_SLUG_LENGTH = 60


def permalink(resource: str, pk: int | str) -> str:
    """Returns the permanent URL of a row, such as of one of the `quotes`."""
    return f"{settings.FACTBASE_BASE_URL}{list_path(resource)}{pk}/"


def list_url(resource: str, **parameters: object) -> str:
    """Returns the URL of a list with these query parameters."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{settings.FACTBASE_BASE_URL}{list_path(resource)}{query}"


def page_path(resource: str, pk: int | str, title: str = "") -> str:
    """Returns the path of a row's page for readers. Its title makes the URL legible; without it, the page redirects."""
    slug = _slugify(title) if resource in RESOURCES_WITH_SLUG else ""
    return f"{_pages_path()}{resource}/{pk}/" + (f"{slug}/" if slug else "")


def page_url(resource: str, pk: int | str, title: str = "") -> str:
    return f"{settings.FACTBASE_BASE_URL}{page_path(resource, pk, title)}"


def absolute_url(name: str, *args: object) -> str:
    """Returns the URL of the view with this name, for readers elsewhere."""
    return f"{settings.FACTBASE_BASE_URL}{reverse(name, args=args)}"


def list_page_path(resource: str, **parameters: object) -> str:
    """Returns the path of a list's page for readers, or that of the `search`, with these query parameters."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{_pages_path()}{resource}/{query}"


@lru_cache(maxsize=1000)  # a page names the same speakers and sources many times
def _slugify(title: str) -> str:
    """Returns a title in lower-case ASCII letters, digits and hyphens, cut at a word; empty if it has no letters."""
    slug = slugify(anyascii(title[:300]))
    return (
        slug
        if len(slug) <= MAX_SLUG_LENGTH
        else slug[: MAX_SLUG_LENGTH + 1].rpartition("-")[0] or slug[:MAX_SLUG_LENGTH]
    )


@cache  # URLs do not change
def _pages_path() -> str:
    return reverse("home")


@cache  # URLs do not change
def list_path(resource: str) -> str:
    # Cached, as a page has hundreds of URLs, and `reverse` for each would take longer than reading its rows.
    return reverse(f"api-{resource}-list")


def snapshot_url(source_id: int, sha256: str) -> str:
    """Returns the permanent URL of a version of a source's text."""
    return f"{permalink('sources', source_id)}snapshots/{sha256}/"


def quote_kind_scheme() -> str:
    """Returns the URL that the kinds of quotes belong to, as terms of a vocabulary."""
    return f"{list_url('quotes')}#kind"
