"""The permanent URLs of this site's API."""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def permalink(resource: str, pk: int | str) -> str:
    """Returns the permanent URL of a row, such as of one of the `quotes`."""
    return f"{settings.FACTBASE_BASE_URL}{list_path(resource)}{pk}/"


def list_url(resource: str, **parameters: object) -> str:
    """Returns the URL of a list with these query parameters."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{settings.FACTBASE_BASE_URL}{list_path(resource)}{query}"


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
