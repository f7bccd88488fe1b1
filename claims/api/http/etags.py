"""Conditional requests: whoever has an answer already is told that it still holds (304), and not given it again.

A tag is `"<validator>-<hash of the content>"`. The validator says in which state of the database, and under which
address, the answer was made. While a tag's validator is that of now, no row needs to be read. Otherwise the answer is
made, and compared by its content. What the state is must be read before the rows: then a row that is changed in between
can only make the answer newer than its tag says, and never an old answer hold.

There is no `Last-Modified`: a row shows others (a claim its speaker and quotes), lists lose rows, and what changes
twice in a second would look unchanged.
"""

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request

from claims.models import Claim

CACHE_CONTROL = "public, no-cache"  # whoever keeps an answer asks before using it: what is withdrawn is gone at once
VARY_HEADERS = ("Accept", "Accept-Encoding")
_UNKNOWN_VALIDATOR = "0"  # the validator of what was made in a state that cannot be told from others
_CODE_DIRECTORIES = ("api", "export", "models", "search")  # the code that an answer depends on


class EmbargoWindow:
    """What readers see changes without a write when an embargo ends: from when to when, in a state, none does."""

    def __init__(self) -> None:
        self._known: tuple[str, dt.datetime | None, dt.datetime | None] | None = None

    def of(self, state: str, now: dt.datetime) -> dt.datetime | None:
        """The last moment before now at which a claim was released."""
        known = self._known
        if known:
            same, since, until = known
            if same == state and (since is None or since <= now) and (until is None or now < until):
                return since
        passed, to_come = Q(released_at__lte=now), Q(released_at__gt=now)
        begin: dt.datetime | None = Claim.objects.filter(passed).aggregate(at=Max("released_at"))["at"]
        end = Claim.objects.filter(to_come).aggregate(at=Min("released_at"))["at"]
        self._known = state, begin, end
        return begin


EMBARGO_WINDOW = EmbargoWindow()


def is_conditional(request: Request) -> bool:
    """Whether it is asked by somebody who has an answer already."""
    return "HTTP_IF_NONE_MATCH" in request.META


def compute_validator(request: Request, state: str | None, now: dt.datetime) -> str | None:
    """What stands for the answer to this request in this state, at a moment before any row was read.

    None where that cannot be told without making the answer.
    """
    if state is None:
        return None
    renderer: Any = request.accepted_renderer
    parts = (
        state,
        EMBARGO_WINDOW.of(state, now),
        _code_version(),
        settings.FACTBASE_BASE_URL,
        request.build_absolute_uri(),
        renderer.media_type,
        renderer.format,
    )
    return _keyed_hash("\n".join(map(str, parts)).encode())


def not_modified_response(request: Request, current: str | None) -> HttpResponse | None:
    """The 304 where one of the tags that were sent is of the state of now."""
    if current is not None:
        for tag in _request_etags(request):
            if _opaque_tag(tag).partition("-")[0] == current:
                return _build_not_modified(tag)
    return None


def set_etag(request: Request, response: HttpResponseBase, current: str | None) -> HttpResponseBase | None:
    """Put its tag on an answer; the 304 to give instead, where the answer is what was sent a tag of."""
    if response.status_code != 200 or response.has_header("ETag"):
        return None
    if response.streaming:
        if current is not None:
            response.headers["ETag"] = f'W/"{current}-"'
        return None
    content = _keyed_hash(response.content)  # type: ignore[attr-defined]  # it is not streaming
    response.headers["ETag"] = f'"{current or _UNKNOWN_VALIDATOR}-{content}"'
    for tag in _request_etags(request):
        if tag == "*" or _opaque_tag(tag).partition("-")[2] == content:
            return _copy_headers(response, _build_not_modified(response.headers["ETag"] if tag == "*" else tag))
    return None


def set_cache_headers(response: HttpResponseBase) -> None:
    """Say how an answer may be kept."""
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    patch_vary_headers(response, VARY_HEADERS)


def _build_not_modified(tag: str) -> HttpResponse:
    return HttpResponseNotModified(headers={"ETag": tag})


def _copy_headers(response: HttpResponseBase, answer: HttpResponse) -> HttpResponse:
    for name in ("Cache-Control", "Vary", "Link", "Allow"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


def _request_etags(request: Request) -> list[str]:
    header = request.META.get("HTTP_IF_NONE_MATCH")
    return parse_etags(header) if header and request.method in {"GET", "HEAD"} else []


def _opaque_tag(tag: str) -> str:
    """What is in the tag; whether it is weak does not count for what is only read."""
    return tag.removeprefix("W/").strip('"')


def _keyed_hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12, key=_hash_key()).hexdigest()


@cache
def _hash_key() -> bytes:
    return hashlib.sha256(settings.SECRET_KEY.encode()).digest()


@cache
def _code_version() -> str:
    """What tells one version of the code that makes answers from another."""
    root = Path(__file__).parent.parent
    files = sorted(path for part in _CODE_DIRECTORIES for path in (root / part).rglob("*.py"))
    return _keyed_hash(repr([(path.name, path.stat().st_mtime_ns) for path in files]).encode())
