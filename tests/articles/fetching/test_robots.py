from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from claims.articles.fetching import FetchPolicy, NoAnswerError, RobotsError, StatusError, crawl_delay, fetch, robots
from tests.articles.fetching.loopback_site import LoopbackSite, serve_site

POLICY = FetchPolicy(user_agent="factbase/test (+https://facts.example.org)", allow_private=True, obey_robots=True)
DISALLOWED = b"User-agent: *\nDisallow: /private\n"


def test_robots_txt_is_asked_once_for_many_pages(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": DISALLOWED, "/a": b"a", "/b": b"b"}
    fetch(site.url("/a"), policy=POLICY)
    fetch(site.url("/b"), policy=POLICY)
    assert site.paths == ["/robots.txt", "/a", "/b"]


def test_robots_txt_is_read_anew_when_it_has_expired(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "_KEPT_SECONDS", 0)
    site.pages |= {"/robots.txt": DISALLOWED, "/a": b"a"}
    fetch(site.url("/a"), policy=POLICY)
    fetch(site.url("/a"), policy=POLICY)
    assert site.paths == ["/robots.txt", "/a"] * 2


@pytest.mark.parametrize(
    ("robots_txt", "allowed"),
    [
        (DISALLOWED, False),
        (b"\xef\xbb\xbf" + DISALLOWED, False),
        (b"User-agent: factbase\nDisallow: /private\n\nUser-agent: *\nDisallow:\n", False),
        (b"User-agent: factbase\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        (b"User-agent: otherbot\nDisallow: /\n", True),
        (b"User-agent: *\nDisallow: /*/page$\n", False),
        (b"\xff\xfe nonsense \x00", True),
        (b"<html>not found</html>", True),
        (b"\n", True),
    ],
)
def test_what_robots_txt_forbids_is_not_fetched(site: LoopbackSite, robots_txt: bytes, *, allowed: bool) -> None:
    site.pages |= {"/robots.txt": robots_txt, "/private/page": b"page"}
    if allowed:
        assert fetch(site.url("/private/page"), policy=POLICY).body == b"page"
    else:
        with pytest.raises(RobotsError) as error:
            fetch(site.url("/private/page"), policy=POLICY)
        assert not error.value.retryable
        assert site.paths == ["/robots.txt"]
    assert fetch(site.url("/private/page"), policy=replace(POLICY, obey_robots=False)).body == b"page"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_txt_forbids_nothing(site: LoopbackSite, status: int) -> None:
    site.pages |= {"/robots.txt": lambda exchange: exchange.send(status), "/a": b"a"}
    assert fetch(site.url("/a"), policy=POLICY).body == b"a"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_fails_is_asked_later(site: LoopbackSite, status: int) -> None:
    site.pages |= {"/robots.txt": lambda exchange: exchange.send(status, Retry_After="60"), "/a": b"a"}
    with pytest.raises(RobotsError) as error:
        fetch(site.url("/a"), policy=POLICY)
    assert error.value.retryable
    assert error.value.retry_at
    assert site.paths == ["/robots.txt"]


def test_a_redirect_to_another_site_asks_that_one_too(site: LoopbackSite) -> None:
    with serve_site() as other:
        other.pages |= {"/robots.txt": DISALLOWED, "/private": b"page"}
        site.pages["/"] = lambda exchange: exchange.redirect(other.url("/private"))
        with pytest.raises(RobotsError):
            fetch(site.url(), policy=POLICY)
        assert other.paths == ["/robots.txt"]


def test_a_redirect_of_robots_txt_is_followed(site: LoopbackSite) -> None:
    site.pages |= {
        "/robots.txt": lambda exchange: exchange.redirect("/rules"),
        "/rules": DISALLOWED,
        "/private": b"page",
    }
    with pytest.raises(RobotsError):
        fetch(site.url("/private"), policy=POLICY)


def test_a_circle_of_redirects_is_no_robots_txt(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": lambda exchange: exchange.redirect("/robots.txt"), "/a": b"a"}
    assert fetch(site.url("/a"), policy=POLICY).body == b"a"


@pytest.mark.parametrize(
    "robots_txt",
    [
        pytest.param(b"User-agent: a\n" * 10_000 + b"Disallow: /b\n" * 10_000, id="many rules for many agents"),
        pytest.param(b"x" * (robots.MAX_ROBOTS_BYTES + 1), id="too large"),
    ],
)
def test_a_hostile_robots_txt_is_refused(site: LoopbackSite, robots_txt: bytes) -> None:
    site.pages |= {"/robots.txt": robots_txt, "/a": b"a"}
    with pytest.raises(RobotsError):
        fetch(site.url("/a"), policy=POLICY)


def test_a_slow_robots_txt_counts_in_the_deadline(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": lambda exchange: exchange.send_slowly(b"x" * 500), "/a": b"a"}
    with pytest.raises(NoAnswerError):
        fetch(site.url("/a"), policy=replace(POLICY, timeout_seconds=0.3))


@pytest.mark.parametrize(
    ("robots_txt", "seconds"),
    [
        (b"User-agent: *\nCrawl-delay: 10\n", 10),
        (b"User-agent: *\nCrawl-delay: 0.5\nDisallow: /private\n", 0.5),
        (b"User-agent: otherbot\nCrawl-delay: 10\n", 0),
        (b"User-agent: factbase\nCrawl-delay: 20\n\nUser-agent: *\nCrawl-delay: 10\n", 20),
        (b"User-agent: *\nCrawl-delay: 86400\n", robots.MAX_CRAWL_DELAY),
        (b"User-agent: *\nCrawl-delay: inf\n", 0),
        (b"User-agent: *\nCrawl-delay: nan\n", 0),
        (b"User-agent: *\nCrawl-delay: -5\n", 0),
        (b"User-agent: *\nCrawl-delay: soon\n", 0),
        (DISALLOWED, 0),
        (b"", 0),
    ],
)
def test_a_site_asks_for_time_between_requests(site: LoopbackSite, robots_txt: bytes, seconds: float) -> None:
    site.pages |= {"/robots.txt": robots_txt, "/a": b"a"}
    assert crawl_delay(site.url("/a")) == 0
    fetch(site.url("/a"), policy=POLICY)
    assert crawl_delay(site.url("/a")) == seconds


def test_each_host_is_asked_in_its_turn(site: LoopbackSite) -> None:
    """Also where a redirect leads to another, or its robots.txt does."""
    turns: list[str] = []

    @contextmanager
    def turn(url: str) -> Iterator[None]:
        turns.append(f"take {url}")
        yield
        turns.append(f"leave {url}")

    with serve_site() as other:
        site.pages |= {"/": lambda exchange: exchange.redirect("/b"), "/b": lambda e: e.redirect(other.url("/c"))}
        other.pages |= {"/robots.txt": lambda e: e.redirect(site.url("/rules")), "/c": b"page"}
        fetch(site.url(), policy=POLICY, turn=turn)
        assert [*site.paths, *other.paths] == ["/robots.txt", "/", "/b", "/rules", "/robots.txt", "/c"]
        hosts = [site.url(), other.url("/c"), site.url("/rules"), other.url("/c")]
    assert turns == [f"{what} {url}" for url in hosts for what in ("take", "leave")]


def test_few_sites_are_remembered(site: LoopbackSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "_KEPT_SITES", 2)
    for host in "abc":
        robots.remember_rules(f"https://{host}.example", DISALLOWED)
    assert not robots.known_rules("https://a.example")
    assert robots.known_rules("https://b.example")


def test_a_missing_page_is_not_a_missing_robots_txt(site: LoopbackSite) -> None:
    with pytest.raises(StatusError):
        fetch(site.url("/missing"), policy=POLICY)
