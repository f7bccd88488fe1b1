"""Sitemaps (sitemaps.org): an index, sitemaps of the pages of each resource by ranges of ids, and one for news.

A range costs the same however many rows there are before it. The index finds the ranges that have public rows by the
change feed's index, one seek for each.
"""

import datetime as dt
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from claims.export.syndication.atom import replace_unsafe_characters
from claims.export.timestamps import format_timestamp
from claims.models import Change, Claim, ResourceKind, Verification, VerificationState
from claims.pages.common.page_view import PublicView
from claims.reading import read_connection
from claims.resources import RESOURCES
from claims.resources.permalinks import absolute_url, page_url
from claims.services.changefeed.processor import process_pending

MEDIA_TYPE = "application/xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
RANGE_SIZE = 10_000  # ids of one sitemap, which may have 50,000 URLs: few enough to be written in one go
MAX_RANGE = 10**9
DATED_CHANGES = 10_000  # the newest, which date the sitemaps in the index
NEWS_AGE = dt.timedelta(days=2)
MAX_NEWS = 1_000  # as Google allows
STATIC_PAGES = (
    *("home", "page-claims", "page-quotes", "page-speakers", "page-sources", "page-topics", "page-corrections"),
    *("page-search", "page-check", "page-about", "page-methodology", "page-data", "page-feeds"),
)
_RANGES_SQL = """
WITH RECURSIVE ranges(number) AS (SELECT ({first}) UNION ALL SELECT ({next}) FROM ranges WHERE number IS NOT NULL)
SELECT number FROM ranges WHERE number IS NOT NULL
"""
_RANGE_SQL = """
SELECT (object_id - 1) / {size} FROM claims_change
WHERE kind = %s AND object_id > {after} AND gone_at IS NULL AND changed_at IS NOT NULL ORDER BY object_id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a resource, in ranges of the ids of `rows`, which are the pages' own rows unless `ranges_of` others.

    `pk` and `title` are the columns with what a page's URL is made of, `key` that with the id of the page's row.
    `range_id` is the id that decides on the range for a change of a page's row, if not that row's.
    """

    pages: ResourceKind
    rows: Callable[[], QuerySet[Any]]
    title: str = ""
    pk: str = "pk"
    key: str = "pk"
    ranges_of: ResourceKind | None = None
    range_id: Combinable | None = None


def sections() -> Mapping[str, Section]:
    verdict = Verification.objects.filter(claim=OuterRef("object_id"), state=VerificationState.PUBLISHED)
    claims_with_verdict = Section(
        ResourceKind.CLAIMS,
        Verification.objects.released,
        title="claim__text",
        pk="claim",
        key="claim",
        ranges_of=ResourceKind.VERIFICATIONS,
        range_id=Subquery(verdict.values("pk")[:1]),
    )
    all_claims = Section(ResourceKind.CLAIMS, RESOURCES["claims"].rows, title="text")
    return {
        "claims": all_claims if settings.FACTBASE_INDEX_UNREVIEWED else claims_with_verdict,
        "quotes": Section(ResourceKind.QUOTES, RESOURCES["quotes"].rows),
        "speakers": Section(ResourceKind.SPEAKERS, RESOURCES["speakers"].rows, title="name"),
        "sources": Section(ResourceKind.SOURCES, RESOURCES["sources"].rows, title="title"),
        "topics": Section(ResourceKind.TOPICS, RESOURCES["topics"].rows, pk="slug"),
    }


class XMLView(PublicView):
    media_type = MEDIA_TYPE

    @abstractmethod
    def root(self, **kwargs: Any) -> ET.Element:
        """Returns the document. Raises Http404."""

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        xml = ET.tostring(self.root(**kwargs), encoding="utf-8", xml_declaration=True)
        return HttpResponse(xml, content_type=MEDIA_TYPE)


class SitemapIndexView(XMLView):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        process_pending()
        return super().get(request, **kwargs)

    def root(self, **kwargs: Any) -> ET.Element:
        root = ET.Element("sitemapindex", xmlns=NAMESPACE)
        _append(root, "sitemap", loc=absolute_url("sitemap-pages"))
        if _read_news():
            _append(root, "sitemap", loc=absolute_url("sitemap-news"))
        for name, section in sections().items():
            dates = _dates_of_ranges(section)
            for number in _ranges(section.ranges_of or section.pages):
                _append(
                    root, "sitemap", loc=absolute_url("sitemap-section", name, number + 1), lastmod=dates.get(number)
                )
        return root


