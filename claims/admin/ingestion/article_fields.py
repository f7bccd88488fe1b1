"""What is typed about an article is held to the rules that files and command lines are held to."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from claims.articles import ArticleValueError, parse_authors, parse_language, parse_line, parse_url
from claims.articles.metadata_fields import AUTHOR_SEPARATOR


def _normalize_authors(value: str) -> str:
    return AUTHOR_SEPARATOR.join(parse_authors(value.split(";")))


class ArticleFieldsMixin:
    """A form with an article's fields; what `claims.articles` refuses is said at the field."""

    if TYPE_CHECKING:
        cleaned_data: dict[str, Any]

    def clean_title(self) -> str:
        """On one line."""
        return self._parsed("title", partial(parse_line, "title"))

    def clean_publisher(self) -> str:
        """On one line."""
        return self._parsed("publisher", partial(parse_line, "publisher"))

    def clean_translator(self) -> str:
        """On one line."""
        return self._parsed("translator", partial(parse_line, "translator"))

    def clean_authors(self) -> str:
        """Names, separated as they are stored."""
        return self._parsed("authors", _normalize_authors)

    def clean_url(self) -> str:
        """http or https, without a password, and short enough for the index over it."""
        return self._parsed("url", parse_url)

    def clean_language(self) -> str:
        """A tag in its canonical case."""
        return self._parsed("language", parse_language)

    def clean_translated_from(self) -> str:
        """As above."""
        return self._parsed("translated_from", partial(parse_language, field="translated_from"))

    def _parsed(self, name: str, parse: Callable[[str], str]) -> str:
        value: str = self.cleaned_data[name]
        try:
            return value and parse(value)
        except ArticleValueError as refusal:
            raise ValidationError(str(refusal)) from refusal
