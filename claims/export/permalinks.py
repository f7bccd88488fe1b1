"""Where on the web a thing is."""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def permalink(kind: str, pk: int | str) -> str:
    """The permanent address of one of the `quotes`, `claims`, `speakers`, … in the API."""
    return f"{settings.FACTBASE_BASE_URL}{list_path(kind)}{pk}/"


def list_url(kind: str, **asked: object) -> str:
    """The address of the list of those of which this holds."""
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{settings.FACTBASE_BASE_URL}{list_path(kind)}{query}"


@cache
def list_path(kind: str) -> str:
    """The path of a list."""
    # `reverse` for each of the hundreds of addresses on a page would cost more than the page's rows.
    return reverse(f"api-{kind}-list")


def snapshot_url(source: int, sha256: str) -> str:
    """The permanent address of a source's text."""
    return f"{permalink('sources', source)}snapshots/{sha256}/"
