"""What a fetch may do, and what it returns."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from typing import Final

DEFAULT_PORTS: Final = frozenset({80, 443})
PAGES: Final = "text/html, application/xhtml+xml, application/json;q=0.9, */*;q=0.8"
FEEDS: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """What a fetch may do.

    `user_agent` names this software and whom to write to; `accept` is the header with the media types wanted.
    `max_bytes` bounds the decompressed body, `timeout_seconds` the whole fetch with its redirects. `allow_private` lets
    it into private networks and to the machine itself, where any port may be fetched; addresses of cloud metadata are
    refused even then. `obey_robots` asks robots.txt first: for what is fetched without an editor's request.
    """

    user_agent: str
    accept: str = PAGES
    ports: frozenset[int] = DEFAULT_PORTS
    allow_private: bool = False
    obey_robots: bool = False
    max_bytes: int = 10_000_000
    timeout_seconds: float = 30
    max_redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a site said of the version it sent, to ask whether there is a newer one."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """A page as it was sent, decompressed.

    `given_url` is the address asked for, `url` where redirects led, and `permanent_url` as far as they were permanent.
    `content_type` is the header as sent.
    """

    given_url: str
    url: str
    permanent_url: str
    body: bytes = field(repr=False)
    content_type: str
    validators: Validators
    fetched_at: datetime

    @property
    def media_type(self) -> str:
        """The media type in lower case; empty if the site does not say it."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The label of the charset as sent; empty without one."""
        message = Message()
        message["Content-Type"] = self.content_type
        charset = message.get_param("charset")
        return charset.strip() if isinstance(charset, str) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The site says that the version known by its validators is still the current one."""

    given_url: str
    url: str
    permanent_url: str
    fetched_at: datetime
