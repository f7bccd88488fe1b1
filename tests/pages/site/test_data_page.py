"""The page of the data, and the files of dumps: what is listed, and that nothing else is served."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from claims.export.dump.stored_dumps import dumps_directory
from claims.export.dump.write_dump import write_dump
from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data_directory(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def version() -> str:
    f.QuoteFactory(accepted=True, claim__text="Rivers <rise>.")
    return write_dump(dumps_directory(), keep=2)


def test_without_a_dump_the_page_says_so_and_links_to_the_lists(client: Client) -> None:
    html = client.get("/data/").content.decode()
    assert "There are no files yet" in html
    assert 'href="http://127.0.0.1:8000/api/v1/claims/?format=csv"' in html
    assert "manifest.json" not in html
    assert client.get("/data/latest/claims.csv").status_code == 404


def test_a_new_dump_is_listed_with_sizes_and_checksums(client: Client, settings) -> None:
    settings.FACTBASE_DATA_LICENCE = "CC-BY-4.0"
    etag = client.get("/data/")["ETag"]
    f.QuoteFactory(accepted=True)
    version = write_dump(dumps_directory(), keep=2)
    response = client.get("/data/", headers={"If-None-Match": etag})
    html = response.content.decode()
    assert response.status_code == 200
    assert len(html) < 30_000
    files = dict(
        re.findall(rf'href="(/data/{version}/[\w.-]+)" type=.*?<code>([0-9a-f]{{64}})</code>', html, re.DOTALL)
    )
    assert len(files) == 20
    for path, sha256 in files.items():
        content = b"".join(client.get(path).streaming_content)
        assert hashlib.sha256(content).hexdigest() == sha256
    assert "There are no files yet" not in html
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    dataset = json.loads(data)
    assert dataset["@type"] == "Dataset"
    assert dataset["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert {path.rpartition("/")[2] for path in files} == {file["name"] for file in dataset["distribution"]}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("claims.csv", "text/csv; charset=utf-8; header=present"),
        ("claims.jsonl", "application/jsonl"),
        ("csv-metadata.json", "application/csvm+json"),
        ("factbase.db", "application/vnd.sqlite3"),
        ("manifest.json", "application/json"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_files_have_their_media_types(client: Client, version: str, name: str, media_type: str) -> None:
    response = client.get(f"/data/{version}/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, media_type)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert b"".join(response.streaming_content) == (dumps_directory() / version / name).read_bytes()
    assert client.get(f"/data/{version}/{name}", headers={"If-None-Match": response["ETag"]}).status_code == 304
    latest = client.get(f"/data/latest/{name}")
    assert (latest.status_code, latest["Location"]) == (302, f"/data/{version}/{name}")


@pytest.mark.parametrize(
    "path",
    [
        "{version}/../../secret_key",
        "{version}/..%2F..%2Fsecret_key",
        "..%2Fsecret_key/x",
        "../secret_key",
        "..%2F../secret_key",
        "{version}/%2Fetc%2Fpasswd",
        "{version}/.hidden",
        "{version}/notes.txt",
        "{version}/",
        "{version}/claims.csv%00",
        "latest/secret_key",
        ".{version}.part/claims.csv",
        "2020-01-01T000000Z/claims.csv",
        ".lock/claims.csv",
    ],
)
def test_nothing_else_is_served(client: Client, data_directory: Path, version: str, path: str) -> None:
    (data_directory / "secret_key").write_text("secret")
    for name in (".hidden", "notes.txt"):
        (dumps_directory() / version / name).write_text("secret")
    partial = dumps_directory() / f".{version}.part"
    partial.mkdir()
    (partial / "claims.csv").write_text("secret")
    assert client.get(f"/data/{path.format(version=version)}").status_code == 404
