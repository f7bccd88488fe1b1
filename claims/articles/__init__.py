"""Reads articles from files and standard input. A library without Django.

    for result in read_articles(["a.txt", "b.html", "-"]):
        if isinstance(result, ArticleError): ...   # this input was rejected; the others are still read
        else: ...                                  # an Article

The `parse_*` functions validate one field each, for files, forms and command lines alike, and raise ArticleValueError.
"""

from claims.articles.article import (
    Article,
    ArticleError,
    ArticleFields,
    ArticleValueError,
    ArticleWarning,
    RawContent,
    WarningCode,
)
from claims.articles.headlines import suggest_title
from claims.articles.inputs import DEFAULT_MAX_BYTES, EXTENSIONS, read_articles, read_content
from claims.articles.metadata_fields import (
    MAX_FIELD_LENGTHS,
    parse_authors,
    parse_language,
    parse_line,
    parse_published,
    parse_url,
)

__all__ = [
    "DEFAULT_MAX_BYTES",
    "EXTENSIONS",
    "MAX_FIELD_LENGTHS",
    "Article",
    "ArticleError",
    "ArticleFields",
    "ArticleValueError",
    "ArticleWarning",
    "RawContent",
    "WarningCode",
    "parse_authors",
    "parse_language",
    "parse_line",
    "parse_published",
    "parse_url",
    "read_articles",
    "read_content",
    "suggest_title",
]
