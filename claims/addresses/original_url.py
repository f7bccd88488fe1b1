"""Finds the address of a page in that of its copy in a web archive or a cache."""

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

MAX_DEPTH: Final = 4  # an archive may have a copy of another archive's page

# Wayback Machine and all that run its software: a moment, perhaps with a flag such as `if_`, and then the address.
_ARCHIVED: Final = re.compile(r"/\d{14}(?:[a-z]{2}_)?/(?P<url>https?:/.+)", re.IGNORECASE | re.DOTALL)
# On their own hosts also with another moment, with none, and without the scheme.
_ARCHIVE_HOST: Final = re.compile(
    r"web\.archive\.org|archive\.(?:today|ph|is|li|vn|fo|md)|(?:wayback\.)?archive-it\.org|arquivo\.pt"
    r"|webarchive\.loc\.gov|(?:www\.)?webarchive\.org\.uk|webarchive\.nationalarchives\.gov\.uk|wayback\.vefsafn\.is"
)
_ON_ARCHIVE_HOST: Final = re.compile(
    r"/(?:[\w-]+/){0,2}?(?:(?:\d{4,14}(?:[a-z]{2}_|\*)?|\*|newest|oldest|save|o/\w+)/)?(?P<url>https?:/.+)"
    r"|/(?:[\w-]+/){0,2}?\d{4,14}(?:[a-z]{2}_|\*)?/(?P<bare>[\w-]+(?:\.[\w-]+)+(?:[/?:].*)?)",
    re.IGNORECASE | re.DOTALL,
)
_AMP_CACHE_HOST: Final = re.compile(r"[\w-]+\.(?:cdn\.ampproject\.org|bing-amp\.com)|(?:cdn\.ampproject\.org)")
_AMP_CACHE: Final = re.compile(r"/(?:[a-z]/)?(?P<secure>s/)?(?P<bare>[\w-]+(?:\.[\w-]+)+(?:[/?:].*)?)", re.DOTALL)
_GOOGLE_AMP: Final = re.compile(r"/amp/(?P<secure>s/)?(?P<bare>[\w-]+(?:\.[\w-]+)+(?:[/?:].*)?)", re.DOTALL)
_GOOGLE_HOST: Final = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_GOOGLE_CACHE: Final = re.compile(r"cache:(?:[\w-]+:)?(?P<url>\S+)")
_SCHEME: Final = re.compile(r"(?P<scheme>https?):/+", re.IGNORECASE)
_ENCODED_SCHEME: Final = re.compile(r"https?%3a(?:/|%2f)", re.IGNORECASE)


def original_url(url: str) -> str:
    """Returns the address of the page that a web archive or a cache shows at `url`; else `url` itself.

    Short addresses of archives (`archive.ph/AbCdE`) do not say which page they show.
    """
    for _ in range(MAX_DEPTH):
        inner = _inner_url(url)
        if not inner or "@" in urlsplit(inner).netloc:  # with a password, perhaps
            break
        url = inner
    return url


def _inner_url(url: str) -> str:
    try:
        parts = urlsplit(url if "://" in url[:10] else f"https://{url}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    rest = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    if _ENCODED_SCHEME.search(rest):
        rest = unquote(rest)
    if _ARCHIVE_HOST.fullmatch(host) and (match := _ON_ARCHIVE_HOST.fullmatch(rest)):
        return _with_scheme(match["url"] or f"http://{match['bare']}")
    if _AMP_CACHE_HOST.fullmatch(host) and (match := _AMP_CACHE.fullmatch(rest)):
        return f"http{'s' if match['secure'] else ''}://{match['bare']}"
    if _GOOGLE_HOST.fullmatch(host) and (match := _GOOGLE_AMP.fullmatch(rest)):
        return f"http{'s' if match['secure'] else ''}://{match['bare']}"
    if host == "webcache.googleusercontent.com":
        match = _GOOGLE_CACHE.match(parse_qs(parts.query).get("q", [""])[0])
        return _with_scheme(match["url"]) if match else ""
    match = _ARCHIVED.search(parts.path)
    return _with_scheme(match["url"] + rest[len(parts.path) :]) if match else ""


def _with_scheme(url: str) -> str:
    """Adds the scheme where it is missing, and the slash that servers remove from a path with two."""
    match = _SCHEME.match(url)
    return f"{match['scheme'].lower()}://{url[match.end() :]}" if match else f"http://{url}"
