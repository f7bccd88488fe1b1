"""URLs of evidence: validation, and detection of duplicates."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from claims.addresses import page_key
from claims.articles import ArticleValueError, parse_url
from claims.services.errors import RefusedError


def clean_evidence_url(url: str) -> str:
    """The stripped URL: http or https, with a dot in the host, without user name, password or white space.

    Raises RefusedError that says what is wrong.
    """
    if not url.strip():
        return ""
    try:
        cleaned = parse_url(url)
    except ArticleValueError as error:
        raise RefusedError(str(error).replace("url", "The URL", 1) + ".") from error
    host = urlsplit(cleaned).hostname or ""
    if "." not in host.strip("."):
        raise RefusedError(f"The URL needs a host with a dot, such as example.org, not “{host}”.")
    return cleaned


def find_duplicate_urls(urls: Iterable[str]) -> list[str]:
    """The first URL of each page that several of them lead to."""
    urls_by_page: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        if url:
            urls_by_page[page_key(url) or url].append(url)
    return [same_page[0] for same_page in urls_by_page.values() if len(same_page) > 1]
