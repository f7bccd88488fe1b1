"""Fetches pages and feeds. The only package that opens connections to other sites.

    page = fetch("https://news.example.org/story", policy=FetchPolicy(user_agent="factbase/0.1 (+https://…)"))

Raises a FetchError that says why, and whether and when to try again.
"""

from claims.articles.fetching.addresses import host_of
from claims.articles.fetching.errors import (
    AddressRefusedError,
    BadAnswerError,
    FetchError,
    FetchProblem,
    GoneError,
    HostBusyError,
    MediaTypeError,
    NoAnswerError,
    RedirectError,
    RobotsError,
    StatusError,
    TooLargeError,
)
from claims.articles.fetching.exchange import (
    DEFAULT_PORTS,
    FEEDS,
    PAGES,
    FetchedPage,
    FetchPolicy,
    NotModified,
    Validators,
)
from claims.articles.fetching.fetch_page import Turn, crawl_delay, fetch

__all__ = [
    "DEFAULT_PORTS",
    "FEEDS",
    "PAGES",
    "AddressRefusedError",
    "BadAnswerError",
    "FetchError",
    "FetchPolicy",
    "FetchProblem",
    "FetchedPage",
    "GoneError",
    "HostBusyError",
    "MediaTypeError",
    "NoAnswerError",
    "NotModified",
    "RedirectError",
    "RobotsError",
    "StatusError",
    "TooLargeError",
    "Turn",
    "Validators",
    "crawl_delay",
    "fetch",
    "host_of",
]
