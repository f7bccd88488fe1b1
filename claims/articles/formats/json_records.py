"""Maps a JSON record to an article's text and fields: our own names, and those of common exporters.

Known are trafilatura, news-please, newspaper, Readability, JSON Feed, ninjs, schema.org, WordPress and services that
answer with `{"articles": […]}`. Under our own names an invalid value is an error; an exporter's is left out with a
warning.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.articles.article import ArticleFields, ArticleValueError, ArticleWarning, WarningCode
from claims.articles.bylines import split_authors
from claims.articles.metadata_fields import parse_authors, parse_language, parse_line, parse_url
from claims.articles.publication_dates import choose_publication_date, parse_publication_date
from claims.articles.text_checks import is_blank

Record = dict[str, object]

# Where the text is, most faithful first. Of each field the first name is ours.
_CONTENT_KEYS: Final = (
    *(
        "text",
        "html",
        "maintext",
        "content_html",
        "content_text",
        "body_xhtml",
        "body_html",
        "body_text",
        "articleBody",
    ),
    *("full_text", "fulltext", "plain_text", "plaintext", "cleaned_text", "content", "body", "bodies", "textContent"),
    *("bodyText", "raw_text"),
)
_TITLE_KEYS: Final = ("title", "headline", "headlines", "webTitle")
_URL_KEYS: Final = (
    *("url", "link", "webUrl", "web_url", "pageUrl", "external_url", "canonical_url", "permalink", "article_url"),
    *("source", "uri", "@id", "id"),
)
_PUBLISHER_KEYS: Final = (
    *(
        "publisher",
        "sitename",
        "siteName",
        "site_name",
        "source_name",
        "publication",
        "provider",
        "infosource",
        "source",
    ),
    *("source-hostname", "hostname", "source_domain", "domain"),
)
_AUTHOR_KEYS: Final = ("authors", "author", "byline", "creator", "dc:creator", "by")
_DATE_KEYS: Final = (
    *("published", "date_published", "datePublished", "date_publish", "publish_date", "publishedAt", "published_at"),
    *("published_date", "publishedTime", "published_time", "pubDate", "pubdate", "publication_date", "publishing_date"),
    *("webPublicationDate", "firstpublished", "contentcreated", "firstcreated", "dateTime", "date", "date_gmt"),
    *("versioncreated", "timestamp"),
)
_LANGUAGE_KEYS: Final = ("language", "lang", "inLanguage", "meta_lang", "humanLanguage", "language_code")

_MARKUP: Final = re.compile(r"<(?:p|div|br|article|section|h[1-6]|blockquote|ul|span)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]{1,200}>")
_CUT_OFF: Final = re.compile(r"\[\+\d+ chars\]\s*\Z")

# Objects that stand for one value: WordPress's title, ninjs's headline, schema.org's publisher.
_VALUE_KEYS: Final = ("rendered", "value", "name", "title", "#text")
# Where exporters put the list of records, and what they put around the fields of one.
_LIST_KEYS: Final = (
    *("items", "articles", "results", "data", "docs", "documents", "news", "posts", "entries", "objects", "records"),
    *("stories", "hits", "item", "response", "channel", "feed", "rss"),
)
_WRAPPER_KEYS: Final = ("_source", "fields")
_MAX_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class RecordContent:
    """The text of a record or else its HTML, and its metadata."""

    text: str
    page: str
    fields: ArticleFields
    warnings: tuple[ArticleWarning, ...]


def listed_records(loaded: object, depth: int = 0) -> list[object] | None:
    """Return the records of a list, or of an object that has one, as exporters write it. None if it is one record."""
    if isinstance(loaded, list):
        return loaded
    if not isinstance(loaded, dict) or depth > _MAX_DEPTH or any(loaded.get(key) for key in _CONTENT_KEYS):
        return None
    for key in _LIST_KEYS:
        records = listed_records(loaded.get(key), depth + 1)
        if records is not None and all(isinstance(record, dict) for record in records):
            defaults = _feed_defaults(loaded)
            return [defaults | record for record in records if isinstance(record, dict)]
    return None


def _feed_defaults(feed: Record) -> Record:
    """What a JSON Feed states for all its items."""
    if "jsonfeed.org" not in str(feed.get("version")):
        return {}
    stated = {"publisher": feed.get("title"), "language": feed.get("language"), "author": feed.get("author")}
    return {key: value for key, value in (stated | {"authors": feed.get("authors")}).items() if value}


def read_record(record: Record) -> RecordContent:
    """Raises ArticleValueError if the record has no text, or an invalid value under a name of ours."""
    for wrapper in _WRAPPER_KEYS:
        if isinstance(inner := record.get(wrapper), dict):
            record = record | inner
    warnings: list[ArticleWarning] = []
    fields = _read_fields(record, warnings)
    text, page = _read_content(record)
    if _CUT_OFF.search(text):
        warnings.append(
            ArticleWarning(WarningCode.TEXT_CUT_OFF, "The exporter cut the text off. Read the whole article.")
        )
    return RecordContent(text, page, fields, tuple(warnings))


def _read_content(record: Record) -> tuple[str, str]:
    for key in _CONTENT_KEYS:
        value = record.get(key)
        content = _string(key, value) if key in {"text", "html"} else _single_value(value)
        if is_blank(content):
            continue
        if key == "html" or (key != "text" and _MARKUP.search(content)):
            return "", content
        return content, ""
    names = ", ".join(list(record)[:20]) or "none"
    expected = ", ".join(_CONTENT_KEYS[:9])
    raise ArticleValueError(f"empty: it contains no text. Its keys: {names}. Keys with a text: {expected} and others")


def _read_fields(record: Record, warnings: list[ArticleWarning]) -> ArticleFields:
    fields: ArticleFields = {}
    if title := _first_line("title", _values(record, _TITLE_KEYS)):
        fields["title"] = title
    if publisher := _first_line("publisher", _publishers(record)):
        fields["publisher"] = publisher
    if translator := parse_line("translator", _string("translator", record.get("translator"))):
        fields["translator"] = translator
    if authors := _authors(record):
        fields["authors"] = authors
    if url := next(_urls(record), ""):
        fields["url"] = url
    if language := next(_languages(record, warnings), ""):
        fields["language"] = language
    if translated_from := _string("translated_from", record.get("translated_from")):
        fields["translated_from"] = parse_language(translated_from, "translated_from")
    choice = choose_publication_date(_dates(record, warnings))
    warnings += choice.warnings
    if choice.day:
        fields["published"] = choice.day
        fields["published_at"] = choice.moment
    return fields


def _values(record: Record, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The strings under some keys, in this order. Under ours, which is the first, another type is an error."""
    for key in keys:
        value = record.get(key)
        text = _single_value(value)
        if value is not None and not text and key == keys[0]:
            text = _string(key, value)
        if isinstance(value, dict) and "rendered" in value:
            text = html.unescape(_TAG.sub("", text))
        if text.strip():
            yield key, text


