"""Reads `.json` files (a record or a list of records) and `.jsonl` files (a record per line).

A record is an object with `text` or `html`, and optionally title, url, publisher, authors, published, language,
translated_from and translator. Other keys are ignored; a known key with an invalid value is an error that names it.
"""

from collections.abc import Iterator
from typing import Final

import orjson

from claims.articles.article import Article, ArticleError, ArticleFields, ArticleValueError
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import parse_authors, parse_language, parse_line, parse_published, parse_url
from claims.articles.text_checks import check_text, decode_utf8, is_blank, reject_binary
from claims.articles.web.web_page import article_from_page

READER: Final = "json"
VERSION: Final = "1"

_BOM: Final = "\ufeff"


def read_json(source: NamedStream) -> Iterator[Article | ArticleError]:
    """Yield the file's article, or those of its list, named `file.json#1` and so on. The size limit is for the file."""
    data = source.read_whole()
    reject_binary(data)
    text = decode_utf8(data)
    if is_blank(text):
        raise ArticleValueError("empty: it contains no JSON")
    loaded = _load_json(text, where="line {line}, column {column}")
    if not isinstance(loaded, list):
        yield _article_or_error(loaded, source.name, source.limit)
        return
    if not loaded:
        raise ArticleValueError("empty: the list has no articles")
    for number, record in enumerate(loaded, start=1):
        yield _article_or_error(record, f"{source.name}#{number}", source.limit)


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
            yield _article_or_error(_load_json(text, where="column {column}"), name, source.limit)
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
        column = error.colno + (bom_length if error.lineno == 1 else 0)
        position = where.format(line=error.lineno, column=column)
        raise ArticleValueError(f"malformed JSON at {position}: {error.msg}") from None
    return loaded


def _article_or_error(record: object, name: str, limit: int) -> Article | ArticleError:
    try:
        return _parse_article(record, name, limit)
    except ArticleValueError as error:
        return ArticleError(name, str(error))


def _parse_article(record: object, name: str, limit: int) -> Article:
    if not isinstance(record, dict):
        raise ArticleValueError(f"an article is a JSON object with text or html, not {_json_type_name(record)}")
    fields = _parse_fields(record)
    text, page = _string_value(record, "text"), _string_value(record, "html")
    if not is_blank(text) or not page:
        check_text(text, limit)
        return Article(name=name, text=text, reader=READER, reader_version=VERSION, **fields)
    # The record's own fields take precedence over those of its page.
    return article_from_page(page, name, limit, fields)


def _parse_fields(record: dict[str, object]) -> ArticleFields:
    fields: ArticleFields = {}
    if title := parse_line("title", _string_value(record, "title")):
        fields["title"] = title
    if publisher := parse_line("publisher", _string_value(record, "publisher")):
        fields["publisher"] = publisher
    if translator := parse_line("translator", _string_value(record, "translator")):
        fields["translator"] = translator
    if authors := parse_authors(_author_names(record.get("authors"))):
        fields["authors"] = authors
    if url := _string_value(record, "url"):
        fields["url"] = parse_url(url)
    if published := _string_value(record, "published"):
        fields["published"] = parse_published(published)
    if language := _string_value(record, "language"):
        fields["language"] = parse_language(language)
    if translated_from := _string_value(record, "translated_from"):
        fields["translated_from"] = parse_language(translated_from, "translated_from")
    return fields


def _string_value(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleValueError(f"{key} must be a string, not {_json_type_name(value)}")
    return value


def _author_names(value: object) -> list[str]:
    if value is None:
        return []
    # Commas are part of names ("Reck, Tobias").
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ArticleValueError("authors must be a string or a list of strings")
    return names


def _json_type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
