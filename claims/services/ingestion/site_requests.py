"""Requests to other sites: one at a time to each, with a pause between two, whatever the number of processes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from anyascii import anyascii
from django.conf import settings
from django.utils import timezone

from claims.articles.fetching import (
    DEFAULT_PORTS,
    PAGES,
    FetchedPage,
    FetchError,
    FetchPolicy,
    HostBusyError,
    NotModified,
    Validators,
    crawl_delay,
    fetch,
    host_of,
)
from claims.models import HostTurn
from claims.version import software_version

LEASE = timedelta(seconds=45)  # longer than a request takes
FORGOTTEN_AFTER = timedelta(days=1)
PATIENCE = timedelta(seconds=5)  # what is waited for a turn before the request is put off
PUT_OFF = timedelta(seconds=5)  # while another process asks the host
SECONDS_BETWEEN_ATTEMPTS = 0.2


def request_page(
    url: str, *, obey_robots: bool, accept: str = PAGES, validators: Validators | None = None
) -> FetchedPage | NotModified:
    """Fetch an address when it is its host's turn, and that of each host it redirects to, within the site's settings.

    `obey_robots` is for what nobody asked for, such as feeds. Raises HostBusyError if a host cannot be asked within
    seconds, and any other FetchError. Not to be called inside a transaction.
    """
    policy = fetch_policy(obey_robots=obey_robots, accept=accept)
    return fetch(url, policy=policy, validators=validators, turn=partial(_turn, obey_robots=obey_robots))


def fetch_policy(*, obey_robots: bool, accept: str = PAGES) -> FetchPolicy:
    """What the settings of the site allow a fetch to do."""
    return FetchPolicy(
        user_agent=user_agent(),
        accept=accept,
        ports=DEFAULT_PORTS | settings.FACTBASE_FETCH_PORTS,
        allow_private=settings.FACTBASE_FETCH_PRIVATE,
        obey_robots=obey_robots,
    )


def user_agent() -> str:
    """Names the software, and the newsroom that sites may write to."""
    name = "".join(character for character in anyascii(settings.FACTBASE_SITE_NAME) if character not in "();")
    about = [name, f"+{settings.FACTBASE_BASE_URL}", settings.FACTBASE_CONTACT]
    return f"factbase/{software_version()} ({'; '.join(filter(None, about))})"


@contextmanager
def _turn(url: str, *, obey_robots: bool) -> Iterator[None]:
    """Holds the host of the address. Afterwards it is left alone for a while, or for as long as it asks."""
    host = host_of(url)
    _wait_for_turn(host, url)
    pause_until = None
    try:
        yield
    except FetchError as error:
        pause_until = error.retry_at
        raise
    finally:
        now = timezone.now()
        delay = max(settings.FACTBASE_FETCH_DELAY, crawl_delay(url) if obey_robots else 0)
        pause = now + timedelta(seconds=delay)
        HostTurn.objects.filter(host=host).update(leased_until=now, paused_until=max(pause, pause_until or now))


def _wait_for_turn(host: str, url: str) -> None:
    patience_ends = timezone.now() + PATIENCE
    while turn := _take_turn(host):
        now = timezone.now()
        if turn.paused_until > patience_ends or now >= patience_ends:
            retry_at = max(turn.paused_until, now + PUT_OFF)
            raise HostBusyError(url, f"{host} is not asked before its next turn", retryable=True, retry_at=retry_at)
        time.sleep(SECONDS_BETWEEN_ATTEMPTS)


def _take_turn(host: str) -> HostTurn | None:
    """Take the host. Returns None, or who has it."""
    now = timezone.now()
    leased_until = now + LEASE
    free = HostTurn.objects.filter(host=host, leased_until__lte=now, paused_until__lte=now)
    if free.update(leased_until=leased_until):
        return None
    turn, is_new = HostTurn.objects.get_or_create(host=host, defaults={"leased_until": leased_until})
    if is_new:
        long_ago = now - FORGOTTEN_AFTER
        HostTurn.objects.filter(leased_until__lt=long_ago, paused_until__lt=long_ago).delete()
        return None
    return turn
