"""Parses the addresses of pages, and decides which machines may be asked for them."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from claims.articles.fetching.errors import AddressRefusedError

MAX_URL_LENGTH: Final = 2_000
MAX_HOST_LENGTH: Final = 253  # of DNS
DEFAULT_PORTS_OF_SCHEMES: Final = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# By hand and not by `ipaddress.is_global`, whose answers differ between releases of Python.
_PRIVATE: Final = [
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
]
_NEVER: Final = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this machine, on many systems
        "100.100.100.200",  # metadata of Alibaba Cloud
        "168.63.129.16",  # the host of a machine in Azure
        "169.254.0.0/16",  # link-local, with the metadata of most clouds
        "192.0.0.0/24",  # protocol assignments, with the metadata of Oracle's cloud
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
        "2001::/23",  # protocol assignments, with Teredo, which embeds an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4, likewise
        "3fff::/20",
        "fd00:ec2::/32",  # metadata of AWS
    )
]
_GLOBAL_IPV6: Final = ipaddress.ip_network("2000::/3")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")  # how the IPv4 network is reached from one that has IPv6 only
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")  # a backslash too: browsers take it for a slash, parsers do not
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NOT_ENCODED: Final = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class PageAddress:
    """An address, split once: what is asked (`target`) of whom (`host`, in ASCII), so that no two parsers disagree."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS_OF_SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        return f"{self.site}{self.target}"


def parse_address(url: str) -> PageAddress:
    """Split an http or https URL. Raises AddressRefusedError with a reason that an editor understands."""
    url = url.strip()
    if len(url) > MAX_URL_LENGTH:
        raise AddressRefusedError(url[:100] + "…", f"the address is longer than {MAX_URL_LENGTH} characters")
    if _CONTROL.search(url):
        raise AddressRefusedError(url, "the address contains a backslash, a tab or a control character")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:  # UnicodeError too
        raise AddressRefusedError(url, "this is not a valid address") from error
    if parts.scheme not in DEFAULT_PORTS_OF_SCHEMES:
        raise AddressRefusedError(url, "only addresses that start with https:// or http:// are fetched")
    if not host:
        raise AddressRefusedError(url, "the address has no host name")
    if "@" in parts.netloc:
        raise AddressRefusedError(
            f"{parts.scheme}://{host}/…", "addresses with a user name or password are not fetched"
        )
    path, query = (quote(part, safe=_NOT_ENCODED) for part in (parts.path or "/", parts.query))
    port = DEFAULT_PORTS_OF_SCHEMES[parts.scheme] if port is None else port
    return PageAddress(parts.scheme, host, port, f"{path}?{query}" if query else path)


def host_of(url: str) -> str:
    """The host of an address, with its port unless that is the default. Raises AddressRefusedError."""
    return parse_address(url).netloc


def resolve_redirect(address: PageAddress, location: str) -> PageAddress:
    """The address that a redirect leads to. Raises AddressRefusedError if it is not one that is fetched."""
    # A header is decoded as Latin-1, but what stands in it beyond ASCII is UTF-8 almost everywhere.
    text = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        url = urljoin(address.url, text.strip())
    except ValueError as error:
        raise AddressRefusedError(text[:100], "a redirect leads to an invalid address") from error
    return parse_address(url)


def is_allowed(ip: IPAddress, port: int, *, ports: frozenset[int], allow_private: bool) -> bool:
    """Tell whether a connection to this machine and port may be opened."""
    if _is_in(ip, _NEVER):
        return False
    if _is_in(ip, _PRIVATE):
        return allow_private  # whatever the port: an internal site rarely has a standard one
    if ip.version == 6 and ip in _NAT64:
        return is_allowed(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF), port, ports=ports, allow_private=False)
    return (ip.version == 4 or ip in _GLOBAL_IPV6) and port in ports


def _is_in(ip: IPAddress, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(ip in network for network in networks)


def _ascii_host(host: str) -> str:
    """The host name in ASCII (IDNA). Raises ValueError for one that cannot be a name."""
    if ":" in host and "%" not in host:
        return str(ipaddress.IPv6Address(host))
    name = host.encode("idna").decode("ascii").lower().rstrip(".")
    if name and (len(name) > MAX_HOST_LENGTH or not _HOST.fullmatch(name)):
        raise ValueError(host)
    return name
