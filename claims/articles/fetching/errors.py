"""Why an address could not be fetched. Each error says whether it is worth trying again, and when."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class FetchProblem(StrEnum):
    """The code of a FetchError, for rules; `reason` is for people."""

    ADDRESS = "address"  # not an address that may be fetched
    REDIRECTS = "redirects"
    TOO_LARGE = "too-large"
    MEDIA_TYPE = "media-type"
    ROBOTS = "robots"
    STATUS = "status"
    GONE = "gone"
    NO_ANSWER = "no-answer"
    BAD_ANSWER = "bad-answer"
    BUSY = "busy"  # the request was put off, not made


class FetchError(Exception):
    """An address could not be fetched.

    `url` is the address that failed: the one asked for, or where a redirect led. `reason` is a sentence for editors.
    `retryable` says whether another attempt may succeed, and `retry_at` when the site asked to be left alone until;
    without it, the caller decides.
    """

    problem: ClassVar[FetchProblem]

    def __init__(self, url: str, reason: str, *, retryable: bool = False, retry_at: datetime | None = None) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.retryable = retryable
        self.retry_at = retry_at


class AddressRefusedError(FetchError):
    """The address is invalid, has a scheme or port that is not fetched, or leads into a private network."""

    problem = FetchProblem.ADDRESS


class RedirectError(FetchError):
    """Too many redirects, a circle of them, or one that leads nowhere."""

    problem = FetchProblem.REDIRECTS


class TooLargeError(FetchError):
    """The body, decompressed, exceeds the limit."""

    problem = FetchProblem.TOO_LARGE


class MediaTypeError(FetchError):
    """The answer is an image, a sound, a film or a font."""

    problem = FetchProblem.MEDIA_TYPE


class RobotsError(FetchError):
    """The site's robots.txt asks not to fetch the address, or cannot be read."""

    problem = FetchProblem.ROBOTS


class StatusError(FetchError):
    """The site answered with `status`, which is not a success."""

    problem = FetchProblem.STATUS

    def __init__(
        self, url: str, reason: str, *, status: int, retryable: bool = False, retry_at: datetime | None = None
    ) -> None:
        super().__init__(url, reason, retryable=retryable, retry_at=retry_at)
        self.status = status


class GoneError(StatusError):
    """The site says that the page was removed for good (410)."""

    problem = FetchProblem.GONE


class NoAnswerError(FetchError):
    """The name is unknown, no connection was made, or the time was up."""

    problem = FetchProblem.NO_ANSWER


class BadAnswerError(FetchError):
    """The answer is not HTTP, breaks off, or is encoded in a way that was not asked for."""

    problem = FetchProblem.BAD_ANSWER


class HostBusyError(FetchError):
    """Another request to the same host is running, or the pause after one is not over."""

    problem = FetchProblem.BUSY
