"""Finds the dates on which a page says that its article was published.

Only machine-readable dates count. htmldate, which trafilatura uses, completes 2025-05 with today's day of the month,
picks one of the two meanings of 05/06/2025, and takes a date of change for one of publication: what it finds is only
suggested.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Final

import htmldate
from lxml.html import HtmlElement

from claims.articles.publication_dates import FIRST_LIKELY_DAY, parse_publication_date
from claims.articles.web.linked_data import LinkedData
from claims.articles.web.meta_elements import Metas, is_of_article
from claims.articles.web.page_limits import PARSER_ERRORS

_FIRST_METAS: Final = ("article:published_time", "og:article:published_time")
# The end of a name in use, without its punctuation: cXenseParse:recs:publishtime, og:pubdate, publication-date.
_PUBLICATION_META: Final = re.compile(
    r"(?:publi(?:shed|sh|cation)(?:date|time|datetime|at|on)?|(?:date|time)(?:original)?publi(?:shed|cation)|pubdate|pubtime"
    r"|firstpublished|issued|citationdate|citationonlinedate|sailthrudate|postdate|dateposted|articledate(?:original)?"
    r"|displaydate|docdate)(?:utc)?\Z"
)
_OTHER_META: Final = re.compile(r"unpubl|modif|updat|expir|revis|image|video|audio|book|music|event")
# Also the dates of events and of templates, or the moment in which the page was generated.
_LAST_METAS: Final = (
    *("dcterms.date", "dc.date", "dc:date", "date", "dcterms.created", "dc.created", "dc:created", "dc.date.created"),
    *("article.created", "article:created", "date_created", "datecreated", "created", "content_create_date"),
)
_DATE_PUBLISHED: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{1,40})"')
_DAY_IN_URL: Final = re.compile(r"/([12][0-9]{3}/[01][0-9]/[0-3][0-9])/")

# htmldate searches the whole text with regular expressions.
_MAX_ELEMENTS_SEARCHED: Final = 20_000


def stated_dates(tree: HtmlElement, metas: Metas, data: LinkedData) -> Iterator[object]:
    """Yield what the page states as its date of publication, most reliable first."""
    yield from (value for name in _FIRST_METAS for value in metas.get(name, []))
    yield data.article.get("datePublished")
    for name, values in metas.items():
        letters = re.sub("[^a-z]", "", name)
        if _PUBLICATION_META.search(letters) and not _OTHER_META.search(letters):
            yield from values
    for script in data.broken:
        yield from _DATE_PUBLISHED.findall(script)
    for element in filter(is_of_article, tree.xpath("//*[@itemprop='datePublished' or @pubdate]")):
        yield element.get("datetime") or element.get("content") or element.text_content()[:100]
    yield data.page.get("datePublished")
    yield from (value for name in _LAST_METAS for value in metas.get(name, []))
    # A time may be that of a comment or of an event, so that time elements count only if all agree.
    published = tree.xpath("//time[contains(concat(' ', @class, '-'), 'published') or contains(@class, 'entry-date')]")
    yield from _agreeing(element.get("datetime") for element in published)
    yield from _agreeing(tree.xpath("//time/@datetime"))
    yield data.article.get("dateCreated")
    for url in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        yield from _DAY_IN_URL.findall(str(url))


def _agreeing(times: Iterator[object]) -> list[object]:
    values = list(times)
    days = {parsed.day if (parsed := parse_publication_date(value)) else None for value in values}
    return values[:1] if len(days) == 1 else []


def suggested_date(tree: HtmlElement) -> date | None:
    """Return the day that htmldate guesses from the text of a page that states none."""
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS_SEARCHED:
        return None
    try:
        found = htmldate.find_date(
            deepcopy(tree),
            original_date=True,
            min_date=FIRST_LIKELY_DAY.isoformat(),
            max_date=datetime.now(UTC).date().isoformat(),
        )
        day = date.fromisoformat(found or "")
    except PARSER_ERRORS:
        return None
    # Of a page that names only a year, as in a copyright notice, it makes the first of January.
    return None if (day.month, day.day) == (1, 1) else day
