"""`.json` and `.jsonl`: one record, a list of records, or a record a line -> articles.

A record is an object with `text` or `html` and any of title, url, publisher, authors, published, language,
translated_from, translator. Other keys are passed over, since exports carry many; a known key with a value of the wrong
type or shape is refused by name.
"""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from claims.articles.article import Article, ArticleError, ArticleValueError
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import parse_authors, parse_language, parse_line, parse_published, parse_url
from claims.articles.text_checks import check_text, decode_utf8, is_blank, reject_binary
from claims.articles.web_page import article_from_page

READER: Final = "json"
VERSION: Final = "1"

_BOM: Final = "\ufeff"


def read_json(source: NamedStream) -> Iterator[Article | ArticleError]:
    """One article, or those of a list, named `file.json#1` onwards. The limit is for the file: JSON is parsed whole."""
    data = source.read_whole()
    reject_binary(data)
    text = decode_utf8(data)
    if is_blank(text):
        raise ArticleValueError("empty: there is no JSON in it")
    loaded = _load_json(text, where="line {line}, column {column}")
    if not isinstance(loaded, list):
        yield _article_or_error(loaded, source.name, source.limit)
        return
    if not loaded:
        raise ArticleValueError("empty: the list holds no article")
    for number, record in enumerate(loaded, start=1):
        yield _article_or_error(record, f"{source.name}#{number}", source.limit)


def read_json_lines(source: NamedStream) -> Iterator[Article | ArticleError]:
    """The articles of a file of any size, named `file.jsonl:1` onwards. Blank lines are passed over.

    The limit is for a line. A line that is refused leaves the others as they are.
    """
    found = False
    for number, line in source.lines():
        name = f"{source.name}:{number}"
        try:
            if line is None:
                raise ArticleValueError(f"line is over the limit of {source.limit:,} bytes")  # noqa: TRY301  # told below
            reject_binary(line)
            text = decode_utf8(line)
            if is_blank(text):
                continue
            found = True
            yield _article_or_error(_load_json(text, where="column {column}"), name, source.limit)
        except ArticleValueError as refusal:
            found = True
            yield ArticleError(name, str(refusal))
    if not found:
        raise ArticleValueError("empty: there is no JSON in it")


def _load_json(text: str, *, where: str) -> Any:
    # orjson refuses NaN, lone surrogates and nesting beyond 1024 by itself, with the place; json would recurse or pass.
    marks = len(text) - len(text.removeprefix(_BOM))
    try:
        return orjson.loads(text[marks:])
    except orjson.JSONDecodeError as error:
        column = error.colno + (marks if error.lineno == 1 else 0)
        place = where.format(line=error.lineno, column=column)
        raise ArticleValueError(f"malformed JSON at {place}: {error.msg}") from None


def _article_or_error(record: object, name: str, limit: int) -> Article | ArticleError:
    try:
        return _parse_article(record, name, limit)
    except ArticleValueError as refusal:
        return ArticleError(name, str(refusal))


def _parse_article(record: object, name: str, limit: int) -> Article:
    if not isinstance(record, dict):
        raise ArticleValueError(f"an article is a JSON object with text or html, not {_json_type_name(record)}")
    stated = _parse_fields(record)
    text, page = _string_value(record, "text"), _string_value(record, "html")
    if not is_blank(text) or not page:
        check_text(text, limit)
        return Article(name=name, text=text, reader=READER, reader_version=VERSION, **stated)
    # what the record states goes before what its page says of itself
    return article_from_page(page, name, limit, stated)


def _parse_fields(record: dict[str, Any]) -> dict[str, Any]:
    parsed = {
        "title": parse_line("title", _string_value(record, "title")),
        "publisher": parse_line("publisher", _string_value(record, "publisher")),
        "translator": parse_line("translator", _string_value(record, "translator")),
        "authors": parse_authors(_author_names(record.get("authors"))),
        "url": (url := _string_value(record, "url")) and parse_url(url),
        "published": parse_published(day) if (day := _string_value(record, "published")) else None,
    }
    for key in ("language", "translated_from"):
        tag = _string_value(record, key)
        parsed[key] = tag and parse_language(tag, key)
    return {key: value for key, value in parsed.items() if value}


def _string_value(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleValueError(f"{key} must be a string, not {_json_type_name(value)}")
    return value


def _author_names(value: object) -> list[str]:
    if value is None:
        return []
    # commas stand inside names ("Reck, Tobias") and are not split at
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ArticleValueError("authors must be a string or a list of strings")
    return names


def _json_type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
