"""Conditional requests: a client that has the current response gets an empty 304 instead of the response again.

An ETag is `"<validator>-<hash of the content>"`. The validator stands for the database version and the URL that the
response was made from. While a request's tag carries the current validator, no row has to be read; otherwise the
response is made and compared by its content. The database version must be read before the rows: a row that changes in
between can then only make the content newer than its tag says, and an outdated response never counts as current.

There is no `Last-Modified`: a row shows parts of others (a claim its speaker and quotes), lists lose rows, and two
changes within one second would look like none.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

CACHE_CONTROL = "public, no-cache"  # caches must revalidate: what is withdrawn is gone from the next response
VARY_HEADERS = ("Accept", "Accept-Encoding")
_SETTINGS = (  # that responses depend on
    *("FACTBASE_BASE_URL", "FACTBASE_PUBLISH_TEXTS", "FACTBASE_SITE_NAME", "FACTBASE_PUBLISHER", "FACTBASE_LOGO"),
    *("FACTBASE_LANGUAGE", "FACTBASE_CONTACT", "FACTBASE_DATA_LICENCE", "FACTBASE_INDEX_UNREVIEWED"),
)
_UNKNOWN_VALIDATOR = "0"  # of a response made from a database version that cannot be told from others
_APP_DIRECTORY = Path(__file__).parents[1]


def compute_validator(request: HttpRequest, version: str | None, *representation: str) -> str | None:
    """Returns the validator of the response to this request from this database version; None if that is unknown.

    `representation` tells responses with the same URL apart, such as by their media type.
    """
    if version is None:
        return None
    parts = (
        version,
        _code_version(),
        *(getattr(settings, name) for name in _SETTINGS),
        request.build_absolute_uri(),
        *representation,
    )
    return _keyed_hash("\n".join(map(str, parts)).encode())


def not_modified_response(request: HttpRequest, validator: str | None) -> HttpResponse | None:
    """Returns a 304 if one of the request's ETags carries the current validator."""
    if validator is not None:
        for etag in _request_etags(request):
            if _opaque_tag(etag).partition("-")[0] == validator:
                return _build_not_modified(etag)
    return None


def set_etag(request: HttpRequest, response: HttpResponseBase, validator: str | None) -> HttpResponseBase | None:
    """Sets the response's ETag. Returns a 304 to send instead if the client has this content already."""
    if response.status_code != 200 or response.has_header("ETag"):
        return None
    if response.streaming:
        if validator is not None:
            response.headers["ETag"] = f'W/"{validator}-"'
        return None
    content_hash = _keyed_hash(response.content)  # type: ignore[attr-defined]  # it is not streaming
    response.headers["ETag"] = f'"{validator or _UNKNOWN_VALIDATOR}-{content_hash}"'
    for etag in _request_etags(request):
        if etag == "*" or _opaque_tag(etag).partition("-")[2] == content_hash:
            not_modified = _build_not_modified(response.headers["ETag"] if etag == "*" else etag)
            return _copy_headers(response, not_modified)
    return None


def set_cache_headers(response: HttpResponseBase) -> None:
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    patch_vary_headers(response, VARY_HEADERS)


def _build_not_modified(etag: str) -> HttpResponse:
    return HttpResponseNotModified(headers={"ETag": etag})


def _copy_headers(source: HttpResponseBase, target: HttpResponse) -> HttpResponse:
    for name in ("Cache-Control", "Vary", "Link", "Allow"):
        if name in source.headers:
            target.headers[name] = source.headers[name]
    return target


def _request_etags(request: HttpRequest) -> list[str]:
    header = request.META.get("HTTP_IF_NONE_MATCH")
    return parse_etags(header) if header and request.method in {"GET", "HEAD"} else []


def _opaque_tag(etag: str) -> str:
    """Strips the quotes and the weakness mark, which does not matter to a GET."""
    return etag.removeprefix("W/").strip('"')


def _keyed_hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12, key=_hash_key()).hexdigest()


@cache  # the secret key is the same as long as the process runs
def _hash_key() -> bytes:
    return hashlib.sha256(settings.SECRET_KEY.encode()).digest()


@cache  # a process runs the code that it has loaded
def _code_version() -> str:
    """Returns a hash of the app's code and templates, and of the operator's."""
    directories = (_APP_DIRECTORY, *settings.FACTBASE_BRANDING_DIR)
    files = (path for directory in directories for path in sorted(directory.rglob("*")))
    paths = [path for path in files if path.suffix in {".py", ".html", ".md", ".mo"}]
    return _keyed_hash(b"\0".join(path.read_bytes() for path in paths))
