"""Requests with hostile parameters, bodies and files: each is answered, or refused with a reason; none is a 500."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.models import ReaderKeyScope
from claims.resources import RESOURCES
from claims.services.people.reader_keys import create_key
from tests import factories as make

pytestmark = pytest.mark.django_db

PATHS = [
    *(f"/api/v1/{name}/" for name in RESOURCES),
    *(f"/api/v1/{name}.{suffix}" for name in ("claims", "quotes") for suffix in ("csv", "jsonl", "atom", "jsonld")),
    *("/api/v1/claims/counts/", "/api/v1/quotes/counts/", "/api/v1/match/", "/api/v1/", "/api/v1/schema/", "/oembed"),
    *("/claims/", "/quotes/", "/speakers/", "/sources/", "/search/", "/check/", "/corrections/", "/sitemap.xml", "/"),
]
NAMES = sorted({name for resource in RESOURCES.values() for name in resource.filterset_class.base_filters})
NAMES += [
    "fields",
    "expand",
    "ordering",
    "page_size",
    "cursor",
    "count",
    "updated_since",
    "format",
    "text",
    "by",
    "url",
]
NAMES += ["", "q[]", "q.x", "__proto__", "id__in", "claim__text", "csrfmiddlewaretoken", "\0", "ä", "limit", "offset"]
VALUES = [
    *("", " ", "0", "-1", "1e9", "9" * 400, "0x1", "१२", "NaN", "inf", "true", "null", "None", "[]", "{}", "%", "%00"),
    *(
        "\0",
        "\ud800",
        "\ufeff",
        "\u202e",
        "e\u0301" * 200,
        "😀" * 200,
        "a" * 9_000,
        "," * 9_000,
        "1," * 9_000,
        "(" * 5_000,
    ),
    *(
        "(a+)+$",
        ".*" * 500,
        "*" * 500,
        '"' * 501,
        "-" * 500,
        "a OR " * 500,
        "NOT " * 500,
        "a NEAR b",
        "^a",
        "a:b",
        "col:*",
    ),
    *(
        "' OR 1=1 --",
        "'; DROP TABLE claims_claim; --",
        "\\",
        "\\0",
        "%s",
        "{0}",
        "{{ 7*7 }}",
        "${7*7}",
        "../../etc/passwd",
    ),
    *("2025-02-30", "0000-00-00", "9999-12-31", "99999-01-01", "2025-01-01T25:00", "2025-01-01T00:00:00+99:99"),
    *(
        "http://[",
        "http://[::1",
        "https://" + "a." * 2_000,
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//a",
        "http://a:b@c:d",
    ),
    *(
        "<script>",
        "&amp;",
        "id,-id",
        "-",
        "--id",
        "speaker.name",
        "a.b.c.d.e.f",
        "__class__",
        "eyJhIjoxfQ==",
        "=" * 100,
    ),
]
parameters = st.lists(
    st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), st.sampled_from(VALUES) | st.text(max_size=20)), max_size=4
)


def check_refusal(response: Any, what: object) -> None:
    """An answer is that asked for, or says what is wrong: with a status of 4xx and, of the API, a reason."""
    assert response.status_code < 500, what
    if response.streaming:
        b"".join(response.streaming_content)
    elif response.status_code >= 400 and "json" in response.headers["Content-Type"]:
        assert response.json()["detail"], what


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), pairs=parameters)
@example(path="/api/v1/claims/", pairs=[("q", "a")] * 5_000)
@example(path="/api/v1/claims/", pairs=[(f"p{number}", "") for number in range(10_000)])
@example(path="/search/", pairs=[("q", "a")] * 5_000)
@example(path="/claims/", pairs=[(f"p{number}", "") for number in range(10_000)])
@example(path="/api/v1/quotes/", pairs=[("speaker", "1," * 100_000)])
def test_any_parameters_are_answered_or_refused(client: Client, settings: Any, path: str, pairs: list[Any]) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 0
    query = urlencode(pairs, errors="surrogatepass")
    check_refusal(client.get(f"{path}?{query}"), (path, pairs))


def nested(depth: int) -> bytes:
    return b'{"text":' * depth + b'"a"' + b"}" * depth


FIELD = b'--x\r\nContent-Disposition: form-data; name="%d"\r\n\r\na\r\n'
FILE_FIELD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%d.html"\r\n\r\na\r\n'
FORMS = {
    "thousands of fields": b"".join(FIELD % number for number in range(5_000)) + b"--x--",
    "thousands of files": b"".join(FILE_FIELD % number for number in range(5_000)) + b"--x--",
    "a part without end": FIELD % 1 + b"--x\r\nContent-Disposition: form-data; name=" + b"a" * 1_000_000,
    "headers of a part": b"--x\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\na\r\n--x--",
    "base64 that is none": FILE_FIELD[:-5] % 1
    + b"Content-Transfer-Encoding: base64\r\n\r\n=A="
    + b"?" * 1_000
    + b"\r\n--x--",
    "boundaries": b"--x" * 300_000,
}
BODIES = FORMS | {
    "nested objects": nested(100_000),
    "nested lists": b"[" * 1_000_000,
    "nested in a field": b'{"authors":' + b"[" * 900 + b"]" * 900 + b',"text":"a"}',
    "a long number": b'{"text":"a","title":' + b"9" * 1_000_000 + b"}",
    "a lone surrogate": b'{"text":"\\ud800"}',
    "NULs": b'{"text":"a\\u0000b","title":"\\u0000"}',
    "not UTF-8": b'{"text":"\xff"}',
    "a thousand keys": json.dumps({f"k{number}": 1 for number in range(1000)}).encode(),
    "a list": b"[]",
    "a number": b"1",
    "nothing": b"",
    "a byte order mark": b'\xef\xbb\xbf{"text":"a"}',
    "a member of another type": b'{"text":{"a":1},"url":[1],"authors":"x","published":1}',
    "many authors": json.dumps({"text": "a", "authors": ["a"] * 100_000}).encode(),
    "an address without end": json.dumps({"url": "https://a/" + "a" * 1_000_000}).encode(),
    "a page of elements": json.dumps({"html": "<div>" * 200_000}).encode(),
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
members = st.sampled_from(
    ["url", "html", "text", "title", "publisher", "authors", "published", "language", "translator", "x"]
)


def key_of(scope: str) -> dict[str, str]:
    _, key = create_key(name=scope, scope=ReaderKeyScope(scope), editor=make.UserFactory())
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("path", "scope"), [("/api/v1/articles/", "intake"), ("/api/v1/check/", "check")])
def test_bodies_are_read_or_refused(client: Client, path: str, scope: str, name: str) -> None:
    headers = key_of(scope)
    for media_type in ("application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "a"):
        check_refusal(client.post(path, BODIES[name], content_type=media_type, headers=headers), (name, media_type))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "path", ["/admin/login/", "/report/", "/admin/claims/claim/import/", "/admin/claims/externalreview/import/"]
)
def test_forms_are_read_or_refused(admin_client: Client, path: str, name: str) -> None:
    check_refusal(admin_client.post(path, FORMS[name], content_type="multipart/form-data; boundary=x"), name)


@pytest.fixture
def cursor(client: Client, settings: Any) -> str:
    settings.FACTBASE_READS_PER_MINUTE = 0
    make.QuoteFactory.create_batch(2, accepted=True)
    following = client.get("/api/v1/quotes/?page_size=1").json()["next"]
    return parse_qs(urlsplit(following).query)["cursor"][0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 200), cut=st.integers(0, 5), put=st.text(max_size=3) | st.sampled_from(["", ":", "=", "\0"]))
def test_a_changed_cursor_is_refused(client: Client, cursor: str, at: int, cut: int, put: str) -> None:
    changed = cursor[:at] + put + cursor[at + cut :]
    response = client.get(f"/api/v1/quotes/?page_size=1&{urlencode({'cursor': changed}, errors='surrogatepass')}")
    assert response.status_code == (200 if changed == cursor else 400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=st.dictionaries(members, values))
def test_any_body_is_read_or_refused(client: Client, body: dict[str, Any]) -> None:
    content = json.dumps(body)
    for path, scope in (("/api/v1/articles/", "intake"), ("/api/v1/check/", "check")):
        response = client.post(path, content, content_type="application/json", headers=key_of(scope))
        check_refusal(response, (path, body))


def workbook(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return buffer.getvalue()


FILES = {
    "a workbook": workbook(b" " * 50_000_000),
    "a long cell": b'text\n"' + b"a" * 900_000 + b'"\n',
    "an open cell": b'text\n"' + b"a,\n" * 300_000,
    "columns": b"text," * 190_000,
    "rows": b"text\n" + b"\n" * 900_000,
    "marks": b"text\n" + b'"' * 900_000,
    "UTF-16": "text\na\n".encode("utf-16"),
    "half of UTF-16": b"\xff\xfea",
    "NULs": b"text\n\0\n",
    "not UTF-8": b"text\n\xff\n",
    "bidi": "text\n\u202e\u2066a\n".encode(),
    "surrogates": b"text\n\xed\xa0\x80\n",
    "formulas": b"text\n=1+1\n@a\n",
    "nothing": b"",
    "carriage returns": b"text\r" * 100_000,
}


@pytest.mark.parametrize("name", FILES)
def test_imported_files_are_read_or_refused(admin_client: Client, name: str) -> None:
    file = io.BytesIO(FILES[name])
    file.name = "a.csv"
    response = admin_client.post("/admin/claims/claim/import/", {"file": file})
    assert response.status_code == 200, name  # the dry run, or the form that says what is wrong
    check_refusal(response, name)
