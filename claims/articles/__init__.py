"""READ: file or standard input bytes -> Article. No Django, no network.

    for read in read_articles(["a.txt", "b.html", "-"]):
        if isinstance(read, ArticleError): ...   # refused; the others are still read
        else: ...                                # an Article

`parse_*` check one field each; files and command lines are held to the same rules. They raise Refusal (a ValueError).
"""

from claims.articles.article import Article, ArticleError, ArticleValueError
from claims.articles.inputs import DEFAULT_MAX_BYTES, EXTENSIONS, read_articles
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
    "ArticleValueError",
    "parse_authors",
    "parse_language",
    "parse_line",
    "parse_published",
    "parse_url",
    "read_articles",
]