def _first_line(field: str, values: Iterator[tuple[str, str]]) -> str:
    for key, value in values:
        try:
            if line := parse_line(field, value):
                return line
        except ArticleValueError:
            if key == field:
                raise
    return ""


def _publishers(record: Record) -> Iterator[tuple[str, str]]:
    # trafilatura writes an address under `source`, others a name.
    return ((key, value) for key, value in _values(record, _PUBLISHER_KEYS) if not _is_address(value))


def _urls(record: Record) -> Iterator[str]:
    for key, value in _values(record, _URL_KEYS):
        if key == _URL_KEYS[0]:
            yield parse_url(value)
        elif _is_address(value):
            try:
                yield parse_url(value)
            except ArticleValueError:
                continue


def _is_address(value: str) -> bool:
    return value.strip().lower().startswith(("http://", "https://"))


def _languages(record: Record, warnings: list[ArticleWarning]) -> Iterator[str]:
    for key, value in _values(record, _LANGUAGE_KEYS):
        try:
            yield parse_language(value)
        except ArticleValueError as error:
            if key == _LANGUAGE_KEYS[0]:
                raise
            warnings.append(ArticleWarning(WarningCode.METADATA_LEFT_OUT, f"{key} was left out: {error}."))


def _dates(record: Record, warnings: list[ArticleWarning]) -> Iterator[object]:
    for key in _DATE_KEYS:
        value = record.get(key)
        if value is None or value == "":
            continue
        if parse_publication_date(value):
            yield value
        elif key == _DATE_KEYS[0]:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ArticleValueError(f"{key} must be a string, not {json_type_name(value)}")
            raise ArticleValueError(f"{key} must be an ISO date such as 2025-05-16, not {value!r:.60}")
        else:
            message = f"{key} was left out: {str(value)!r:.60} is no date that has one meaning."
            warnings.append(ArticleWarning(WarningCode.METADATA_LEFT_OUT, message))


def _authors(record: Record) -> tuple[str, ...]:
    for key in _AUTHOR_KEYS:
        value = record.get(key)
        if value is None:
            continue
        is_ours = key == _AUTHOR_KEYS[0]
        try:
            names = _author_names(value, is_ours=is_ours)
            if authors := parse_authors(names):
                return authors
        except ArticleValueError:
            if is_ours:
                raise
    return ()


def _author_names(value: object, *, is_ours: bool) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if not isinstance(name, str):
            raise ArticleValueError("authors must be a string or a list of names")
        # A semicolon separates authors under our name; exporters also pass bylines on.
        names += name.split(";") if is_ours else [name] if isinstance(item, dict) else split_authors(name)
    return names


def _single_value(value: object) -> str:
    """The string that a value is or stands for: of an object its main value, of a list that of its main item."""
    if isinstance(value, list):
        items = [item for item in value[:100] if isinstance(item, dict)]
        main = (item for item in items if item.get("role") == "main")
        value = next(main, items[0] if items else None)
    if isinstance(value, dict):
        return next((text for key in _VALUE_KEYS if isinstance(text := value.get(key), str) and text), "")
    return value if isinstance(value, str) else ""


def _string(key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleValueError(f"{key} must be a string, not {json_type_name(value)}")
    return value


def json_type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
