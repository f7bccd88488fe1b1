"""Addresses of evidence: of a form that a reader can follow, and which of them are one and the same."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from claims.articles import ArticleValueError, parse_url
from claims.services.errors import RefusedError

# What says where a reader came from, and nothing of what is there.
_TRACKING_PARAMETERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def clean_evidence_url(url: str) -> str:
    """The address as it is stored: http or https, a host with a dot, no user name or password, no blanks.

    Raises RefusedError that says what is wrong.
    """
    if not url.strip():
        return ""
    try:
        address = parse_url(url)
    except ArticleValueError as refusal:
        raise RefusedError(str(refusal).replace("url", "The address", 1) + ".") from refusal
    host = urlsplit(address).hostname or ""
    if "." not in host.strip("."):
        raise RefusedError(f"The address needs a host with a dot, such as example.org, not “{host}”.")
    return address


def page_key(url: str) -> str:
    """What addresses of one page have in common; not an address itself.

    The scheme, `www.`, a slash at the end, the fragment, the order of the query and what tracks readers do not count.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING_PARAMETERS)
    ]
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def find_duplicate_urls(urls: Iterable[str]) -> list[str]:
    """Of addresses that lead to one page, the first of each."""
    pages: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        if url:
            pages[page_key(url)].append(url)
    return [found[0] for found in pages.values() if len(found) > 1]
