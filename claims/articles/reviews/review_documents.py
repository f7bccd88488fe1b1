"""Reads the fact-checks in a document: JSON, or a web page with JSON-LD in it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import orjson

from claims.articles.article import ArticleValueError
from claims.articles.reviews.claim_reviews import read_claim_reviews
from claims.articles.reviews.review import Review, ReviewError
from claims.articles.web.charset import decode_page
from claims.articles.web.linked_data import load_scripts
from claims.articles.web.page_limits import list_elements, reject_long_tags
from claims.articles.web.web_page import parse_page

_BOM: Final = b"\xef\xbb\xbf"


class ReviewEntry(NamedTuple):
    """The number of a fact-check in its document, from 1, and the fact-check or why it cannot be read."""

    number: int
    content: Review | ReviewError


def read_review_document(body: bytes, *, charset: str = "") -> Iterator[ReviewEntry]:
    """Yields the fact-checks of a document. Raises ReviewError if it cannot be read at all."""
    data = body.removeprefix(_BOM).lstrip()
    roots: list[object]
    broken = 0
    if data[:1] in {b"{", b"["}:
        roots = [_load_json(data)]
    elif data[:1] == b"<":
        roots, broken = _load_page(body, charset)
    else:
        raise ReviewError("This is neither JSON nor a web page.")
    number = 0
    for number, review in enumerate(read_claim_reviews(roots), start=1):
        yield ReviewEntry(number, review)
    for position in range(1, broken + 1):
        yield ReviewEntry(number + position, ReviewError("A script with JSON-LD is not valid JSON."))


def _load_json(data: bytes) -> object:
    # orjson refuses NaN, lone surrogates and nesting beyond 1,024 levels.
    try:
        loaded: object = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ReviewError(
            f"The JSON is malformed at line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    return loaded


def _load_page(body: bytes, charset: str) -> tuple[list[object], int]:
    try:
        page = decode_page(body, charset).text
        reject_long_tags(page)
        tree = parse_page(page)
        list_elements(tree)
    except ArticleValueError as error:
        raise ReviewError(f"The web page cannot be read: {error}.") from error
    roots, broken = load_scripts(tree)
    return roots, len(broken)
