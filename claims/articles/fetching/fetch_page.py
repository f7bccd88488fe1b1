"""Fetches one page, following its redirects."""

import http.client
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, TypedDict, overload

import urllib3
from urllib3.response import HTTPResponse

from claims.articles.fetching import robots
from claims.articles.fetching.addresses import PageAddress, parse_address, resolve_redirect
from claims.articles.fetching.connection import Deadline, open_connection
from claims.articles.fetching.content_decoding import decode_body
from claims.articles.fetching.errors import (
    BadAnswerError,
    FetchError,
    GoneError,
    MediaTypeError,
    NoAnswerError,
    RedirectError,
    RobotsError,
    StatusError,
    TooLargeError,
)
from claims.articles.fetching.exchange import FetchedPage, FetchPolicy, NotModified, Validators

CHUNK_BYTES: Final = 65_536
MAX_VALIDATOR_LENGTH: Final = 300
MAX_RETRY_AFTER: Final = timedelta(days=1)
PERMANENT_REDIRECTS: Final = {301, 308}
REDIRECTS: Final = {302, 303, 307, *PERMANENT_REDIRECTS}
RETRYABLE_STATUSES: Final = {408, 425, 429}
NO_PAGES: Final = {"image": "an image", "audio": "a sound", "video": "a video", "font": "a font"}


# For the address of a page: entered before its host is asked, left before another is. May raise HostBusyError.
Turn = Callable[[str], AbstractContextManager[None]]


class Addresses(TypedDict):
    """The addresses of a FetchedPage."""

    given_url: str
    url: str
    permanent_url: str


@overload
def fetch(url: str, *, policy: FetchPolicy, turn: Turn | None = None) -> FetchedPage: ...


@overload
def fetch(
    url: str, *, policy: FetchPolicy, validators: Validators | None, turn: Turn | None = None
) -> FetchedPage | NotModified: ...


def fetch(
    url: str, *, policy: FetchPolicy, validators: Validators | None = None, turn: Turn | None = None
) -> FetchedPage | NotModified:
    """Fetch an http or https URL. With `validators`, a site may answer that nothing changed.

    Each host is asked within its `turn`, if that is given, also for a redirect or a robots.txt. Raises a FetchError.
    """
    with ExitStack() as held:
        return _follow(url, policy, validators, _HeldTurn(turn, held))


class _HeldTurn:
    """The turn of the host that is being asked."""

    def __init__(self, turn: Turn | None, held: ExitStack) -> None:
        self._turn = turn
        self._held = held
        self._host = ""

    def take(self, address: PageAddress) -> None:
        """Take the turn of this address's host, if another's is held. Raises HostBusyError."""
        if self._turn and address.netloc != self._host:
            self._held.close()
            self._host = ""
            self._held.enter_context(self._turn(address.url))
            self._host = address.netloc


def _follow(url: str, policy: FetchPolicy, validators: Validators | None, turn: _HeldTurn) -> FetchedPage | NotModified:
    deadline = Deadline(policy.timeout_seconds)
    address = parse_address(url)
    permanent_url = address.url
    visited: list[str] = []
    while len(visited) <= policy.max_redirects:
        if address.url in visited:
            raise RedirectError(address.url, "the address redirects in a circle")
        visited.append(address.url)
        turn.take(address)
        with _described_failures(address, policy):
            if policy.obey_robots:
                _ask_robots(address, policy, deadline, turn)
            with _get(address, policy, deadline, validators) as response:
                location = response.headers.get("Location", "")
                if response.status not in REDIRECTS or not location:
                    addresses = Addresses(given_url=url, url=address.url, permanent_url=permanent_url)
                    return _read(response, addresses, policy, validators)
                is_permanent = response.status in PERMANENT_REDIRECTS and permanent_url == address.url
            address = resolve_redirect(address, location)
            permanent_url = address.url if is_permanent else permanent_url
    raise RedirectError(address.url, f"the address redirects more than {policy.max_redirects} times")


@contextmanager
def _get(
    address: PageAddress, policy: FetchPolicy, deadline: Deadline, validators: Validators | None
) -> Iterator[HTTPResponse]:
    """Send the request; yields the response with its body unread."""
    headers = {
        "Host": address.netloc,
        "User-Agent": policy.user_agent,
        "Accept": policy.accept,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if validators and validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    connection = open_connection(address, policy, deadline)
    try:
        connection.request("GET", address.target, headers=headers, preload_content=False, decode_content=False)
        with connection.getresponse() as response:
            yield response
    finally:
        connection.close()


def _read(
    response: HTTPResponse, addresses: Addresses, policy: FetchPolicy, validators: Validators | None
) -> FetchedPage | NotModified:
    now, url = datetime.now(UTC), addresses["url"]
    if response.status == HTTPStatus.NOT_MODIFIED and validators:
        return NotModified(**addresses, fetched_at=now)
    if response.status not in {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}:
        raise _status_error(response, url, now)
    content_type = response.headers.get("Content-Type", "")
    if described := NO_PAGES.get(content_type.partition("/")[0].strip().lower()):
        raise MediaTypeError(url, f"this is {described}, not a page")
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > policy.max_bytes):
        raise TooLargeError(url, f"the page is larger than {policy.max_bytes / 1_000_000:g} MB")
    body = decode_body(
        response.stream(CHUNK_BYTES, decode_content=False),
        response.headers.get("Content-Encoding", ""),
        url=url,
        limit=policy.max_bytes,
    )
    return FetchedPage(
        **addresses,
        body=body,
        content_type=content_type,
        validators=Validators(etag=_validator(response, "ETag"), last_modified=_validator(response, "Last-Modified")),
        fetched_at=now,
    )


