"""`.html`: the article a web page holds, found by trafilatura; menus, banners, comments and tables left out.

The body is what trafilatura returns, one paragraph a line, and is kept unchanged from there on. What the page says
about itself (title, date …) is taken where it is sound and left out where it is not: a page's mistake is no reason to
refuse it. Nothing is fetched.
"""

import logging
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import DEFAULT_CONFIG, Document

from claims.articles.article import Article, ArticleValueError
from claims.articles.charset import decode_page
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import parse_authors, parse_language, parse_line, parse_url
from claims.articles.page_date import stated_date
from claims.articles.page_limits import drop_excessive_metadata, reject_long_tags, reject_many_elements
from claims.articles.text_checks import check_text, is_blank, reject_binary

READER: Final = "trafilatura"
VERSION: Final[str] = trafilatura.__version__

# Its warnings ("discarding data") say less than our refusals; without a handler Python prints them on standard error.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

# What trafilatura, htmldate and lxml raise on pages they did not foresee. Named one by one: an interrupt or a failed
# assertion is not the page's fault.
_PARSER_ERRORS: Final = (LxmlError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)

# Below this length trafilatura gives the page's whole text, menus included, for its body. A short body is a body.
_ANY_BODY_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_ANY_BODY_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "0"
# … except for articles whose body stands only in their data (articleBody), which that same step reads.
_BODY_IN_DATA_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_BODY_IN_DATA_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"

# An export's html is often the article's element alone, which trafilatura takes for no page.
_WHOLE_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_BODY_ELEMENT: Final = re.compile(r"<(?:article|section|main|div|p|h[1-6]|blockquote)\b", re.IGNORECASE)

_NAMED_COOKIE = " or ".join(f"contains(@{at}, '{word}')" for at in ("id", "class") for word in ("cookie", "consent"))
_BOILERPLATE_XPATH: Final = (
    "//nav | /html/body/footer | //*[self::div or self::section or self::aside or self::dialog or self::form]"
    f"[{_NAMED_COOKIE}][not(.//article or .//main or .//h1)]"
)


def read_web_page(source: NamedStream) -> Iterator[Article]:
    """The article of one saved page."""
    data = source.read_whole()
    reject_binary(data)
    yield article_from_page(decode_page(data), source.name, source.limit, {})


def article_from_page(page: str, name: str, limit: int, stated: dict[str, Any]) -> Article:
    """The article in `page`. `stated` holds fields known from elsewhere, which go before the page's own.

    Raises Refusal, above all when no body is found. `limit` is for the body, in bytes of UTF-8.
    """
    if is_blank(page):
        raise ArticleValueError("empty: there is no text in it")
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
    fields = _extract_metadata(tree) | stated
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
        "no body found: the page holds no article text; save the article's own page, or its text as .txt"
    )


def _run_trafilatura(tree: HtmlElement, config: Any) -> str:
    # deduplicate stays off: it remembers paragraphs from one page to the next, so a text would depend on its batch
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
    """Pages of the nineties lay their text out in tables. Only tried when nothing was found outside tables."""
    copy = deepcopy(tree)
    for part in copy.iter("table", "tbody", "tr", "td"):
        part.tag = "div"
    return copy


def _extract_metadata(tree: HtmlElement) -> dict[str, Any]:
    tree = deepcopy(tree)
    drop_excessive_metadata(tree)
    fields: dict[str, Any] = {"language": _declared_language(tree), "published": stated_date(tree)}
    try:
        said = trafilatura.extract_metadata(tree, extensive=False)
    except _PARSER_ERRORS:
        return fields  # the body stands without them
    return fields | {
        "title": _parse_or_blank(lambda value: parse_line("title", value), said.title),
        "publisher": _parse_or_blank(lambda value: parse_line("publisher", value), said.sitename),
        "authors": _parse_or_blank(lambda value: parse_authors(value.split(";")), said.author) or (),
        "url": _parse_or_blank(parse_url, said.url),
    }


def _declared_language(tree: HtmlElement) -> str:
    """What the page declares: trafilatura would guess from the text, and only with a further package."""
    declared = (
        *tree.xpath("/html/@lang | /html/@xml:lang"),
        *tree.xpath("//meta[translate(@http-equiv, 'CONTELAGU', 'contelagu') = 'content-language']/@content"),
        *tree.xpath("//meta[@property='og:locale']/@content"),
    )
    return next((tag for value in declared if (tag := _parse_or_blank(parse_language, str(value)))), "")


def _parse_or_blank(parse: Callable[[str], Any], value: object) -> Any:
    if not isinstance(value, str):
        return ""
    try:
        return parse(value)
    except ArticleValueError:
        return ""
