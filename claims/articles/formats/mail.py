"""Reads `.eml` files: the HTML of a mail, or else its plain text. Attachments are listed in a warning, not read."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Final

from claims.articles.article import Article, ArticleFields, ArticleValueError, ArticleWarning, WarningCode
from claims.articles.formats.paragraphs import unwrap
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import first_language, first_line, normalize_line, parse_url, valid_authors
from claims.articles.publication_dates import choose_publication_date
from claims.articles.text_checks import check_text, is_blank, reject_binary
from claims.articles.web.charset import DecodedPage, decode_page
from claims.articles.web.web_page import article_from_page

READER: Final = "mail"
VERSION: Final = "1"

MAX_PARTS: Final = 500
MAX_COMPARISONS: Final = 10_000_000  # 5 s; a mail of 10 MB with ten parts has 1,400,000
_TOO_NESTED: Final = "the mail has too many parts in each other; save its text as .txt"
_MAX_HEADER_LENGTH: Final = 5_000  # characters; longer ones are not decoded
_MAX_ATTACHMENTS_NAMED: Final = 10
_ENCRYPTED: Final = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")


def read_mail(source: NamedStream) -> Iterator[Article]:
    """Yield the article of a mail. Raises ArticleValueError for one that is encrypted or has no text."""
    data = source.read_whole()
    reject_binary(data, max_nuls=len(data) // 100)
    if not _HEADER.match(data[:_MAX_HEADER_LENGTH]):
        raise ArticleValueError("not a mail: it does not begin with header fields such as From: and Date:")
    # Python's parser compares each line with the end marks of all parts around it.
    if data.count(b"\n") * data.lower().count(b"boundary") > MAX_COMPARISONS:
        raise ArticleValueError(_TOO_NESTED)
    try:
        # With the policy of old: that of today parses each field, which takes long for hostile ones.
        message = message_from_bytes(data)
    except RecursionError:
        raise ArticleValueError(_TOO_NESTED) from None
    parts = _leaf_parts(message)
    if any(part.get_content_type() in _ENCRYPTED for part in (message, *parts)):
        raise ArticleValueError("the mail is encrypted; save its text as .txt")
    article = _read_body([part for part in parts if not _is_attachment(part)], source, _read_fields(message))
    attachments = [_attachment_name(part) for part in parts if _is_attachment(part)]
    choice = choose_publication_date([_header(message, "Date")])
    yield replace(
        article,
        published=choice.day,
        published_at=choice.moment,
        suggested_published=None,
        warnings=(*article.warnings, *choice.warnings, *_attachment_warnings(attachments)),
    )


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


def _read_body(bodies: list[Message], source: NamedStream, fields: ArticleFields) -> Article:
    """The article of the first part with HTML that has one, or else that of the first part with text."""
    pages = [part for part in bodies if part.get_content_type() == "text/html"]
    texts = [part for part in bodies if part.get_content_type() == "text/plain"]
    problem = ArticleValueError("empty: the mail contains no text")
    for part in pages:
        try:
            decoded = _decode_part(part)
            article = article_from_page(decoded.text, source.name, source.text_limit, fields)
        except ArticleValueError as error:
            problem = error
        else:
            return replace(article, warnings=(*decoded.warnings, *article.warnings))
    for part in texts:
        decoded = _decode_part(part)
        if not is_blank(decoded.text):
            text = check_text(_unwrap(part, decoded.text), source.text_limit)
            return Article(
                name=source.name, text=text, reader=READER, reader_version=VERSION, warnings=decoded.warnings, **fields
            )
    raise problem


def _decode_part(part: Message) -> DecodedPage:
    content = part.get_payload(decode=True)
    return decode_page(content if isinstance(content, bytes) else b"", part.get_content_charset() or "")


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


def _attachment_name(part: Message) -> str:
    name = part.get_filename() or ""
    inner = part.get_payload(0) if part.is_multipart() else None
    subject = _header(inner, "Subject") if isinstance(inner, Message) else ""
    return normalize_line(name or subject or part.get_content_type())


def _attachment_warnings(names: list[str]) -> list[ArticleWarning]:
    if not names:
        return []
    shown = ", ".join(names[:_MAX_ATTACHMENTS_NAMED]) + (" and others" if len(names) > _MAX_ATTACHMENTS_NAMED else "")
    message = f"{len(names)} attachments were not read: {shown}. Save those that are articles, and add them."
    return [ArticleWarning(WarningCode.ATTACHMENTS, message)]
