"""Finds the date on which a page says it was published.

Only machine-readable dates count. htmldate, which trafilatura uses, completes 2025-05 with today's day of the month,
picks one of the two meanings of 05/06/2025, and takes a date of change for one of publication.
"""

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

from lxml.html import HtmlElement

# In lower case, most reliable first.
_DATE_METAS: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dcterms.date",
    "dc.date",
    "date",
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_DATE_PUBLISHED: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{1,40})"')
_DAY_IN_URL: Final = re.compile(r"/([12][0-9]{3}/[01][0-9]/[0-3][0-9])/")


def stated_date(tree: HtmlElement) -> date | None:
    """Return the first valid date in the page's meta elements, JSON-LD, time elements and URL."""
    return next((day for value in _stated_values(tree) if (day := _parse_stated_date(value))), None)


def _stated_values(tree: HtmlElement) -> Iterator[str]:
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            metas.setdefault(meta.get(attribute, "").lower(), meta.get("content"))
    yield from (metas[name] for name in _DATE_METAS if name in metas)
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        yield from _DATE_PUBLISHED.findall(script.text or "")
    yield from map(str, tree.xpath("//*[@itemprop='datePublished' or @pubdate]/@datetime"))
    # A time may be that of a comment or of an event, so time elements count only if all agree.
    times = [str(time) for time in tree.xpath("//time/@datetime")]
    if len(set(map(_parse_stated_date, times))) == 1:
        yield times[0]
    for url in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        yield from _DAY_IN_URL.findall(str(url))


def _parse_stated_date(value: str) -> date | None:
    value = value.strip()
    try:
        if match := _YEAR_FIRST.match(value):
            return date(int(match[1]), int(match[3]), int(match[4]))
        return parsedate_to_datetime(value[:60]).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        # parsedate_to_datetime raises any of these for an invalid date.
        return None
