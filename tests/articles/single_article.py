"""Reads one input and returns its only article or error."""

from pathlib import Path

from claims.articles import Article, ArticleError, read_articles


def read_content(path: Path, content: bytes | str, **options: int) -> list[Article | ArticleError]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_articles([str(path)], **options))


def only_article(results: list[Article | ArticleError]) -> Article:
    (result,) = results
    assert isinstance(result, Article), result
    return result


def only_reason(results: list[Article | ArticleError]) -> str:
    (result,) = results
    assert isinstance(result, ArticleError), result
    return result.reason
