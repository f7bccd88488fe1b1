"""Reads `.json` files (a record, or a list of records as exporters write it) and `.jsonl` files (a record per line)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import orjson

from claims.articles.article import Article, ArticleError, ArticleValueError
from claims.articles.formats.json_records import json_type_name, listed_records, read_record
from claims.articles.input_stream import NamedStream
from claims.articles.text_checks import check_text, decode_utf8, is_blank, reject_binary, reject_markup
from claims.articles.web.web_page import article_from_page

READER: Final = "json"
VERSION: Final = "2"

_BOM: Final = "\ufeff"


def read_json(source: NamedStream) -> Iterator[Article | ArticleError]:
    """Yield the file's article, or those of its list, named `file.json#1` and so on. The size limit is for the file."""
    data = source.read_whole()
    reject_binary(data)
    text = decode_utf8(data)
    if is_blank(text):
        raise ArticleValueError("empty: it contains no JSON")
    loaded = _load_json(text, where="line {line}, column {column}")
    yield from _articles_or_errors(loaded, source.name, source.limit)


def read_json_lines(source: NamedStream) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file of any size, named `file.jsonl:1` and so on. Blank lines are skipped.

    The size limit is for a line. A line with an error does not affect the others.
    """
    is_empty = True
    for number, line in source.lines():
        name = f"{source.name}:{number}"
        if line is None:
            is_empty = False
            yield ArticleError(name, f"line is over the limit of {source.limit:,} bytes")
            continue
        try:
            reject_binary(line)
            text = decode_utf8(line)
            if is_blank(text):
                continue
            is_empty = False
            yield from _articles_or_errors(_load_json(text, where="column {column}"), name, source.limit)
        except ArticleValueError as error:
            is_empty = False
            yield ArticleError(name, str(error))
    if is_empty:
        raise ArticleValueError("empty: it contains no JSON")


def _load_json(text: str, *, where: str) -> object:
    # orjson rejects NaN, lone surrogates and nesting beyond 1024 levels, which json would accept or recurse into.
    bom_length = len(text) - len(text.removeprefix(_BOM))
    try:
        loaded: object = orjson.loads(text[bom_length:])
    except orjson.JSONDecodeError as error:
        if "number" in error.msg and (numbered := _load_huge_numbers(text[bom_length:])) is not None:
            return numbered
        column = error.colno + (bom_length if error.lineno == 1 else 0)
        position = where.format(line=error.lineno, column=column)
        raise ArticleValueError(f"malformed JSON at {position}: {error.msg}") from None
    return loaded


def _load_huge_numbers(text: str) -> object:
    """Load JSON whose only fault is a number that no float can hold, such as an identifier of 400 digits."""
    try:
        return json.loads(text, parse_int=float, parse_float=float, parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        return None


def _reject_constant(name: str) -> object:
    raise ValueError(name)


def _articles_or_errors(loaded: object, name: str, limit: int) -> Iterator[Article | ArticleError]:
    records = listed_records(loaded)
    if records is None:
        yield _article_or_error(loaded, name, limit)
        return
    if not records:
        raise ArticleValueError("empty: the list has no articles")
    for number, record in enumerate(records, start=1):
        yield _article_or_error(record, f"{name}#{number}", limit)


def _article_or_error(record: object, name: str, limit: int) -> Article | ArticleError:
    try:
        return _parse_article(record, name, limit)
    except ArticleValueError as error:
        return ArticleError(name, str(error))


def _parse_article(record: object, name: str, limit: int) -> Article:
    if not isinstance(record, dict):
        raise ArticleValueError(f"an article is a JSON object with text or html, not {json_type_name(record)}")
    content = read_record(record)
    if content.page:
        # The record's own fields take precedence over those of its page.
        article = article_from_page(content.page, name, limit, content.fields)
        return replace(article, warnings=(*content.warnings, *article.warnings))
    reject_markup(content.text)
    check_text(content.text, limit)
    return Article(
        name=name,
        text=content.text,
        reader=READER,
        reader_version=VERSION,
        warnings=content.warnings,
        **content.fields,
    )
