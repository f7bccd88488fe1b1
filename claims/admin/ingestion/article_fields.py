"""Form fields of an article, validated like those of files and command lines."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from claims.articles import ArticleValueError, parse_authors, parse_language, parse_line, parse_url
from claims.articles.metadata_fields import AUTHOR_SEPARATOR


def _normalize_authors(value: str) -> str:
    return AUTHOR_SEPARATOR.join(parse_authors(value.split(";")))


class ArticleFieldsMixin:
    """Cleans a form's fields with the parsers of `claims.articles`, whose errors become those of the fields."""

    if TYPE_CHECKING:
        cleaned_data: dict[str, Any]

    def clean_title(self) -> str:
        return self._parse_field("title", partial(parse_line, "title"))

    def clean_publisher(self) -> str:
        return self._parse_field("publisher", partial(parse_line, "publisher"))

    def clean_translator(self) -> str:
        return self._parse_field("translator", partial(parse_line, "translator"))

    def clean_authors(self) -> str:
        return self._parse_field("authors", _normalize_authors)

    def clean_url(self) -> str:
        return self._parse_field("url", parse_url)

    def clean_language(self) -> str:
        return self._parse_field("language", parse_language)

    def clean_translated_from(self) -> str:
        return self._parse_field("translated_from", partial(parse_language, field="translated_from"))

    def _parse_field(self, name: str, parse: Callable[[str], str]) -> str:
        value: str = self.cleaned_data[name]
        try:
            return value and parse(value)
        except ArticleValueError as error:
            raise ValidationError(str(error)) from error
