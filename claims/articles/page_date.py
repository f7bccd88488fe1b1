"""The day a page says it was published.

Only what the page states for machines is taken. htmldate, which trafilatura asks, makes 2025-05 into a day of that
month (today's day of the month), 05/06/2025 into one of its two meanings, a date of change into one of publication.
"""

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

from lxml.html import HtmlElement

# Lower case, in the order in which they are believed.
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
    """The first sound day among the page's meta elements, its linked data, its time elements and its address."""
    return next((day for value in _stated_values(tree) if (day := _parse_stated_date(value))), None)


def _stated_values(tree: HtmlElement) -> Iterator[str]:
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for naming in ("property", "name", "itemprop"):
            metas.setdefault(meta.get(naming, "").lower(), meta.get("content"))
    yield from (metas[name] for name in _DATE_METAS if name in metas)
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        yield from _DATE_PUBLISHED.findall(script.text or "")
    yield from map(str, tree.xpath("//*[@itemprop='datePublished' or @pubdate]/@datetime"))
    # One time may be a reader's comment, another the day of the match reported: only when all agree
    times = [str(time) for time in tree.xpath("//time/@datetime")]
    if len(set(map(_parse_stated_date, times))) == 1:
        yield times[0]
    for address in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        yield from _DAY_IN_URL.findall(str(address))


def _parse_stated_date(value: str) -> date | None:
    value = value.strip()
    try:
        if match := _YEAR_FIRST.match(value):
            return date(int(match[1]), int(match[3]), int(match[4]))
        return parsedate_to_datetime(value[:60]).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        # the standard library's parser of mail dates raises all of these on what is no date
        return None
