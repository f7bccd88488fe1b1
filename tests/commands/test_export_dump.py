"""Nightly dumps: complete and consistent, without what is not public, and nothing of one that breaks off."""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from claims.export.dump import write_dump
from claims.models import Claim
from claims.resources import RESOURCES
from claims.services.claims.corrections import retract_claim
from tests import factories as f

pytestmark = [pytest.mark.django_db(transaction=True)]


def export(directory: Path, *options: str) -> Path:
    out = io.StringIO()
    call_command("export_dump", str(directory), *options, stdout=out)
    return Path(out.getvalue().strip())


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def public_rows() -> None:
    for text in ("Rivers rise.", "=1+1; реки", "Rivers fall."):
        quote = f.QuoteFactory(accepted=True, claim__text=text)
        quote.claim.topics.add(f.TopicFactory())
    f.EvidenceFactory(
        verification=f.VerificationFactory(claim=quote.claim, published=True), url="", source=f.SourceFactory()
    )
    retract_claim(claim=f.QuoteFactory(accepted=True, claim__text="Gone.").claim, editor=f.UserFactory(), reason="No.")


def test_dump_has_what_is_public_in_every_format(public_rows: None, tmp_path: Path) -> None:
    later = timezone.now() + timedelta(days=1)
    f.QuoteFactory(accepted=True, claim__text="Embargoed.", claim__released_at=later)
    f.QuoteFactory(claim__text="Pending.")
    dump = export(tmp_path)
    manifest = json.loads((dump / "manifest.json").read_bytes())
    assert manifest["counts"]["claims"] == 3
    for name, resource in RESOURCES.items():
        rows = read_lines(dump / f"{name}.jsonl")
        table = list(csv.reader(io.StringIO((dump / f"{name}.csv").read_bytes().decode(), newline="")))
        assert table[0] == resource.table.header
        assert len(rows) == len(table) - 1 == manifest["counts"][name] == resource.rows().count(), name
    everything = b"".join(path.read_bytes() for path in dump.iterdir())
    assert b"Rivers rise." in everything
    assert b"Embargoed." not in everything
    assert b"Pending." not in everything
    assert {row["text"] for row in read_lines(dump / "claims.jsonl")} == {"Rivers rise.", "=1+1; реки", "Rivers fall."}


def test_checksums_and_manifest_agree_with_the_files(public_rows: None, tmp_path: Path) -> None:
    dump = export(tmp_path)
    sums = dict(reversed(line.split("  ")) for line in (dump / "SHA256SUMS").read_text().splitlines())
    assert set(sums) | {"SHA256SUMS"} == {path.name for path in dump.iterdir()}
    for name, sha256 in sums.items():
        assert hashlib.sha256((dump / name).read_bytes()).hexdigest() == sha256
    manifest = json.loads((dump / "manifest.json").read_bytes())
    for file in manifest["files"]:
        assert (file["sha256"], file["bytes"]) == (sums[file["name"]], (dump / file["name"]).stat().st_size)
    assert manifest["version"] == dump.name
    assert dump.name in manifest["citation"]


def test_csv_metadata_describes_every_table(public_rows: None, tmp_path: Path) -> None:
    dump = export(tmp_path)
    tables = json.loads((dump / "csv-metadata.json").read_bytes())["tables"]
    assert {table["url"] for table in tables} == {f"{name}.csv" for name in RESOURCES}
    for table in tables:
        names = [column["name"] for column in table["tableSchema"]["columns"]]
        header = (dump / table["url"]).read_bytes().decode().split("\r\n")[0]
        assert header == ",".join(names)
        for key in table["tableSchema"].get("foreignKeys", ()):
            assert key["columnReference"] in names
            assert (dump / key["reference"]["resource"]).exists()


def test_sqlite_file_has_keys_and_full_text(public_rows: None, tmp_path: Path) -> None:
    with closing(sqlite3.connect(export(tmp_path) / "factbase.db")) as database:

        def read(sql: str) -> list[tuple[Any, ...]]:
            return database.execute(sql).fetchall()

        assert read("PRAGMA integrity_check") == [("ok",)]
        assert read("PRAGMA foreign_key_check") == []
        assert {row[2] for row in read("PRAGMA foreign_key_list(quotes)")} == {"speakers", "claims", "sources"}
        for name in RESOURCES:
            key = RESOURCES[name].table.columns[0].name
            assert [(row[1], row[5]) for row in read(f"PRAGMA table_info({name})") if row[5]] == [(key, 1)]
        found = read("SELECT claims.claim FROM claims_fts JOIN claims ON claim_id = claims_fts.rowid"
                     " WHERE claims_fts MATCH 'реки'")  # fmt: skip
        assert found == [("=1+1; реки",)]
        assert json.loads(read("SELECT topics FROM claims LIMIT 1")[0][0])[0]
        assert dict(read("SELECT name, value FROM about"))["version"]


def test_dump_is_of_one_moment(public_rows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed while it is written is in none of its files, and nobody who writes has to wait."""
    original = write_dump.resource_csv.stream_csv
    changes: list[object] = []

    def change_meanwhile(resource: Any) -> Iterator[bytes]:
        yield from original(resource)
        if not changes:
            thread = Thread(target=add_claim)
            thread.start()
            thread.join(10)
            changes.append(thread.is_alive())

    def add_claim() -> None:
        f.QuoteFactory(accepted=True, claim__text="Too late.", claim__released_at=timezone.now() - timedelta(days=1))
        connection.close()

    monkeypatch.setattr(write_dump.resource_csv, "stream_csv", change_meanwhile)
    dump = export(tmp_path)
    assert changes == [False]
    assert Claim.objects.filter(text="Too late.").exists()
    assert b"Too late." not in b"".join(path.read_bytes() for path in dump.iterdir())


def test_an_embargo_that_ends_meanwhile_starts_it_over(
    public_rows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, False])
    monkeypatch.setattr(write_dump, "_embargo_ended_since", lambda moment: next(answers))
    dump = export(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [dump.name]
    assert next(answers, "both were asked for") == "both were asked for"


def test_a_dump_that_breaks_off_leaves_nothing(
    public_rows: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write_dump.sqlite_file, "write_sqlite", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        export(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_the_newest_are_kept_and_left_overs_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".2020-01-01T000000Z.part").mkdir(parents=True)
    (tmp_path / "notes").mkdir()
    start = timezone.now().replace(microsecond=0)
    versions = []
    for day in range(3):
        monkeypatch.setattr(write_dump.timezone, "now", lambda day=day: start + timedelta(days=day))
        versions.append(export(tmp_path, "--keep", "2").name)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {*versions[1:], "notes"}


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "10000"])
def test_keep_is_a_positive_number(number: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="must be a whole number from 1 to 9999"):
        export(tmp_path, f"--keep={number}")


def test_only_one_process_writes(tmp_path: Path) -> None:
    tmp_path.mkdir(exist_ok=True)
    with write_dump._lock(tmp_path), pytest.raises(CommandError, match="another process"):
        export(tmp_path)