def _validator(response: HTTPResponse, name: str) -> str:
    value = response.headers.get(name, "").strip()
    return value if len(value) <= MAX_VALIDATOR_LENGTH and value.isascii() and value.isprintable() else ""


def _status_error(response: HTTPResponse, url: str, now: datetime) -> StatusError:
    status = response.status
    if status == HTTPStatus.GONE:
        return GoneError(url, "the site says that the page was removed for good (410)", status=status)
    if status == HTTPStatus.NOT_FOUND:
        return StatusError(url, "the site has no such page (404)", status=status)
    if status in {401, 402, 403, 407, 451}:
        return StatusError(url, f"the site refuses access to the page ({status})", status=status)
    retryable = status in RETRYABLE_STATUSES or status >= 500
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        reason = "the site asks to be left alone for a while (429)"
    elif status >= 500:
        reason = f"the site has a fault of its own ({status})"
    else:
        reason = f"the site sent status {status} in place of the page"
    retry_at = _parse_retry_after(response.headers.get("Retry-After", ""), now) if retryable else None
    return StatusError(url, reason, status=status, retryable=retryable, retry_at=retry_at)


def _parse_retry_after(value: str, now: datetime) -> datetime | None:
    """The moment that a Retry-After header names, by seconds or a date; within a day from now. None without one."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        moment = now + timedelta(seconds=int(value))
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):  # all of which it raises for some nonsense
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, now), now + MAX_RETRY_AFTER)


def _ask_robots(address: PageAddress, policy: FetchPolicy, deadline: Deadline, turn: _HeldTurn) -> None:
    """Raise RobotsError if the site's robots.txt asks not to fetch the address, or cannot be read at present."""
    rules = robots.known_rules(address.site)
    if rules is None:
        robots_policy = replace(
            policy,
            obey_robots=False,
            accept="text/plain, */*;q=0.5",
            max_bytes=robots.MAX_ROBOTS_BYTES,
            timeout_seconds=deadline.remaining(),
        )
        robots_txt = _read_robots(f"{address.site}/robots.txt", robots_policy, turn)
        try:
            rules = robots.remember_rules(address.site, robots_txt)
        except ValueError as error:
            raise RobotsError(address.url, "the site's robots.txt has too many rules to be read") from error
        turn.take(address)  # another host may have it
    if not rules.allow(address.url):
        raise RobotsError(address.url, "the site's robots.txt asks not to fetch this address")


def _read_robots(url: str, policy: FetchPolicy, turn: _HeldTurn) -> bytes:
    """The content of a robots.txt; empty where there is none. RFC 9309: a site that has a fault forbids everything."""
    try:
        page = _follow(url, policy, None, turn)
    except (MediaTypeError, RedirectError):
        return b""
    except FetchError as error:
        if isinstance(error, StatusError) and not error.retryable:
            return b""
        if isinstance(error, StatusError | TooLargeError | BadAnswerError):
            raise RobotsError(
                url, f"the site's robots.txt cannot be read: {error.reason}", retryable=True, retry_at=error.retry_at
            ) from error
        raise
    return page.body if isinstance(page, FetchedPage) else b""


def crawl_delay(url: str) -> float:
    """Seconds between two requests that the site's robots.txt asks for, if it was read in the last hour."""
    rules = robots.known_rules(parse_address(url).site)
    return rules.crawl_delay if rules else 0


@contextmanager
def _described_failures(address: PageAddress, policy: FetchPolicy) -> Iterator[None]:
    """Turns what the network and the libraries raise into a FetchError."""
    try:
        yield
    except (TimeoutError, urllib3.exceptions.TimeoutError) as error:
        reason = f"the site did not send the page within {policy.timeout_seconds:.0f} seconds"
        raise NoAnswerError(address.url, reason, retryable=True) from error
    except ssl.SSLCertVerificationError as error:
        raise NoAnswerError(address.url, f"the site's certificate is not valid: {error.verify_message}") from error
    except (http.client.RemoteDisconnected, ConnectionError) as error:
        raise NoAnswerError(address.url, "the site closed the connection", retryable=True) from error
    except (ssl.SSLError, urllib3.exceptions.HTTPError, http.client.HTTPException) as error:
        raise BadAnswerError(address.url, "the answer breaks off or is not valid", retryable=True) from error
    except OSError as error:
        raise NoAnswerError(address.url, f"no connection to {address.host}", retryable=True) from error
