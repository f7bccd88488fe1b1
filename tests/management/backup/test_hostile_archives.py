"""Archives that are damaged, of a newer version or made to do harm are refused, and nothing is changed."""

import gzip
import hashlib
import io
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import ConnectionHandler
from pytest_django import DjangoDbBlocker, Settings

from claims.management.backup import database_copy
from claims.management.backup import manifest as manifests
from claims.management.commands import restore
from tests.commands.shell import Shell

Member = tuple[tarfile.TarInfo, bytes]
KEY, DATABASE = b"a key", b"no database at all"


@pytest.fixture(autouse=True)
def data_directory(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place on SQLite to restore into, whatever the tests run on."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret_key").write_text("of this place")
    settings.DATA_DIR = data
    databases = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "factbase.sqlite3"}}
    )
    for module in (database_copy, restore):
        monkeypatch.setattr(module, "connection", databases["default"])
    return data


def member(name: str, content: bytes = b"", **attributes: Any) -> Member:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return info, content


def describe(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def manifest(*files: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "factbase": "0.1.0",
        "made_at": "2026-01-01T00:00:00+00:00",
        "vendor": "sqlite",
        "migrations": ["claims.0001_initial"],
        "files": files or (describe("secret_key", KEY), describe("database.sqlite3", DATABASE)),
    } | changed


def pack(values: object, *members: Member) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for info, content in (member("manifest.json", orjson.dumps(values)), *members):
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


KEY_MEMBER, DATABASE_MEMBER = member("secret_key", KEY), member("database.sqlite3", DATABASE)
GOOD = pack(manifest(), KEY_MEMBER, DATABASE_MEMBER)


def with_file(name: str) -> bytes:
    """An archive with a file of this name, both in the manifest and in the archive."""
    files = (describe("database.sqlite3", DATABASE), describe(name, b"evil"))
    return pack(manifest(*files), DATABASE_MEMBER, member(name, b"evil"))


def with_header_bomb() -> bytes:
    """A header that says it is a gigabyte long; only its start is there."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    return gzip.compress(info.tobuf() + bytes(20_000_000), compresslevel=1)


def with_chained_headers() -> bytes:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1
    return gzip.compress((info.tobuf() + bytes(512)) * 3_000, compresslevel=1)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no backup of factbase"),
    "not gzip": (b"PK\3\4 zip", "no backup of factbase"),
    "cut off": (GOOD[: len(GOOD) // 2], "damaged"),
    "end cut off": (GOOD[:-8], "damaged"),
    "a bit changed": (GOOD[:-6] + bytes([GOOD[-6] ^ 1]) + GOOD[-5:], "damaged"),
    "no tar": (gzip.compress(b"x" * 2000), "no backup of factbase"),
    "another tar": (pack({})[:0] + gzip.compress(KEY_MEMBER[0].tobuf() + bytes(2048)), "first file is not a manifest"),
    "no manifest": (pack([]), "manifest cannot be read"),
    "deep manifest": (pack(manifest(files=[[[]]])), "manifest cannot be read"),
    "wrong time": (pack(manifest(made_at="yesterday")), "manifest cannot be read"),
    "unknown database": (pack(manifest(vendor="oracle")), "manifest cannot be read"),
    "negative size": (pack(manifest(describe("database.sqlite3", b"") | {"size": -1})), "manifest is damaged"),
    "no database listed": (pack(manifest(describe("secret_key", KEY)), KEY_MEMBER), "manifest is damaged"),
    "listed twice": (pack(manifest(*[describe("database.sqlite3", DATABASE)] * 2)), "manifest is damaged"),
    "checksum": (pack(manifest(), KEY_MEMBER, member("database.sqlite3", DATABASE[::-1])), "checksum"),
    "file missing": (pack(manifest(), KEY_MEMBER), "database.sqlite3 is missing"),
    "one file more": (pack(manifest(), KEY_MEMBER, DATABASE_MEMBER, member("more")), "more files than its manifest"),
    "other order": (pack(manifest(), DATABASE_MEMBER, KEY_MEMBER), "not what its manifest says"),
    "longer": (pack(manifest(), member("secret_key", KEY + b"!"), DATABASE_MEMBER), "not what its manifest says"),
    "link": (
        pack(manifest(describe("secret_key", b""), describe("database.sqlite3", DATABASE)),
             member("secret_key", type=tarfile.SYMTYPE, linkname="/etc/passwd"), DATABASE_MEMBER),
        "not what its manifest says",
    ),
    "device": (
        pack(manifest(describe("secret_key", b""), describe("database.sqlite3", DATABASE)),
             member("secret_key", type=tarfile.CHRTYPE), DATABASE_MEMBER),
        "not what its manifest says",
    ),
    "larger than the disk": (
        pack(manifest(describe("database.sqlite3", b"") | {"size": 1 << 60}), DATABASE_MEMBER), "make room first",
    ),
    "zeros behind the end": (gzip.compress(gzip.decompress(GOOD) + bytes(20_000_000), 1), "more in it than"),
    "long header": (with_header_bomb(), "more in it than"),
    "chained headers": (with_chained_headers(), "damaged"),
    "newer version": (pack(manifest(factbase="99.0")), "newer than this version: install that version"),
    "newer format": (pack(manifest(format=2)), "newer than this version"),
    "newer migrations": (pack(manifest(migrations=["claims.9999_later"])), "9999_later, which this one lacks"),
    "other database": (
        pack(manifest(describe("database.dump", b""), vendor="postgresql")), "it is of a database on PostgreSQL",
    ),
}  # fmt: skip
NAMES = (
    "../evil", "/evil", "branding/../../evil", "branding//evil", "branding/./evil", "branding/", "branding",
    "branding/evil\0", "evil", ".restore.part", "secret_key/evil", "manifest.json", "",
)  # fmt: skip


@pytest.fixture
def assert_refused(
    shell: Shell, tmp_path: Path, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[bytes, str], None]:
    monkeypatch.setattr(manifests, "software_version", lambda: "0.1.0")

    def check(archive: bytes, reason: str) -> None:
        path = tmp_path / "backup.tar.gz"
        path.write_bytes(archive)
        result = shell("restore", str(path))
        assert (result.status, result.out) == (1, "")
        assert reason in result.err
        assert result.err.startswith(f"CommandError: {path}: ")
        assert len(result.err.splitlines()) == 1
        assert {file.name for file in data_directory.iterdir()} - {".backup.lock"} == {"secret_key"}
        assert (data_directory / "secret_key").read_text() == "of this place"
        assert {file.name for file in tmp_path.iterdir()} == {"data", "backup.tar.gz"}

    return check


@pytest.mark.parametrize(("archive", "reason"), REFUSED.values(), ids=REFUSED)
def test_archive_is_refused(archive: bytes, reason: str, assert_refused: Callable[[bytes, str], None]) -> None:
    assert_refused(archive, reason)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_name_is_refused(name: str, assert_refused: Callable[[bytes, str], None]) -> None:
    assert_refused(with_file(name), "which no backup does" if name else "no backup")


def test_what_these_are_made_from_is_refused_only_as_its_database_is_none(
    assert_refused: Callable[[bytes, str], None],
) -> None:
    assert_refused(GOOD, "the database cannot be copied: file is not a database. Nothing was changed.")


def test_a_branding_directory_in_the_way_is_kept(data_directory: Path, tmp_path: Path, shell: Shell) -> None:
    (data_directory / "branding").mkdir()
    (data_directory / "branding" / "mine").touch()
    (tmp_path / "backup.tar.gz").write_bytes(with_file("branding/static/logo.svg"))
    result = shell("restore", str(tmp_path / "backup.tar.gz"))
    assert (result.status, "branding is not empty: move it away first" in result.err) == (1, True)
    assert not (data_directory / "factbase.sqlite3").exists()


def test_a_backup_of_an_older_version_is_restored_and_says_what_is_left_to_do(
    data_directory: Path, tmp_path: Path, shell: Shell, django_db_blocker: DjangoDbBlocker
) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE claims_claim (id)")
        content = database.serialize()
    archive = pack(manifest(describe("database.sqlite3", content)), member("database.sqlite3", content))
    (tmp_path / "backup.tar.gz").write_bytes(archive)
    with django_db_blocker.unblock():
        result = shell("restore", str(tmp_path / "backup.tar.gz"))
    assert result.status == 1
    assert "The database is restored, but " in result.err
    assert "migrations are not applied: run `migrate` first, then check_anchors and check_index." in result.err
    assert (data_directory / "factbase.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (data_directory / "secret_key").read_text() == "of this place", "it had none"
