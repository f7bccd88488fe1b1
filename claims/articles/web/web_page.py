"""Reads `.html` files: extracts the article's body with trafilatura, without menus, banners, comments and tables.

The body has one paragraph per line, as trafilatura returns it. Invalid metadata (title, date and so on) is left out
rather than rejecting the page. Nothing is fetched.
"""

import logging
import re
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import replace
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import DEFAULT_CONFIG, Document

from claims.articles.article import Article, ArticleFields, ArticleValueError, ArticleWarning, WarningCode
from claims.articles.input_stream import NamedStream
from claims.articles.text_checks import check_text, is_blank
from claims.articles.web.character_references import replace_control_references
from claims.articles.web.charset import decode_page
from claims.articles.web.cpu_budget import BudgetExceededError, cpu_budget
from claims.articles.web.meta_elements import straighten_meta_quotes
from claims.articles.web.page_limits import MAX_PAGE_SIZE, PARSER_ERRORS, list_elements, reject_long_tags
from claims.articles.web.page_metadata import read_page_metadata
from claims.articles.web.stand_in_pages import reject_stand_in
from claims.articles.web.tree.losses import find_losses
from claims.articles.web.tree.page_tree import prepare_tree

READER: Final = "trafilatura"
VERSION: Final[str] = trafilatura.__version__

# Their warnings ("discarding data") would be printed to standard error; ArticleError says more.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# Below this length trafilatura returns the whole text of a page, menus included. A short body is valid.
_ANY_BODY_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_ANY_BODY_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "0"
# For pages whose body is only in their JSON-LD (articleBody), which that same step reads.
_BODY_IN_DATA_CONFIG: Final = deepcopy(DEFAULT_CONFIG)
_BODY_IN_DATA_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"

# CPU time for one page. Smaller pages need no budget, which costs time itself.
MAX_READING_SECONDS: Final = 8
_LARGE_PAGE: Final = 500_000  # characters
_MANY_ELEMENTS: Final = 3_000

# trafilatura compares its body with those of other extractors. One of them, jusText, looks from each short block for
# the next long one, which takes 5 s of CPU for 4,000 short blocks in a row, and four times as long for twice as many.
_MAX_SHORT_BLOCKS: Final = 4_000
_SHORT_BLOCK: Final = 70  # characters, as jusText has it
_BLOCKS: Final = ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "tr", "pre", "blockquote", "form")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")

# In characters. The shortest news items, of two sentences, are longer.
_SHORT_TEXT: Final = 200

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
    decoded = decode_page(source.read_whole(MAX_PAGE_SIZE), source.charset)
    article = article_from_page(decoded.text, source.name, source.text_limit, {})
    yield replace(article, warnings=(*decoded.warnings, *article.warnings))


def article_from_page(page: str, name: str, limit: int, known_fields: ArticleFields) -> Article:
    """Return the article in a page. `known_fields` take precedence over the page's own metadata.

    Raises ArticleValueError, mostly because no body is found. `limit` is the maximum size of the body in bytes.
    """
    if is_blank(page):
        raise ArticleValueError("empty: it contains no text")
    page = straighten_meta_quotes(replace_control_references(page))
    reject_long_tags(page)
    if not _WHOLE_PAGE.search(page) and _BODY_ELEMENT.search(page):
        page = f"<html><body>{page}</body></html>"
    tree = parse_page(page)
    # Kept while the page is read: lxml creates the object of an element anew each time that none refers to it.
    elements = list_elements(tree)
    is_large = len(page) > _LARGE_PAGE or len(elements) > _MANY_ELEMENTS
    try:
        with cpu_budget(MAX_READING_SECONDS) if is_large else nullcontext():
            return _read_article(tree, page, name, limit, known_fields)
    except BudgetExceededError:
        raise ArticleValueError(
            f"reading the page takes more than {MAX_READING_SECONDS} s; save the article's text as .txt"
        ) from None


def parse_page(page: str) -> HtmlElement:
    try:
        tree = trafilatura.load_html(page)
    except PARSER_ERRORS as error:
        raise ArticleValueError(f"no body found: not HTML that can be parsed ({type(error).__name__})") from error
    if tree is None:
        raise ArticleValueError("no body found: this is not HTML")
    return tree


def _read_article(tree: HtmlElement, page: str, name: str, limit: int, known_fields: ArticleFields) -> Article:
    titles = [element.text_content() for element in tree.xpath("//title | //h1")]
    metadata = read_page_metadata(tree, page)
    prepare_tree(tree, metadata.fields.get("language", ""))
    try:
        text = check_text(_extract_body(tree, page), limit)
    except ArticleValueError:
        reject_stand_in(titles, tree.text_content())
        raise
    reject_stand_in(titles, text)
    fields = metadata.fields | known_fields
    warnings = (*metadata.warnings, *find_losses(tree, text), *_short_text_warnings(text))
    return Article(name=name, text=text, reader=READER, reader_version=VERSION, warnings=warnings, **fields)


def _short_text_warnings(text: str) -> Iterator[ArticleWarning]:
    if len(text) < _SHORT_TEXT:
        yield ArticleWarning(WarningCode.SHORT_TEXT, "The text is very short: it may not be the whole article.")


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
        except PARSER_ERRORS as error:
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
        fast=_has_many_short_blocks(tree),
    )
    return (document.text or "").strip() if isinstance(document, Document) else ""


def _has_many_short_blocks(tree: HtmlElement) -> bool:
    count = sum(len(block.text or "") < _SHORT_BLOCK for block in tree.iter(*_BLOCKS, *_HEADINGS))
    return count > _MAX_SHORT_BLOCKS


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """Replace tables by divs, for old pages that use them for layout. Tried if nothing is found outside tables."""
    copy = deepcopy(tree)
    for part in copy.iter("table", "tbody", "tr", "td"):
        part.tag = "div"
    return copy
