"""Reads `.txt` files, whose whole text is the article."""

from collections.abc import Iterator
from typing import Final

from claims.articles.article import Article
from claims.articles.input_stream import NamedStream
from claims.articles.text_checks import check_text, decode_utf8, reject_binary, reject_markup

READER: Final = "plain-text"
VERSION: Final = "1"


def read_plain_text(source: NamedStream) -> Iterator[Article]:
    """Yield one article without a title: the first line may be a headline or boilerplate."""
    data = source.read_whole()
    reject_binary(data)
    text = check_text(decode_utf8(data), source.limit)
    reject_markup(text)
    yield Article(name=source.name, text=text, reader=READER, reader_version=VERSION)
