"""Fetching from a site on this machine that answers well, badly, slowly and with malice."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event

import pytest

from claims.articles.fetching import (
    AddressRefusedError,
    BadAnswerError,
    FetchedPage,
    FetchError,
    FetchPolicy,
    GoneError,
    MediaTypeError,
    NoAnswerError,
    NotModified,
    RedirectError,
    StatusError,
    TooLargeError,
    Validators,
    fetch,
)
from claims.articles.fetching.connection import _tls_context
from tests.articles.fetching.loopback_site import Answer, Exchange, LoopbackSite, serve_silence, serve_site

POLICY = FetchPolicy(user_agent="factbase/test (+https://facts.example.org)", allow_private=True)
IMPATIENT = FetchPolicy(user_agent="factbase/test", allow_private=True, timeout_seconds=0.5)
SMALL = FetchPolicy(user_agent="factbase/test", allow_private=True, max_bytes=100_000)
PAGE = "<p>“Prices rise,” she said.</p>".encode()


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    return lambda exchange: exchange.send(status, body, **headers)


def redirect(location: str, status: int = 302) -> Answer:
    return lambda exchange: exchange.redirect(location, status)


def raw(data: bytes) -> Answer:
    def send(exchange: Exchange) -> None:
        exchange.close_connection = True
        exchange.wfile.write(data)

    return send


def test_a_page_is_fetched_as_it_was_sent(site: LoopbackSite) -> None:
    site.pages["/story"] = answer(body=PAGE, ETag='"1"', Last_Modified="Fri, 27 Nov 2026 10:00:00 GMT")
    page = fetch(site.url("/story#top"), policy=POLICY)
    assert (page.body, page.media_type, page.charset) == (PAGE, "text/html", "utf-8")
    assert page.given_url == site.url("/story#top")
    assert page.url == page.permanent_url == site.url("/story")
    assert page.validators == Validators(etag='"1"', last_modified="Fri, 27 Nov 2026 10:00:00 GMT")
    [(_, headers)] = site.requests
    assert headers["User-Agent"] == POLICY.user_agent
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert "Cookie" not in headers


def test_no_cookie_is_sent_back(site: LoopbackSite) -> None:
    site.pages["/"] = lambda exchange: exchange.send(302, Location="/next", Set_Cookie="session=1")
    site.pages["/next"] = PAGE
    fetch(site.url(), policy=POLICY)
    assert "Cookie" not in site.requests[1][1]


def deflated(body: bytes, wbits: int) -> bytes:
    compressor = zlib.compressobj(wbits=wbits)
    return compressor.compress(body) + compressor.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:])),
        ("deflate", deflated(PAGE, zlib.MAX_WBITS)),
        ("deflate", deflated(PAGE, -zlib.MAX_WBITS)),
        ("identity", PAGE),
    ],
    ids=["gzip", "capitals", "x-gzip", "two members", "zlib", "bare deflate", "identity"],
)
def test_a_compressed_page_is_decompressed(site: LoopbackSite, encoding: str, body: bytes) -> None:
    site.pages["/"] = answer(body=body, Content_Encoding=encoding)
    assert fetch(site.url(), policy=POLICY).body == PAGE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", PAGE),
        ("zstd", PAGE),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("gzip", PAGE),
        ("deflate", PAGE),
    ],
    ids=["br", "zstd", "gzip twice", "not gzip", "not deflate"],
)
def test_other_compressions_and_damaged_ones_are_refused(site: LoopbackSite, encoding: str, body: bytes) -> None:
    site.pages["/"] = answer(body=body, Content_Encoding=encoding)
    with pytest.raises(BadAnswerError):
        fetch(site.url(), policy=POLICY)


def test_a_page_in_chunks_is_put_together(site: LoopbackSite) -> None:
    site.pages["/"] = raw(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    )
    assert fetch(site.url(), policy=POLICY).body == b"hello world"


# --- Sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [100_000, 0])
def test_a_page_of_the_largest_size_is_fetched(site: LoopbackSite, size: int) -> None:
    site.pages["/"] = answer(body=b"x" * size)
    assert len(fetch(site.url(), policy=SMALL).body) == size


def endless(exchange: Exchange) -> None:
    exchange.close_connection = True
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not exchange.site.stopped.is_set():
        exchange.wfile.write(b"x" * 10_000)


def endless_members(exchange: Exchange) -> None:
    exchange.close_connection = True
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while not exchange.site.stopped.is_set():
        exchange.wfile.write(gzip.compress(b"") * 500)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(answer(body=b"x" * 100_001), id="said"),
        pytest.param(answer(Content_Length="9" * 4_000), id="said to be absurd"),
        pytest.param(endless, id="endless"),
        pytest.param(answer(body=gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"), id="a bomb"),
        pytest.param(answer(body=deflated(b"x" * 50_000_000, -15), Content_Encoding="deflate"), id="a bomb, deflated"),
        pytest.param(endless_members, id="a bomb of nothing"),
    ],
)
def test_a_larger_page_stops_at_the_limit(site: LoopbackSite, page: Answer) -> None:
    site.pages["/"] = page
    with pytest.raises(TooLargeError) as error:
        fetch(site.url(), policy=SMALL)
    assert error.value.reason == "the page is larger than 0.1 MB"
    assert not error.value.retryable


# --- Time -------------------------------------------------------------------------------------------------------------

SLOW: dict[str, Callable[[Exchange], None]] = {
    "headers": lambda exchange: exchange.send_slowly(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200),
    "status": lambda exchange: exchange.send_slowly(b"HTTP/1.1 100 Continue\r\n\r\n" * 20),
    "body": lambda exchange: exchange.send_slowly(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + b"x" * 500),
    "endless body": lambda exchange: exchange.send_slowly(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500),
    "chunks": lambda exchange: exchange.send_slowly(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100
    ),
}


@pytest.mark.parametrize("part", SLOW)
def test_a_slow_site_has_one_deadline_for_everything(site: LoopbackSite, part: str) -> None:
    site.pages["/"] = SLOW[part]
    with pytest.raises(NoAnswerError) as error:
        fetch(site.url(), policy=IMPATIENT)
    assert not site.is_sent_whole
    assert error.value.retryable


def test_slow_redirects_share_the_deadline(site: LoopbackSite) -> None:
    def send_on(exchange: Exchange) -> None:
        exchange.site.stopped.wait(0.2)
        exchange.redirect(f"{exchange.path}x")

    site.pages.update({"/" + "x" * count: send_on for count in range(5)})
    with pytest.raises(NoAnswerError):
        fetch(site.url(), policy=IMPATIENT)
    assert len(site.requests) <= 3


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_site_that_says_nothing_is_left(scheme: str) -> None:
    with serve_silence() as port, pytest.raises(NoAnswerError) as error:
        fetch(f"{scheme}://127.0.0.1:{port}/", policy=IMPATIENT)
    assert error.value.retryable


def test_a_slow_name_server_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    may_answer, answers = Event(), []

    def answer_late(*_args: object, **_kwargs: object) -> list[object]:
        answers.append(may_answer.wait(60))
        return []

    monkeypatch.setattr(socket, "getaddrinfo", answer_late)
    with pytest.raises(NoAnswerError):
        fetch("https://example.org/", policy=IMPATIENT)
    assert not answers
    may_answer.set()


# --- Machines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
    ],
)
def test_the_private_network_is_closed(site: LoopbackSite, url: str) -> None:
    site.pages["/"] = PAGE
    with pytest.raises(AddressRefusedError) as error:
        fetch(url.format(port=site.port), policy=FetchPolicy(user_agent="factbase/test"))
    assert "private network" in error.value.reason
    assert not site.requests
    assert not error.value.retryable


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """What the name server says: for each name a list of answers, one for each time it is asked; the last one stays."""
    answers: dict[str, list[list[str]]] = {}

    def look_up(host: str, port: int, **_kwargs: object) -> list[tuple[object, ...]]:
        if host not in answers:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        ips = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [(0, 0, 0, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answers


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch, site: LoopbackSite) -> Iterator[list[str]]:
    """The machines that were connected to; public ones are played by the site."""
    opened: list[str] = []
    connect = socket.socket.connect

    def record(self: socket.socket, target: tuple[str, int]) -> None:
        opened.append(target[0])
        connect(self, ("127.0.0.1", site.port))

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", record)
        yield opened


PUBLIC_POLICY = FetchPolicy(user_agent="factbase/test")


def test_the_name_is_resolved_once(
    site: LoopbackSite, names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    names["rebinding.example"] = [["93.184.215.14"], ["127.0.0.1"]]
    site.pages["/"] = PAGE
    assert fetch("http://rebinding.example/", policy=PUBLIC_POLICY).body == PAGE
    assert connections == ["93.184.215.14"]
    with pytest.raises(AddressRefusedError):
        fetch("http://rebinding.example/", policy=PUBLIC_POLICY)


def test_each_redirect_is_checked_anew(
    site: LoopbackSite, names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    names["rebinding.example"] = [["93.184.215.14"], ["10.0.0.1"]]
    site.pages["/"] = redirect("/inside")
    site.pages["/inside"] = PAGE
    with pytest.raises(AddressRefusedError):
        fetch("http://rebinding.example/", policy=PUBLIC_POLICY)
    assert connections == ["93.184.215.14"]


def test_of_a_name_with_several_machines_only_those_outside_are_asked(
    site: LoopbackSite, names: dict[str, list[list[str]]], connections: list[str]
) -> None:
    names["mixed.example"] = [["127.0.0.1", "169.254.169.254", "93.184.215.14"]]
    site.pages["/"] = PAGE
    fetch("http://mixed.example/", policy=PUBLIC_POLICY)
    assert connections == ["93.184.215.14"]


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_other_ports_are_refused(names: dict[str, list[list[str]]], connections: list[str], port: int) -> None:
    names["example.org"] = [["93.184.215.14"]]
    with pytest.raises(AddressRefusedError) as error:
        fetch(f"http://example.org:{port}/", policy=PUBLIC_POLICY)
    assert error.value.reason == f"port {port} is not fetched"
    assert not connections


@pytest.mark.parametrize("url", ["http://nowhere.example/", "http://nowhere.example:8080/"])
def test_an_unknown_name_is_said(names: dict[str, list[list[str]]], url: str) -> None:
    with pytest.raises(NoAnswerError) as error:
        fetch(url, policy=PUBLIC_POLICY)
    assert error.value.reason == "there is no site named nowhere.example"
    assert not error.value.retryable


def test_a_closed_port_is_said() -> None:
    with serve_silence() as port:
        pass
    with pytest.raises(NoAnswerError) as error:
        fetch(f"http://127.0.0.1:{port}/", policy=POLICY)
    assert error.value.retryable


# --- Redirects --------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_permanent_ones_told_apart(site: LoopbackSite) -> None:
    site.pages["/a"] = redirect("/b", 301)
    site.pages["/b"] = redirect("/c", 308)
    site.pages["/c"] = redirect("/d", 307)
    site.pages["/d"] = redirect("/e", 301)
    site.pages["/e"] = redirect("/f", 303)
    site.pages["/f"] = PAGE
    page = fetch(site.url("/a"), policy=POLICY)
    assert (page.given_url, page.permanent_url, page.url) == (site.url("/a"), site.url("/c"), site.url("/f"))


def test_a_sixth_redirect_is_refused(site: LoopbackSite) -> None:
    site.pages.update({f"/{count}": redirect(f"/{count + 1}") for count in range(6)})
    site.pages["/6"] = PAGE
    assert fetch(site.url("/1"), policy=POLICY).body == PAGE
    with pytest.raises(RedirectError):
        fetch(site.url("/0"), policy=POLICY)


@pytest.mark.parametrize("location", ["/", "#here", "", "/circle"])
def test_a_circle_is_refused(site: LoopbackSite, location: str) -> None:
    site.pages["/"] = redirect(location)
    site.pages["/circle"] = redirect("/")
    with pytest.raises((RedirectError, StatusError)):
        fetch(site.url(), policy=POLICY)
    assert len(site.requests) <= 2


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "//169.254.169.254/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00:ec2::254]/",
        "file:///etc/passwd",
        "http://user:password@127.0.0.1/",
    ],
)
def test_a_redirect_out_of_bounds_is_refused(
    site: LoopbackSite, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = redirect(location)
    connect, connected_to = socket.socket.connect, []

    def record(self: socket.socket, address: object) -> None:
        connected_to.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", record)
    with pytest.raises(AddressRefusedError):
        fetch(site.url(), policy=POLICY)
    assert connected_to == [("127.0.0.1", site.port)]


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_an_unchanged_page_is_a_value(site: LoopbackSite) -> None:
    def conditional(exchange: Exchange) -> None:
        is_known = exchange.headers["If-None-Match"] == '"1"' and exchange.headers["If-Modified-Since"] == "yesterday"
        exchange.send(304 if is_known else 200, b"" if is_known else PAGE)

    site.pages["/"] = conditional
    validators = Validators(etag='"1"', last_modified="yesterday")
    assert isinstance(fetch(site.url(), policy=POLICY, validators=validators), NotModified)
    assert isinstance(fetch(site.url(), policy=POLICY, validators=Validators(etag='"2"')), FetchedPage)


FINAL_STATUSES = [202, 204, 206, 304, 400, 401, 403, 404, 410, 418]
PASSING_STATUSES = [408, 425, 429, 500, 502, 503, 599]


@pytest.mark.parametrize("status", FINAL_STATUSES + PASSING_STATUSES)
def test_a_status_that_is_no_success_is_an_error(site: LoopbackSite, status: int) -> None:
    site.pages["/"] = answer(status)
    with pytest.raises(StatusError) as error:
        fetch(site.url(), policy=POLICY)
    assert error.value.status == status
    assert str(status) in error.value.reason
    assert error.value.retryable is (status in PASSING_STATUSES)
    assert isinstance(error.value, GoneError) is (status == 410)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("in ten minutes", 600),
        ("Fri, 27 Nov 2020 10:00:00 GMT", 0),
        ("999999999", 86_400),
        ("Fri, 27 Nov 2199 10:00:00 GMT", 86_400),
        ("9" * 5_000, None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_seconds_or_a_date(site: LoopbackSite, status: int, value: str, seconds: int | None) -> None:
    if value == "in ten minutes":
        value = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    site.pages["/"] = answer(status, Retry_After=value)
    with pytest.raises(StatusError) as error:
        fetch(site.url(), policy=POLICY)
    retry_at = error.value.retry_at
    if seconds is None:
        assert retry_at is None
    else:
        assert retry_at is not None
        assert abs((retry_at - datetime.now(UTC)).total_seconds() - seconds) < 60


@pytest.mark.parametrize("media_type", ["image/png", "Video/MP4", "audio/mpeg;x=y", "font/woff2"])
def test_what_is_no_page_is_not_downloaded(site: LoopbackSite, media_type: str) -> None:
    site.pages["/"] = answer(body=PAGE, Content_Type=media_type)
    with pytest.raises(MediaTypeError):
        fetch(site.url(), policy=POLICY)


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "application/octet-stream", "", "nonsense"])
def test_what_may_be_a_page_is_left_to_its_reader(site: LoopbackSite, media_type: str) -> None:
    site.pages["/"] = answer(body=PAGE, Content_Type=media_type)
    assert fetch(site.url(), policy=POLICY).media_type == media_type


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="another protocol"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", id="a huge header"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n", id="many headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", id="broken off"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", id="two lengths"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", id="chunks broken off"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nhello\r\n", id="chunks of nonsense"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:-9], id="compressed, broken off"
        ),
    ],
)
def test_an_answer_that_is_none_is_an_error(site: LoopbackSite, data: bytes) -> None:
    site.pages["/"] = raw(data)
    with pytest.raises((BadAnswerError, NoAnswerError)) as error:
        fetch(site.url(), policy=POLICY)
    assert error.value.retryable


def test_an_error_names_the_address_and_the_reason(site: LoopbackSite) -> None:
    site.pages["/"] = redirect("/new")
    with pytest.raises(FetchError) as error:
        fetch(site.url(), policy=POLICY)
    assert str(error.value) == f"{site.url('/new')}: the site has no such page (404)"


# --- TLS --------------------------------------------------------------------------------------------------------------


CERTIFICATE = Path(__file__).with_name("news_example.pem")


@pytest.fixture
def encrypted_site() -> Iterator[LoopbackSite]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with serve_site(context) as site:
        site.pages["/"] = PAGE
        yield site


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    _tls_context.cache_clear()
    yield
    _tls_context.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_the_certificate_is_checked_against_the_name(
    encrypted_site: LoopbackSite, names: dict[str, list[list[str]]]
) -> None:
    names["news.example"] = names["other.example"] = [["127.0.0.1"]]
    assert fetch(encrypted_site.url(host="news.example"), policy=POLICY).body == PAGE
    with pytest.raises(NoAnswerError) as error:
        fetch(encrypted_site.url(host="other.example"), policy=POLICY)
    assert error.value.reason.startswith("the site's certificate is not valid: Hostname mismatch")


@pytest.mark.usefixtures("trusted")
def test_an_encrypted_body_has_the_same_deadline(
    encrypted_site: LoopbackSite, names: dict[str, list[list[str]]]
) -> None:
    names["news.example"] = [["127.0.0.1"]]
    encrypted_site.pages["/"] = SLOW["body"]
    with pytest.raises(NoAnswerError):
        fetch(encrypted_site.url(host="news.example"), policy=IMPATIENT)
    assert not encrypted_site.is_sent_whole


def test_a_certificate_of_no_known_authority_is_refused(
    encrypted_site: LoopbackSite, names: dict[str, list[list[str]]]
) -> None:
    names["news.example"] = [["127.0.0.1"]]
    with pytest.raises(NoAnswerError) as error:
        fetch(encrypted_site.url(host="news.example"), policy=POLICY)
    assert "certificate" in error.value.reason
    assert not encrypted_site.requests


def test_a_site_without_tls_is_said(site: LoopbackSite) -> None:
    with pytest.raises(BadAnswerError):
        fetch(f"https://127.0.0.1:{site.port}/", policy=POLICY)
