"""Reads the attachments of a mail that may be articles: PDF, Word, pages and texts."""

from collections.abc import Callable, Iterator
from email.message import Message
from io import BytesIO
from pathlib import PurePath
from typing import Final

from claims.articles.article import Article
from claims.articles.formats.docx import read_docx
from claims.articles.formats.pdf import read_pdf
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import normalize_line
from claims.articles.text_checks import check_text, reject_binary
from claims.articles.web.charset import DecodedPage, decode_page
from claims.articles.web.web_page import read_web_page

_EXTENSIONS_BY_TYPE: Final = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/html": ".html",
    "text/plain": ".txt",
}
# By their names too: mail programs send much as application/octet-stream.
_UNTYPED: Final = {"application/octet-stream", "application/x-download", "binary/octet-stream"}
_READERS: Final[dict[str, Callable[[NamedStream], Iterator[Article]]]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_web_page,
    ".htm": read_web_page,
}


def is_readable(attachment: Message) -> bool:
    extension = _extension(attachment)
    return extension in _READERS or extension == ".txt"


def read_attachment(attachment: Message, source: NamedStream, name: str) -> Article:
    """The article of a readable attachment of the mail `source`. Raises ArticleValueError."""
    data = _content(attachment)
    charset = attachment.get_content_charset() or ""
    reader = _READERS.get(_extension(attachment), _read_text)
    stream = NamedStream(
        name, BytesIO(data), source.limit, len(data), text_limit=source.text_limit, charset=str(charset)
    )
    (article,) = reader(stream)
    return article


def decode_part(part: Message) -> DecodedPage:
    return decode_page(_content(part), part.get_content_charset() or "")


def _read_text(source: NamedStream) -> Iterator[Article]:
    data = source.read_whole()
    reject_binary(data)
    decoded = decode_page(data, source.charset)
    text = check_text(decoded.text, source.text_limit)
    yield Article(name=source.name, text=text, reader="mail", reader_version="1", warnings=decoded.warnings)


def attachment_name(part: Message, subject: str = "") -> str:
    return normalize_line(part.get_filename() or subject or part.get_content_type())


def _extension(attachment: Message) -> str:
    media_type = attachment.get_content_type()
    if media_type in _UNTYPED:
        return PurePath(attachment.get_filename() or "").suffix.lower()
    return _EXTENSIONS_BY_TYPE.get(media_type, "")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
