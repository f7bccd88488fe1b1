"""Reads what a page states about its article: in JSON-LD, in meta elements and in microdata.

Invalid values are left out rather than rejecting the page.
"""

import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from claims.articles.article import ArticleFields, ArticleValueError, ArticleWarning, WarningCode
from claims.articles.bylines import split_authors
from claims.articles.metadata_fields import first_language, first_line, parse_url, valid_authors
from claims.articles.publication_dates import choose_publication_date
from claims.articles.web.linked_data import LinkedData, read_linked_data
from claims.articles.web.meta_elements import Metas, read_metas
from claims.articles.web.page_address import stated_address
from claims.articles.web.page_date import stated_dates, suggested_date
from claims.articles.web.page_limits import PARSER_ERRORS, drop_excessive_metadata

logging.getLogger("htmldate").addHandler(logging.NullHandler())

_AUTHOR_METAS: Final = (
    *("author", "article:author", "og:article:author", "og:author", "parsely-author", "sailthru.author", "byl"),
    *("dc.creator", "dc:creator", "dcterms.creator", "citation_author", "authors", "creator"),
)
_PUBLISHER_METAS: Final = ("og:site_name", "dc.publisher", "dc:publisher", "dcterms.publisher", "publisher")
_LANGUAGE_METAS: Final = ("content-language", "og:locale", "dc.language", "dc:language", "dcterms.language", "language")

_HOST: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/?", re.IGNORECASE)
_PAID_TIERS: Final = {"locked", "metered", "premium", "paid"}


@dataclass(frozen=True, slots=True)
class PageMetadata:
    fields: ArticleFields
    warnings: tuple[ArticleWarning, ...]


def read_page_metadata(tree: HtmlElement, page: str) -> PageMetadata:
    """Read the metadata of a page; `page` is its source, in which programs that save pages leave comments."""
    general = _trafilatura_metadata(tree)
    metas = read_metas(tree)
    address = stated_address(tree, page)
    headings = (element.text_content() for element in tree.xpath("//title | //h1"))
    data = read_linked_data(tree, [general.title or "", *headings], [address])
    date = choose_publication_date(stated_dates(tree, metas, data))
    fields: ArticleFields = {
        "title": first_line("title", [general.title, data.article.get("headline")]),
        "url": address or _article_address(data),
        "publisher": _publisher(data, metas, general.sitename),
        "authors": _authors(data, metas, general.author),
        "language": _language(tree, data, metas),
        "published": date.day,
        "published_at": date.moment,
    }
    if date.day is None:
        fields["suggested_published"] = suggested_date(tree)
    return PageMetadata(fields, (*date.warnings, *_paywall_warnings(data, metas)))


def _trafilatura_metadata(tree: HtmlElement) -> Document:
    tree = deepcopy(tree)
    drop_excessive_metadata(tree)
    try:
        return trafilatura.extract_metadata(tree, extensive=False)
    except PARSER_ERRORS:
        return Document()


def _article_address(data: LinkedData) -> str:
    try:
        return parse_url(str(data.article.get("url")))
    except ArticleValueError:
        return ""


def _publisher(data: LinkedData, metas: Metas, guess: str | None) -> str:
    """The name of the publisher; that of its host only where no other is stated."""
    stated = [name for name, _ in data.names(data.article.get("publisher"))]
    stated += [value for name in _PUBLISHER_METAS for value in metas.get(name, [])]
    stated += [name for name, _ in data.names(data.site)]
    hosts_last = sorted([*stated, guess or ""], key=lambda name: bool(_HOST.fullmatch(name.strip())))
    return first_line("publisher", hosts_last)


def _authors(data: LinkedData, metas: Metas, byline: str | None) -> tuple[str, ...]:
    """The authors that the page states, people and agencies, or else those of its byline."""
    for stated in (data.article.get("author"), data.article.get("creator")):
        names = [
            part for name, is_whole in data.names(stated) for part in ([name] if is_whole else split_authors(name))
        ]
        if authors := valid_authors(names):
            return authors
    for meta in _AUTHOR_METAS:
        if authors := valid_authors(part for value in metas.get(meta, []) for part in split_authors(value)):
            return authors
    return valid_authors((byline or "").split(";"))


def _language(tree: HtmlElement, data: LinkedData, metas: Metas) -> str:
    """The language that the page declares. trafilatura would guess it, and only with another package."""
    values: list[object] = [tree.get("lang"), tree.get("xml:lang")]
    values += [value for name in _LANGUAGE_METAS[:2] for value in metas.get(name, [])]
    for stated in (data.article.get("inLanguage"), data.page.get("inLanguage"), data.site.get("inLanguage")):
        for value in stated if isinstance(stated, list) else [stated]:
            values += [value.get("alternateName"), value.get("name")] if isinstance(value, dict) else [value]
    values += [value for name in _LANGUAGE_METAS[2:] for value in metas.get(name, [])]
    values += map(str, tree.xpath("//body/@lang | //main/@lang | //article/@lang"))
    return first_language(values)


def _paywall_warnings(data: LinkedData, metas: Metas) -> list[ArticleWarning]:
    is_free = [node.get("isAccessibleForFree") for node in (data.article, data.page)]
    tiers = {value.lower() for value in metas.get("article:content_tier", [])}
    if not any(str(value).lower() in {"false", "no"} for value in is_free) and not tiers & _PAID_TIERS:
        return []
    message = (
        "The publisher says that this page is not free to read: the text may be only the beginning of the article."
    )
    return [ArticleWarning(WarningCode.PAYWALL, message)]
