"""Reads `.html` files: extracts the article's body with trafilatura, without menus, banners, comments and tables.

The body has one paragraph per line, as trafilatura returns it. Invalid metadata (title, date and so on) is left out
rather than rejecting the page. Nothing is fetched.
"""

import logging
import re
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from copy import deepcopy
from typing import Final, TypeVar

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import DEFAULT_CONFIG, Document

from claims.articles.article import Article, ArticleFields, ArticleValueError
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import parse_authors, parse_language, parse_line
from claims.articles.text_checks import check_text, is_blank, reject_binary
from claims.articles.web.charset import decode_page
from claims.articles.web.page_address import stated_address
from claims.articles.web.page_date import stated_date
from claims.articles.web.page_limits import drop_excessive_metadata, reject_long_tags, reject_many_elements

Field = TypeVar("Field")

READER: Final = "trafilatura"
VERSION: Final[str] = trafilatura.__version__

# Their warnings ("discarding data") would be printed to standard error; ArticleError says more.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

# What trafilatura, htmldate and lxml raise for unusual pages. Not `Exception`: a failed assertion is not the page's
# fault.
_PARSER_ERRORS: Final = (LxmlError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)

# Below this length trafilatura returns the whole text of a page, menus included. A short body is valid.
_ANY_BODY_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_ANY_BODY_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "0"
# For pages whose body is only in their JSON-LD (articleBody), which that same step reads.
_BODY_IN_DATA_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_BODY_IN_DATA_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"

# Exported HTML is often only the article's element, which trafilatura does not accept as a page.
_WHOLE_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_BODY_ELEMENT: Final = re.compile(r"<(?:article|section|main|div|p|h[1-6]|blockquote)\b", re.IGNORECASE)

_NAMED_COOKIE = " or ".join(f"contains(@{at}, '{word}')" for at in ("id", "class") for word in ("cookie", "consent"))
_BOILERPLATE_XPATH: Final = (
    "//nav | /html/body/footer | //*[self::div or self::section or self::aside or self::dialog or self::form]"
    f"[{_NAMED_COOKIE}][not(.//article or .//main or .//h1)]"
)


def read_web_page(source: NamedStream) -> Iterator[Article]:
    """Yield the article of a saved page."""
    data = source.read_whole()
    reject_binary(data)
    yield article_from_page(decode_page(data), source.name, source.limit, {})


def article_from_page(page: str, name: str, limit: int, known_fields: ArticleFields) -> Article:
    """Return the article in a page. `known_fields` take precedence over the page's own metadata.

    Raises ArticleValueError, mostly because no body is found. `limit` is the maximum size of the body in bytes.
    """
    if is_blank(page):
        raise ArticleValueError("empty: it contains no text")
    reject_long_tags(page)
    if not _WHOLE_PAGE.search(page) and _BODY_ELEMENT.search(page):
        page = f"<html><body>{page}</body></html>"
    try:
        tree = trafilatura.load_html(page)
    except _PARSER_ERRORS as error:
        raise ArticleValueError(f"no body found: not HTML that can be parsed ({type(error).__name__})") from error
    if tree is None:
        raise ArticleValueError("no body found: this is not HTML")
    reject_many_elements(tree)
    text = check_text(_extract_body(tree, page), limit)
    fields = _extract_metadata(tree)
    fields["url"] = stated_address(tree, page)
    fields.update(known_fields)
    return Article(name=name, text=text, reader=READER, reader_version=VERSION, **fields)


def _extract_body(tree: HtmlElement, page: str) -> str:
    attempts: list[Callable[[], str]] = [
        lambda: _run_trafilatura(tree, _ANY_BODY_CONFIG),
        lambda: _run_trafilatura(_without_layout_tables(tree), _ANY_BODY_CONFIG),
    ]
    if '"articleBody"' in page:
        attempts.append(lambda: _run_trafilatura(tree, _BODY_IN_DATA_CONFIG))
    for attempt in attempts:
        try:
            if not is_blank(body := attempt()):
                return body
        except _PARSER_ERRORS as error:
            raise ArticleValueError(
                f"no body found: trafilatura failed on this page ({type(error).__name__})"
            ) from error
    raise ArticleValueError(
        "no body found: the page has no article text; save the article's own page, or its text as .txt"
    )


def _run_trafilatura(tree: HtmlElement, config: ConfigParser) -> str:
    # Not deduplicate: it remembers paragraphs of earlier pages, so that a text would depend on its batch.
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        prune_xpath=_BOILERPLATE_XPATH,
        config=config,
    )
    return (document.text or "").strip() if isinstance(document, Document) else ""


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """Replace tables by divs, for old pages that use them for layout. Tried if nothing is found outside tables."""
    copy = deepcopy(tree)
    for part in copy.iter("table", "tbody", "tr", "td"):
        part.tag = "div"
    return copy


def _extract_metadata(tree: HtmlElement) -> ArticleFields:
    tree = deepcopy(tree)
    drop_excessive_metadata(tree)
    fields: ArticleFields = {"language": _declared_language(tree), "published": stated_date(tree)}
    try:
        metadata = trafilatura.extract_metadata(tree, extensive=False)
    except _PARSER_ERRORS:
        return fields  # the body is valid without the others
    fields["title"] = _parse_if_valid(lambda value: parse_line("title", value), metadata.title) or ""
    fields["publisher"] = _parse_if_valid(lambda value: parse_line("publisher", value), metadata.sitename) or ""
    fields["authors"] = _parse_if_valid(lambda value: parse_authors(value.split(";")), metadata.author) or ()
    return fields


def _declared_language(tree: HtmlElement) -> str:
    """Return the language that the page declares. trafilatura would guess it, and only with another package."""
    declared = (
        *tree.xpath("/html/@lang | /html/@xml:lang"),
        *tree.xpath("//meta[translate(@http-equiv, 'CONTELAGU', 'contelagu') = 'content-language']/@content"),
        *tree.xpath("//meta[@property='og:locale']/@content"),
    )
    return next((tag for value in declared if (tag := _parse_if_valid(parse_language, str(value)))), "")


def _parse_if_valid(parse: Callable[[str], Field], value: object) -> Field | None:
    if not isinstance(value, str):
        return None
    try:
        return parse(value)
    except ArticleValueError:
        return None
