"""READ: file or standard input bytes -> Article. No Django, no network.

    for read in read_articles(["a.txt", "b.html", "-"]):
        if isinstance(read, ArticleError): ...   # refused; the others are still read
        else: ...                                # an Article

`parse_*` check one field each; files and command lines are held to the same rules. They raise Refusal (a ValueError).
"""

from claims.articles.article import Article, ArticleError, Refusal
from claims.articles.fields import (
    LONGEST,
    parse_authors,
    parse_language,
    parse_line,
    parse_published,
    parse_url,
)
from claims.articles.inputs import DEFAULT_LIMIT, EXTENSIONS, read_articles

__all__ = [
    "DEFAULT_LIMIT",
    "EXTENSIONS",
    "LONGEST",
    "Article",
    "ArticleError",
    "Refusal",
    "parse_authors",
    "parse_language",
    "parse_line",
    "parse_published",
    "parse_url",
    "read_articles",
]
