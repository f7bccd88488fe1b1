import ipaddress

import pytest

from claims.articles.fetching.addresses import is_allowed, parse_address, resolve_redirect
from claims.articles.fetching.errors import AddressRefusedError

PORTS = frozenset({80, 443})


@pytest.mark.parametrize(
    ("url", "normalised"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a?b=c#d", "http://example.org/a?b=c"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("  https://example.org/a b?c d\n", "https://example.org/a%20b?c%20d"),
        ("https://example.org/%D0%B0/ж?q=é", "https://example.org/%D0%B0/%D0%B6?q=%C3%A9"),
        ("https://новости.рф/", "https://xn--b1amnebsh.xn--p1ai/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://[2606:4700::6810:84E5]/", "https://[2606:4700::6810:84e5]/"),
    ],
)
def test_an_address_is_split_once(url: str, normalised: str) -> None:
    assert parse_address(url).url == normalised


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("javascript:alert(1)", "https://"),
        ("example.org/story", "https://"),
        ("", "https://"),
        ("http:///story", "host name"),
        ("https://./", "not a valid address"),
        ("https://editor:secret@example.org/", "user name"),
        ("https://@example.org/", "user name"),
        ("https://example.org\\@evil.example/", "backslash"),
        ("https://example.org/\r\nHost: evil.example", "control character"),
        ("https://exa mple.org/", "not a valid address"),
        ("https://example.org%00.evil.example/", "not a valid address"),
        ("https://.example.org/", "not a valid address"),
        ("https://example.org:99999/", "not a valid address"),
        ("https://example.org:http/", "not a valid address"),
        ("https://[::1/", "not a valid address"),
        ("https://[fe80::1%25eth0]/", "not a valid address"),
        (f"https://{'a' * 64}.example/", "not a valid address"),
        (f"https://{'a.' * 130}example/", "not a valid address"),
        ("https://example.org/" + "a" * 2_000, "longer than"),
    ],
)
def test_an_address_that_is_not_fetched_is_refused_with_a_reason(url: str, reason: str) -> None:
    with pytest.raises(AddressRefusedError) as error:
        parse_address(url)
    assert reason in error.value.reason
    assert "secret" not in str(error.value)
    assert not error.value.retryable


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/new", "https://example.org/new"),
        ("new", "https://example.org/old/new"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example", "http://other.example/"),
        ("/\u00d0\u00b0", "https://example.org/%D0%B0"),  # UTF-8, as a header is decoded
        ("?page=2", "https://example.org/old/story?page=2"),
    ],
)
def test_a_redirect_leads_to_an_address(location: str, url: str) -> None:
    assert resolve_redirect(parse_address("https://example.org/old/story"), location).url == url


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://example.org/", "http://[", "//a:b@example.org/"])
def test_a_redirect_leads_nowhere_else(location: str) -> None:
    with pytest.raises(AddressRefusedError):
        resolve_redirect(parse_address("https://example.org/"), location)


PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:4700::6810:84e5", "2a00:1450::1", "64:ff9b::5db8:d70e"]
PRIVATE = [
    "10.1.2.3",
    "127.0.0.1",
    "127.255.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fd12::1",
]
NEVER = [
    "0.0.0.0",
    "169.254.169.254",  # metadata of most clouds
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "::ffff:0:7f00:1",  # IPv4-translated
    "64:ff9b::7f00:1",  # NAT64 to 127.0.0.1
    "64:ff9b::a9fe:a9fe",  # and to 169.254.169.254
    "64:ff9b:1::5db8:d70e",
    "2001:0:5db8:d70e::1",  # Teredo
    "2001:db8::1",
    "2002:7f00:1::1",  # 6to4 of 127.0.0.1
    "3fff::1",
    "5f00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
]


@pytest.mark.parametrize(
    ("ip", "allowed", "allowed_privately"),
    [(ip, True, True) for ip in PUBLIC] + [(ip, False, True) for ip in PRIVATE] + [(ip, False, False) for ip in NEVER],
)
def test_which_machines_are_asked(ip: str, *, allowed: bool, allowed_privately: bool) -> None:
    machine = ipaddress.ip_address(ip)
    assert is_allowed(machine, 443, ports=PORTS, allow_private=False) is allowed
    assert is_allowed(machine, 443, ports=PORTS, allow_private=True) is allowed_privately


@pytest.mark.parametrize(("ip", "allowed"), [("93.184.215.14", False), ("2a00:1450::1", False), ("127.0.0.1", True)])
def test_ports_are_restricted_outside_the_private_network(ip: str, *, allowed: bool) -> None:
    assert is_allowed(ipaddress.ip_address(ip), 8080, ports=PORTS, allow_private=True) is allowed
    assert is_allowed(ipaddress.ip_address(ip), 8080, ports=PORTS | {8080}, allow_private=True)