class SitemapView(XMLView):
    """The pages of the rows in a range of ids, which is numbered from 1."""

    def root(self, **kwargs: Any) -> ET.Element:
        section, number = sections().get(kwargs["section"]), kwargs["number"]
        if section is None or not 1 <= number <= MAX_RANGE:
            raise Http404
        changes = Change.objects.filter(kind=section.pages, object_id=OuterRef(section.key))
        first = (number - 1) * RANGE_SIZE
        rows = section.rows().filter(pk__gt=first, pk__lte=first + RANGE_SIZE).order_by("pk")
        rows = rows.annotate(changed=Subquery(changes.values("changed_at")[:1]))
        title = [F(section.title)] if section.title else []
        root = ET.Element("urlset", xmlns=NAMESPACE)
        for pk, changed, *titles in rows.values_list(section.pk, "changed", *title):
            _append(root, "url", loc=page_url(section.pages, pk, *titles), lastmod=changed)
        if not len(root):
            raise Http404  # a sitemap has at least one page
        return root


class StaticSitemapView(XMLView):
    """The pages that are not of a row."""

    def root(self, **kwargs: Any) -> ET.Element:
        root = ET.Element("urlset", xmlns=NAMESPACE)
        for name in STATIC_PAGES:
            _append(root, "url", loc=absolute_url(name))
        return root


class NewsSitemapView(XMLView):
    """The claims with a verdict of the last two days, for Google News. It is empty where there is none."""

    def validator_parts(self) -> tuple[str, ...]:
        return (timezone.now().strftime("%Y-%m-%dT%H"),)  # it also changes with time

    def root(self, **kwargs: Any) -> ET.Element:
        root = ET.Element("urlset", {"xmlns": NAMESPACE, "xmlns:news": NEWS_NAMESPACE})
        for pk, text, published_at in _read_news():
            url = _append(root, "url", loc=page_url(ResourceKind.CLAIMS, pk, text))
            news = ET.SubElement(url, "news:news")
            publication = ET.SubElement(news, "news:publication")
            ET.SubElement(publication, "news:name").text = settings.FACTBASE_SITE_NAME
            ET.SubElement(publication, "news:language").text = settings.FACTBASE_LANGUAGE
            ET.SubElement(news, "news:publication_date").text = format_timestamp(published_at)
            ET.SubElement(news, "news:title").text = replace_unsafe_characters(text)
        return root


def _read_news() -> list[tuple[int, str, dt.datetime]]:
    """Returns the id, text and date of the newest claims: of their verdicts, and of their release if those count."""
    since = timezone.now() - NEWS_AGE
    verdicts = Verification.objects.released_in_index_order().filter(published_at__gte=since)
    newest = verdicts.order_by("-published_at", "-id").values_list("claim", "claim__text", "published_at")
    news = [(pk, text, at) for pk, text, at in newest[:MAX_NEWS] if at]
    if settings.FACTBASE_INDEX_UNREVIEWED:
        claims = Claim.objects.released().filter(released_at__gte=since).order_by("-released_at", "-id")
        rows = claims.values_list("pk", "text", "released_at")[:MAX_NEWS]
        with_verdict = {pk for pk, _text, _at in news}
        news += [(pk, text, at) for pk, text, at in rows if at and pk not in with_verdict]
    return sorted(news, key=lambda row: row[2], reverse=True)[:MAX_NEWS]


def _ranges(kind: ResourceKind) -> list[int]:
    """Returns the numbers, from 0, of the ranges that have public rows."""
    sql = _RANGES_SQL.format(
        first=_RANGE_SQL.format(size=RANGE_SIZE, after=0),
        next=_RANGE_SQL.format(size=RANGE_SIZE, after=f"(number + 1) * {RANGE_SIZE}"),
    )
    with read_connection().cursor() as cursor:
        cursor.execute(sql, [kind.value, kind.value])
        return [number for (number,) in cursor.fetchall()]


def _dates_of_ranges(section: Section) -> dict[int, dt.datetime]:
    """Returns when the ranges that changed last were changed: to date all of them, all changes had to be read."""
    changes = Change.objects.live().filter(kind=section.pages).order_by("-changed_at", "-id")[:DATED_CHANGES]
    dates: dict[int, dt.datetime] = {}
    for pk, changed_at in changes.values_list(section.range_id or F("object_id"), "changed_at"):
        if pk and changed_at:
            dates.setdefault((pk - 1) // RANGE_SIZE, changed_at)  # the newest come first
    return dates


def _append(parent: ET.Element, tag: str, *, loc: str, lastmod: dt.datetime | None = None) -> ET.Element:
    element = ET.SubElement(parent, tag)
    ET.SubElement(element, "loc").text = loc
    if lastmod:
        ET.SubElement(element, "lastmod").text = format_timestamp(lastmod)
    return element
