"""Opens inputs, selects their readers by extension, and returns errors as values."""

import dataclasses
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO, Final

from claims.articles.article import Article, ArticleError, ArticleValueError, RawContent
from claims.articles.formats.docx import read_docx
from claims.articles.formats.json_articles import read_json, read_json_lines
from claims.articles.formats.mail import read_mail
from claims.articles.formats.pdf import read_pdf
from claims.articles.formats.plain_text import read_plain_text
from claims.articles.formats.subtitles import read_srt, read_vtt
from claims.articles.input_stream import NamedStream
from claims.articles.web.web_page import read_web_page

DEFAULT_MAX_BYTES: Final = 2_000_000

Reader = Callable[[NamedStream], Iterator[Article | ArticleError]]

_READERS_BY_EXTENSION: Final[dict[str, Reader]] = {
    ".txt": read_plain_text,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".srt": read_srt,
    ".vtt": read_vtt,
    ".eml": read_mail,
}
EXTENSIONS: Final = tuple(_READERS_BY_EXTENSION)
# Files in which the text is the smaller part: pictures, fonts, attachments. In sizes of a text.
_FILE_FACTOR: Final = 5
_LARGE_FILES: Final = frozenset({".pdf", ".docx", ".eml", ".srt", ".vtt"})
_EXTENSIONS_BY_MEDIA_TYPE: Final = {
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-subrip": ".srt",
    "application/xhtml+xml": ".html",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/vtt": ".vtt",
    "": ".html",  # of a site that does not say; browsers show it as a page, too
}
STDIN: Final = "-"

_CHARSET_PARAMETER = re.compile(r""";\s*charset\s*=\s*["']?(?P<charset>[\w.:-]+)""", re.IGNORECASE)
_URL_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def read_articles(
    paths: Iterable[str],
    *,
    limit: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
    stdin_format: str = "txt",
) -> Iterator[Article | ArticleError]:
    """Yield the articles of each input in turn, or an ArticleError for one that cannot be read.

    `-` reads `stdin` (by default the process's standard input) in `stdin_format`, the extension of a supported format.
    Directories are rejected. A path given twice is read twice. `limit` is the maximum size in bytes of a text, and of a
    file that is all text, or of a line of JSON Lines. Files with pictures or attachments may be five times as large.

    Raises ValueError at once for an unknown `stdin_format`, and nothing else.
    """
    extension = f".{stdin_format.removeprefix('.').lower()}"
    if extension not in _READERS_BY_EXTENSION:
        raise ValueError(f"unknown format {stdin_format!r} for standard input; supported: {_known_extensions()}")
    return _read_inputs(paths, limit, stdin, extension)


def _read_inputs(
    paths: Iterable[str], limit: int, stdin: BinaryIO | None, stdin_extension: str
) -> Iterator[Article | ArticleError]:
    stdin_was_read = False
    for path in paths:
        name = _printable_name(path)
        try:
            if path == STDIN:
                stream = _standard_input(stdin, was_read=stdin_was_read)
                stdin_was_read = True
                yield from _read_stream(name, stream, stdin_extension, limit)
            else:
                yield from _read_path(path, name, limit)
        except ArticleValueError as error:
            yield ArticleError(name, str(error))
        except OSError as error:
            yield ArticleError(name, _describe_os_error(error))


def read_content(name: str, content: RawContent, *, limit: int = DEFAULT_MAX_BYTES) -> Article:
    """Return the one article in these bytes, by their media type. Raises ArticleError."""
    media_type = content.media_type.partition(";")[0].strip().lower()
    extension = _EXTENSIONS_BY_MEDIA_TYPE.get(media_type)
    if extension is None:
        known = "a page, text, PDF, Word document (.docx), mail, subtitles (SRT, WebVTT) or JSON"
        raise ArticleError(name, f"the type {media_type} is not supported; send {known}")
    charset = _CHARSET_PARAMETER.search(content.media_type)
    stream = _read_stream(
        name,
        BytesIO(content.body),
        extension,
        limit,
        size=len(content.body),
        charset=charset["charset"] if charset else "",
        wants_one=True,
    )
    try:
        articles = list(islice(stream, 2))
    except ArticleValueError as error:
        raise ArticleError(name, str(error)) from error
    if len(articles) != 1:
        raise ArticleError(name, "contains several articles; send one at a time" if articles else "contains no article")
    (article,) = articles
    if isinstance(article, ArticleError):
        raise article
    return dataclasses.replace(article, raw=content)


def _standard_input(stdin: BinaryIO | None, *, was_read: bool) -> BinaryIO:
    if was_read:
        raise ArticleValueError("standard input was already read; pass `-` once")
    if stdin is not None:
        return stdin
    if sys.stdin is None:  # after `<&-`, or under a service manager
        raise ArticleValueError("standard input is closed; pipe an article to it, or pass a file")
    return sys.stdin.buffer


def _read_path(path: str, name: str, limit: int) -> Iterator[Article | ArticleError]:
    _reject_url(path)
    if "\x00" in path:
        raise ArticleValueError("a file name cannot contain a NUL character")
    # Before opening: opening a FIFO waits for a writer, and a device never ends.
    status = os.stat(path)  # noqa: PTH116  (a str: Path would drop a trailing slash)
    if stat.S_ISDIR(status.st_mode):
        raise ArticleValueError("is a directory; pass the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise ArticleValueError("is not a regular file; save its content to a file or pipe it to `-`")
    extension = PurePath(path).suffix.lower()
    if extension not in _READERS_BY_EXTENSION:
        raise ArticleValueError(f"unknown extension; supported: {_known_extensions()}")
    with open(path, "rb") as stream:  # noqa: PTH123  (as above)
        yield from _read_stream(name, stream, extension, limit, size=status.st_size)


def _read_stream(
    name: str,
    stream: BinaryIO,
    extension: str,
    limit: int,
    *,
    size: int | None = None,
    charset: str = "",
    wants_one: bool = False,
) -> Iterator[Article | ArticleError]:
    file_limit = limit * _FILE_FACTOR if extension in _LARGE_FILES else limit
    source = NamedStream(name, stream, file_limit, size, text_limit=limit, charset=charset, wants_one=wants_one)
    return _READERS_BY_EXTENSION[extension](source)


def _reject_url(path: str) -> None:
    match = _URL_SCHEME.match(path)
    if match and match["scheme"].lower() in {"http", "https"}:
        raise ArticleValueError("pages cannot be fetched; save the page and pass the file")
    if match:
        raise ArticleValueError(f"{match['scheme']}:// is not supported; pass the path of a file")


def _describe_os_error(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "not found"
    if isinstance(error, PermissionError):
        return "permission denied"
    return f"cannot be read: {error.strerror or error}"


def _printable_name(path: str) -> str:
    """Escape the lone surrogates that stand for bytes of a file name which are not UTF-8."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _known_extensions() -> str:
    return ", ".join(EXTENSIONS)
