"""Keys of web pages: all addresses of one page have the same key, and those of one site lie side by side.

A key begins with the host, its labels in reverse (as in the SURT form of web archives): `uk,co,bbc,news)/world?id=3`.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode

MAX_PAGE_KEY_LENGTH = 1000  # characters, all ASCII; a longer key ends in a hash
MAX_HOST_LENGTH = 253  # characters, as in the domain name system
_LABEL = r"[0-9A-Za-z_\u00a1-\ud7ff\uf900-\uffef-]{1,63}"
SCHEME_PATTERN = "([Hh][Tt][Tt][Pp][Ss]?://)?"
HOST_PATTERN = rf"{_LABEL}(\.{_LABEL})+\.?"
# Spelled out, because schemas and Python must mean the same characters: no blanks, no NUL, no backslash.
_REST = r"[^\\\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*"
PAGE_URL_PATTERN = f"{SCHEME_PATTERN}{HOST_PATTERN}(:[0-9]{{1,5}})?([/?#]{_REST})?"
_PAGE_URL = re.compile(rf"{SCHEME_PATTERN}(?P<host>{HOST_PATTERN})(:(?P<port>[0-9]{{1,5}}))?(?P<rest>([/?#]{_REST})?)")
_DEFAULT_PORTS = {"80", "443"}
_TRACKING_PREFIXES = ("utm_", "at_", "mc_", "_hs", "pk_", "mtm_")
_TRACKING_PARAMETERS = frozenset(
    {
        *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "gclsrc", "msclkid", "twclid", "ttclid", "li_fat_id"),
        *("yclid", "ysclid", "igshid", "igsh", "mkt_tok", "vero_id", "_ga", "_gl", "cmpid", "smid", "ocid"),
    }
)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile("[0-9A-Za-z._~-]")
_KEPT_IN_PATH = "%/:@!$&'()*+,;=~"


def page_key(url: str) -> str:
    """Returns the key of the page at a web address, with or without scheme; empty if it is none.

    It ignores the scheme, `www.`, default ports, the case of the host, a slash at the end, the fragment, the order of
    the query, tracking parameters, and which characters are percent-encoded without need.
    """
    match = _PAGE_URL.fullmatch(url.strip())
    if match is None or len(match["host"]) > MAX_HOST_LENGTH:
        return ""
    port = "" if match["port"] is None or match["port"] in _DEFAULT_PORTS else f":{match['port']}"
    path, _, query = match["rest"].partition("#")[0].partition("?")
    parameters = sorted(
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _is_tracking(name.lower())
    )
    key = f"{host_key(match['host'])}){port}{_normalize_path(path)}" + (
        f"?{urlencode(parameters)}" if parameters else ""
    )
    if len(key) <= MAX_PAGE_KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: MAX_PAGE_KEY_LENGTH - len(digest) - 1]}#{digest}"


def host_key(host: str) -> str:
    """Returns the labels of a host in reverse, without `www.`, in the ASCII form of the domain name system."""
    host = host.lower().rstrip(".")
    if host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:  # no name that can be registered, but still one of its own
        host = quote(host)
    return ",".join(reversed(host.split(".")))


def _normalize_path(path: str) -> str:
    unescaped = _ESCAPE.sub(_decode_unreserved, path)
    return quote(unescaped, safe=_KEPT_IN_PATH).rstrip("/")


def _decode_unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def _is_tracking(name: str) -> bool:
    return name in _TRACKING_PARAMETERS or name.startswith(_TRACKING_PREFIXES)
