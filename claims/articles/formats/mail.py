"""Reads `.eml` files: the HTML of a mail, or else its plain text, and each attachment that may be an article.

Each of these is an article of its own. Other attachments are listed in a warning.
"""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Final

from claims.articles.article import (
    Article,
    ArticleError,
    ArticleFields,
    ArticleValueError,
    ArticleWarning,
    WarningCode,
)
from claims.articles.formats.mail_attachments import attachment_name, decode_part, is_readable, read_attachment
from claims.articles.formats.paragraphs import unwrap
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import first_language, first_line, parse_url, valid_authors
from claims.articles.publication_dates import choose_publication_date
from claims.articles.text_checks import check_text, is_blank, reject_binary
from claims.articles.web.web_page import article_from_page

READER: Final = "mail"
VERSION: Final = "1"

MAX_PARTS: Final = 500
MAX_COMPARISONS: Final = 10_000_000  # 5 s; a mail of 10 MB with ten parts has 1,400,000
_TOO_NESTED: Final = "the mail has too many parts in each other; save its text as .txt"
_MAX_HEADER_LENGTH: Final = 5_000  # characters; longer ones are not decoded
MAX_ATTACHMENTS: Final = 20  # that are read
MAX_ATTACHMENT_SECONDS: Final = 20  # of CPU, for all; one more may begin before
_MAX_ATTACHMENTS_NAMED: Final = 10
_ENCRYPTED: Final = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")


def read_mail(source: NamedStream) -> Iterator[Article | ArticleError]:
    """Yield the article of a mail and, unless only one is wanted, those of its attachments.

    Raises ArticleValueError for a mail that is encrypted or has neither.
    """
    message = _parse(source.read_whole())
    parts = _leaf_parts(message)
    if any(part.get_content_type() in _ENCRYPTED for part in (message, *parts)):
        raise ArticleValueError("the mail is encrypted; save its text as .txt")
    attachments = [part for part in parts if _is_attachment(part)]
    readable = [] if source.wants_one else list(filter(is_readable, attachments))[:MAX_ATTACHMENTS]
    choice = choose_publication_date([_header(message, "Date")])
    dates = ArticleFields(published=choice.day, published_at=choice.moment, suggested_published=None)
    warnings = (*choice.warnings, *_unread_warnings([part for part in attachments if part not in readable]))
    fields = _read_fields(message)
    body = _read_body([part for part in parts if part not in attachments], source, fields)
    if body is not None:
        yield replace(body, **dates, warnings=(*body.warnings, *warnings))
    elif not readable:
        raise ArticleValueError("empty: the mail contains no text")
    end = time.process_time() + MAX_ATTACHMENT_SECONDS
    for part in readable:
        name = f"{source.name}: {attachment_name(part)}"
        if time.process_time() > end:
            yield ArticleError(name, "reading the attachments before it took too long; add it as a file of its own")
            continue
        try:
            article = read_attachment(part, source, name)
        except ArticleValueError as error:
            yield ArticleError(name, str(error))
            continue
        article = replace(article, publisher=article.publisher or fields.get("publisher", ""))
        if article.published is None:
            article = replace(article, **dates)
        yield article if body else replace(article, warnings=(*article.warnings, *warnings))


def _parse(data: bytes) -> Message:
    reject_binary(data, max_nuls=len(data) // 100)
    if not _HEADER.match(data[:_MAX_HEADER_LENGTH]):
        raise ArticleValueError("not a mail: it does not begin with header fields such as From: and Date:")
    # Python's parser compares each line with the end marks of all parts around it.
    if data.count(b"\n") * data.lower().count(b"boundary") > MAX_COMPARISONS:
        raise ArticleValueError(_TOO_NESTED)
    try:
        # With the policy of old: that of today parses each field, which takes long for hostile ones.
        return message_from_bytes(data)
    except RecursionError:
        raise ArticleValueError(_TOO_NESTED) from None


def _leaf_parts(message: Message) -> list[Message]:
    """The parts that have content, in their order; those of a mail within the mail are not among them."""
    leaves: list[Message] = []
    stack = [message]
    while stack:
        part = stack.pop()
        children = part.get_payload() if part.is_multipart() and part.get_content_maintype() == "multipart" else None
        if isinstance(children, list):
            stack += [child for child in reversed(children) if isinstance(child, Message)]
        else:
            leaves.append(part)
        if len(leaves) + len(stack) > MAX_PARTS:
            raise ArticleValueError(f"the mail has more than {MAX_PARTS:,} parts; save its text as .txt")
    return leaves


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_type() not in {"text/plain", "text/html"}


def _read_body(bodies: list[Message], source: NamedStream, fields: ArticleFields) -> Article | None:
    """The article of the first part with HTML that has one, or else that of the first part with text, if any has."""
    pages = [part for part in bodies if part.get_content_type() == "text/html"]
    texts = [part for part in bodies if part.get_content_type() == "text/plain"]
    problem: ArticleValueError | None = None
    for part in pages:
        try:
            decoded = decode_part(part)
            article = article_from_page(decoded.text, source.name, source.text_limit, fields)
        except ArticleValueError as error:
            problem = error
        else:
            return replace(article, warnings=(*decoded.warnings, *article.warnings))
    for part in texts:
        decoded = decode_part(part)
        if not is_blank(decoded.text):
            text = check_text(_unwrap(part, decoded.text), source.text_limit)
            return Article(
                name=source.name, text=text, reader=READER, reader_version=VERSION, warnings=decoded.warnings, **fields
            )
    if problem:
        raise problem
    return None


def _unwrap(part: Message, text: str) -> str:
    """Join the lines of paragraphs, as RFC 3676 says where the mail follows it."""
    if str(part.get_param("format")).lower() == "flowed":
        joined = re.sub(r"(?m)(?<!^--) \r?\n(?!>)", "" if str(part.get_param("delsp")).lower() == "yes" else " ", text)
        return "\n".join(line.removeprefix(" ").rstrip() for line in joined.splitlines()).strip()
    return unwrap(text).strip()


def _read_fields(message: Message) -> ArticleFields:
    """Subject and sender. The sender's address is not stored: the authors of a source are public."""
    name, address = parseaddr(_header(message, "From"))
    fields: ArticleFields = {
        "title": first_line("title", [_header(message, "Subject")]),
        "authors": valid_authors([name]),
        "publisher": first_line("publisher", [_header(message, "Organization"), address.rpartition("@")[2]]),
        "language": first_language([_header(message, "Content-Language")]),
    }
    with suppress(ArticleValueError):
        fields["url"] = parse_url(_header(message, "Archived-At").strip("<> "))  # RFC 5064
    return fields


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    if len(value) > _MAX_HEADER_LENGTH:
        return ""
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return value


def _unread_warnings(attachments: list[Message]) -> list[ArticleWarning]:
    if not attachments:
        return []
    names = [attachment_name(part, _inner_subject(part)) for part in attachments[:_MAX_ATTACHMENTS_NAMED]]
    shown = ", ".join(names) + (" and others" if len(attachments) > len(names) else "")
    message = f"{len(attachments)} attachments were not read: {shown}. Save those that are articles, and add them."
    return [ArticleWarning(WarningCode.ATTACHMENTS, message)]


def _inner_subject(part: Message) -> str:
    inner = part.get_payload(0) if part.is_multipart() else None
    return _header(inner, "Subject") if isinstance(inner, Message) else ""
