"""The bodies in which articles are sent in: JSON, or the form that browser extensions upload saved pages in."""

from collections.abc import Callable, Mapping
from typing import IO, Any

import orjson
from django.core.files.uploadedfile import UploadedFile
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from claims.api.http.problems import MemberProblem
from claims.articles import (
    ArticleFields,
    ArticleValueError,
    RawContent,
    parse_authors,
    parse_language,
    parse_line,
    parse_published,
    parse_url,
)
from claims.search.suggestions import did_you_mean

MAX_BODY_BYTES = 15_000_000  # a page of 10 MB, with what JSON escapes
MAX_AUTHORS = 100
MAX_NESTING = 3  # of lists and objects; an article's are a list in an object


class ArticleJSONParser(BaseParser):
    """JSON within the size limit. Deep nesting, which serializers would recurse into, is refused."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # REST framework's signature
        parser_context: Mapping[str, Any] | None = None,  # likewise
    ) -> dict[str, object]:
        try:
            body = orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise ParseError(f"Malformed JSON: {error}") from error
        if not isinstance(body, dict):
            raise ParseError('The body must be a JSON object, such as {"url": "https://news.example.org/story"}.')
        if _is_nested(body, MAX_NESTING):
            raise ParseError(f"The body has more than {MAX_NESTING} levels of lists and objects.")
        return body


def _is_nested(value: object, levels: int) -> bool:
    """Whether a value has more levels of lists and objects in each other."""
    if not isinstance(value, dict | list):
        return False
    members = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_nested(member, levels - 1) for member in members)


class ParsedField(serializers.CharField):
    """A string that a function of `claims.articles` validates."""

    def __init__(self, parse: Callable[[str], Any], **options: Any) -> None:
        super().__init__(required=False, allow_blank=True, **options)
        self.parse = parse

    def to_internal_value(self, data: Any) -> Any:
        value = super().to_internal_value(data)
        try:
            return value and self.parse(value)
        except ArticleValueError as error:
            raise serializers.ValidationError(str(error)) from error


class PageField(serializers.CharField):
    """A page as a string, or as an uploaded file in the charset that it states itself."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            return RawContent(data.read(), "text/html")
        if not isinstance(data, str):
            self.fail("invalid")
        return data and RawContent(data.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _line(field: str) -> Callable[[str], str]:
    return lambda value: parse_line(field, value)


class ArticleSerializer(serializers.Serializer[Any]):
    """An article: the address of its page, its page or its text, and what is known of it.

    With `url` alone, the page is fetched. Without `html` or `text`, `url` is required.
    """

    url = ParsedField(
        parse_url, help_text="Address of the page. It makes the article one source with earlier versions."
    )
    html = PageField(required=False, allow_blank=True, help_text="The page, as the browser shows it.")
    text = ParsedField(str, trim_whitespace=False, help_text="The text alone: stored unchanged.")
    title = ParsedField(_line("title"))
    publisher = ParsedField(_line("publisher"))
    authors = serializers.ListField(child=serializers.CharField(), required=False, max_length=MAX_AUTHORS)
    published = ParsedField(parse_published, help_text="Day of publication: YYYY-MM-DD.")
    language = ParsedField(parse_language, help_text="BCP 47 tag, such as `en`. Detected where it is not stated.")
    translated_from = ParsedField(lambda value: parse_language(value, "translated_from"), help_text="BCP 47 tag.")
    translator = ParsedField(_line("translator"))

    def to_internal_value(self, data: Any) -> Any:
        if unknown := [str(name) for name in data if name not in self.fields]:
            raise MemberProblem({name: f"unknown{did_you_mean(name, list(self.fields))}" for name in unknown})
        return super().to_internal_value(data)

    def validate_authors(self, names: list[str]) -> tuple[str, ...]:
        try:
            return parse_authors(names)
        except ArticleValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("html") and attrs.get("text"):
            raise serializers.ValidationError({"html": "send the page or the text, not both"})
        if not any(attrs.get(name) for name in ("url", "html", "text")):
            raise serializers.ValidationError({"url": "is required without html or text"})
        return attrs


def parse_article(data: object) -> tuple[str, RawContent | None, ArticleFields]:
    """Returns the address, the content if it was sent, and the metadata. Raises MemberProblem."""
    serializer = ArticleSerializer(data=data)
    if not serializer.is_valid():
        raise MemberProblem({name: _first_message(detail) for name, detail in serializer.errors.items()})
    fields: dict[str, Any] = {name: value for name, value in serializer.validated_data.items() if value}
    url, page, text = fields.pop("url", ""), fields.pop("html", None), fields.pop("text", "")
    content = RawContent(text.encode("utf-8", "replace"), "text/plain; charset=utf-8") if text else page
    return url, content, ArticleFields(**fields)  # type: ignore[typeddict-item]  # the serializer's fields are its keys


def _first_message(detail: Any) -> str:
    while isinstance(detail, list | dict):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)
