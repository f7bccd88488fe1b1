"""Keys of web pages: all addresses of one page have the same key, and those of one site lie side by side.

A key begins with the host, its labels in reverse (as in the SURT form of web archives): `uk,co,bbc,news)/world?id=3`.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode

from claims.addresses.original_url import original_url
from claims.addresses.tracking import is_tracking

MAX_PAGE_KEY_LENGTH = 1000  # characters, all ASCII; a longer key ends in a hash
MAX_HOST_LENGTH = 253  # characters, as in the domain name system
# No blanks, no format characters but the two joiners that names in some scripts need.
_LABEL = (
    r"[0-9A-Za-z_\u00a1-\u167f\u1681-\u1fff\u200c\u200d\u2070-\u2fff\u3001-\ud7ff\uf900-\ufefe\uff00-\uffef-]{1,63}"
)
SCHEME_PATTERN = "([Hh][Tt][Tt][Pp][Ss]?://)?"
HOST_PATTERN = rf"{_LABEL}(\.{_LABEL})+\.?"
# Spelled out, because schemas and Python must mean the same characters: no blanks, no NUL, no backslash.
_REST = r"[^\\\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*"
PAGE_URL_PATTERN = f"{SCHEME_PATTERN}{HOST_PATTERN}(:[0-9]{{1,5}})?([/?#]{_REST})?"
_PAGE_URL = re.compile(rf"{SCHEME_PATTERN}(?P<host>{HOST_PATTERN})(:(?P<port>[0-9]{{1,5}}))?(?P<rest>([/?#]{_REST})?)")
_DEFAULT_PORTS = {"80", "443"}
_DEVICE_LABELS = ("www", "m", "mobile", "amp")  # of hosts that show the pages of the host without them
_SECOND_LEVEL = {"co", "com", "net", "org", "gov", "gob", "gouv", "edu", "ac", "or", "ne", "go"}  # as in com.au
_AMP_PARAMETERS = {"amp": None, "outputtype": "amp", "output": "amp"}  # and the value that they need, if any
_AMP_SEGMENT = re.compile(r"/amp(?:\.html)?(?=/|$)", re.IGNORECASE)
_AMP_EXTENSION = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)
_ARTICLE_SEGMENT = re.compile(r"\d|-.*-|\.html?$")
_DEFAULT_DOCUMENT = re.compile(r"/index\.html?$", re.IGNORECASE)
_SLASHES = re.compile("/{2,}")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile("[0-9A-Za-z._~-]")
_KEPT_IN_PATH = "%/:@!$&'()*+,;=~"


def page_key(url: str) -> str:
    """Returns the key of the page at a web address, with or without scheme; empty if it is none.

    It ignores the scheme, hosts for devices (`www.`, `m.`, `amp.`), default ports, the case of the host, a slash or
    `index.html` at the end, the fragment (unless it begins with `!`), the order of the query, tracking parameters,
    which characters are percent-encoded without need, and the marks of AMP versions. A copy in a web archive has the
    key of the page that it shows.
    """
    match = _PAGE_URL.fullmatch(original_url(url.strip()))
    if match is None or len(match["host"]) > MAX_HOST_LENGTH:
        return ""
    port = "" if match["port"] is None or match["port"] in _DEFAULT_PORTS else f":{match['port']}"
    address, _, fragment = match["rest"].partition("#")
    path, _, query = address.partition("?")
    parameters = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not is_tracking(name) and not _is_amp(name.lower(), value.lower())
    )
    key = (
        f"{host_key(match['host'])}){port}{_normalize_path(path)}"
        + (f"?{urlencode(parameters)}" if parameters else "")
        + (f"#{quote(fragment, safe=_KEPT_IN_PATH)}" if fragment.startswith("!") else "")
    )
    if len(key) <= MAX_PAGE_KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: MAX_PAGE_KEY_LENGTH - len(digest) - 1]}#{digest}"


def host_key(host: str) -> str:
    """Returns the labels of a host in reverse, without `www.` and the like, as the domain name system has them."""
    host = _without_device(host.lower().rstrip("."))
    try:
        host = host.encode("idna").decode()
    except UnicodeError:  # no name that can be registered, but still one of its own
        host = quote(host)
    return ",".join(reversed(host.split(".")))


def _without_device(host: str) -> str:
    first, _, rest = host.partition(".")
    labels = rest.split(".")
    is_suffix = len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECOND_LEVEL
    return rest if first in _DEVICE_LABELS and len(labels) > 1 and not is_suffix else host


def _normalize_path(path: str) -> str:
    unescaped = _ESCAPE.sub(
        _decode_unreserved, _DEFAULT_DOCUMENT.sub("", _without_amp(_SLASHES.sub("/", path).rstrip("/")))
    )
    return quote(unescaped, safe=_KEPT_IN_PATH).rstrip("/")


def _without_amp(path: str) -> str:
    """Removes what marks the AMP version of an article. `/products/amp` may be a page of its own."""
    path = _AMP_EXTENSION.sub("", path)
    match = _AMP_SEGMENT.search(path)
    if match is None:
        return path
    others = (path[: match.start()] + path[match.end() :]).split("/")[1:]
    is_version = (match.end() == len(path) and len(others) > 1) or any(map(_ARTICLE_SEGMENT.search, others))
    return "/".join(["", *others]) if is_version else path


def _is_amp(name: str, value: str) -> bool:
    return name in _AMP_PARAMETERS and _AMP_PARAMETERS[name] in {None, value}


def _decode_unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()
