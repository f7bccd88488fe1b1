"""`.txt`: the text is the article, byte for byte."""

from collections.abc import Iterator
from typing import Final

from claims.articles.article import Article
from claims.articles.content import check_text, decode_utf8, refuse_binary
from claims.articles.stream import NamedStream

READER: Final = "plain-text"
VERSION: Final = "1"


def read_plain_text(source: NamedStream) -> Iterator[Article]:
    """One article without a title: a first line may be a headline as well as furniture, so none is guessed."""
    data = source.read_whole()
    refuse_binary(data)
    text = check_text(decode_utf8(data), source.limit)
    yield Article(name=source.name, text=text, reader=READER, reader_version=VERSION)
