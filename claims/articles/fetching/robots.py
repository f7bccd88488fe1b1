"""What the robots.txt of a site asks for, kept for an hour."""

import threading
import time
from dataclasses import dataclass
from typing import Final

from protego import Protego

MAX_CRAWL_DELAY: Final = 60  # seconds; some ask for a day, which would make a feed's articles news of last month
PRODUCT: Final = "factbase"  # the name that a robots.txt addresses
MAX_ROBOTS_BYTES: Final = 512_000  # RFC 9309 has crawlers read 500 KiB at least
_KEPT_SECONDS: Final = 3_600
_KEPT_SITES: Final = 1_000
_MAX_RULES: Final = 2_000_000  # lines times user agents: the parser copies each rule of a group to each of its agents


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules of a site; without `parsed`, it has none."""

    parsed: Protego | None
    expires: float

    def allow(self, url: str) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(url, PRODUCT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests that the site asks for, MAX_CRAWL_DELAY at most."""
        seconds = self.parsed.crawl_delay(PRODUCT) if self.parsed else None
        return min(seconds, MAX_CRAWL_DELAY) if seconds and seconds > 0 else 0  # some ask for "nan"


_rules: dict[str, RobotRules] = {}
_lock = threading.Lock()


def known_rules(site: str) -> RobotRules | None:
    """The rules of a site (scheme, host and port) if they were read in the last hour."""
    rules = _rules.get(site)
    return rules if rules and rules.expires > time.monotonic() else None


def remember_rules(site: str, robots_txt: bytes) -> RobotRules:
    """Parse a robots.txt. Raises ValueError for one that was made to be slow."""
    text = robots_txt.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.lower().splitlines()
    if len(lines) * sum("agent" in line for line in lines) > _MAX_RULES:
        raise ValueError("too many rules")
    rules = RobotRules(Protego.parse(text) if lines else None, time.monotonic() + _KEPT_SECONDS)
    with _lock:
        while len(_rules) >= _KEPT_SITES:
            del _rules[next(iter(_rules))]
        _rules.pop(site, None)
        _rules[site] = rules
    return rules


def forget_rules() -> None:
    with _lock:
        _rules.clear()
