import csv
import fcntl
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command

from claims.management.commands import export_claims
from claims.models import Claim, Touched
from claims.resources.claims import ClaimFilterSet
from tests import factories as f


def run_export(*arguments: str) -> bytes:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    call_command("export_claims", *arguments, stdout=stream)
    return stream.buffer.getvalue()


@pytest.fixture
def exported_claims(db) -> None:
    for kind in ("direct", "indirect", "mixed"):
        f.QuoteFactory(accepted=True, kind=kind, snapshot__source__publisher="=Известия")
    Claim.objects.update(text="=1+1; я")


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ([], ""),
        (["--raw"], "&raw=1"),
        (["--bom"], "&bom=1"),
        (["--kind", "direct", "--kind", "mixed"], "&kind=direct&kind=mixed"),
        (
            ["--publisher", "=Известия", "--q", "я"],
            "&publisher=%3D%D0%98%D0%B7%D0%B2%D0%B5%D1%81%D1%82%D0%B8%D1%8F&q=я",
        ),
        (["--has-verdict", "true"], "&has_verdict=true"),
        (["--said-after=2020-01-01"], "&said_after=2020-01-01"),
    ],
)
def test_output_equals_the_api(client, exported_claims, arguments, query):
    response = client.get(f"/api/v1/claims/?format=csv{query}")
    assert response.status_code == 200
    assert run_export(*arguments) == b"".join(response.streaming_content)


def test_change_feed_is_processed_first(exported_claims):
    assert Touched.objects.exists()
    assert run_export("--updated-since", "2020-01-01").count(b"\r\n") == 1 + 3
    assert run_export("--updated-since", "2999-01-01").count(b"\r\n") == 1


def test_json_lines_have_typed_columns(exported_claims):
    rows = [json.loads(line) for line in run_export("--format", "jsonl").splitlines()]
    assert len(rows) == 3
    header = run_export().split(b"\r\n")[0].decode().split(",")
    assert list(rows[0]) == header
    assert rows[0]["claim"] == "=1+1; я"
    assert rows[0]["topics"] == []
    assert rows[0]["rating_value"] is None
    assert rows[0]["updated_at"].endswith("Z")


def test_workbook_has_the_same_cells(exported_claims, tmp_path):
    path = tmp_path / "claims.xlsx"
    assert run_export("--format", "xlsx", "--kind", "direct", "-o", str(path)) == b""
    rows = list(csv.reader(io.StringIO(run_export("--raw", "--kind", "direct").decode(), newline="")))
    texts = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert texts.count("<row ") == len(rows) == 2
    assert all(f">{name}</t>" in texts for name in rows[0])
    assert ">=1+1; я</t>" in texts
    assert "<f>" not in texts


def test_workbook_is_not_printed_on_a_terminal(exported_claims):
    with pytest.raises(CommandError, match="a workbook is a binary file: use -o FILE"):
        call_command("export_claims", "--format", "xlsx", stdout=io.StringIO())


def test_every_filter_of_the_api_is_an_option(exported_claims):
    for name in ClaimFilterSet.base_filters:
        with pytest.raises(CommandError, match=f"--{name.replace('_', '-')} must be|takes at most"):
            run_export(f"--{name.replace('_', '-')}", "\0")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--colour", "red"], "unrecognized arguments: --colour red"),
        (["--kind", "spoken"], "--kind must be one of direct, indirect, mixed"),
        (["--said-after", "1.5.2025"], "--said-after must be a date such as 2025-05-16"),
        (["--speaker", "99999999999999999999"], "--speaker must be a positive whole number"),
        (["--q", "a\udcff"], "--q must be 1 to 32 words"),
        (["--q", "a", "--q", "b"], "--q may be given only once"),
        (["--raw", "--format", "jsonl"], "--raw and --bom are for --format csv"),
        (["-o", "/nowhere/at/all.csv"], "/nowhere/at/all.csv: No such file or directory"),
    ],
)
def test_errors_are_one_line(db, arguments, message):
    with pytest.raises(CommandError) as error:
        run_export(*arguments)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.returncode == 1


def test_file_is_replaced_when_complete(exported_claims, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("before")
    assert run_export("-o", str(path)) == b""
    assert path.read_bytes() == run_export()
    assert [entry.name for entry in tmp_path.iterdir()] == ["claims.csv"]


def test_file_is_kept_after_an_error(exported_claims, tmp_path, monkeypatch):
    def failing(*_, **__):
        yield b"half"
        raise RuntimeError

    monkeypatch.setattr("claims.export.tabular.resource_csv.stream_csv", failing)
    path = tmp_path / "claims.csv"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        run_export("-o", str(path))
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["claims.csv"]


def test_what_killed_processes_left_is_removed_and_files_of_others_stay(exported_claims, tmp_path):
    path = tmp_path / "claims.csv"
    for name in (".claims.csv.1.part", ".claims.csv.2.part", ".claims.csv.gz.1.part"):
        (tmp_path / name).touch()
    with (tmp_path / ".claims.csv.2.part").open("rb") as at_work:
        fcntl.flock(at_work, fcntl.LOCK_EX)
        run_export("-o", str(path))
    names = {entry.name for entry in tmp_path.iterdir()}
    assert names == {"claims.csv", ".claims.csv.2.part", ".claims.csv.gz.1.part"}


def test_a_file_that_another_export_takes_for_a_left_over_is_made_again(exported_claims, tmp_path, monkeypatch):
    """The other one looks between the creation of this one's file and its lock."""
    path, lock = tmp_path / "claims.csv", fcntl.flock
    other = iter([export_claims._remove_left_over])

    def look_then_lock(file, operation):
        for remove in other:
            remove(path)
        lock(file, operation)

    monkeypatch.setattr(fcntl, "flock", look_then_lock)
    run_export("-o", str(path))
    assert path.read_bytes().count(b"\n") == 4
    assert [entry.name for entry in tmp_path.iterdir()] == ["claims.csv"]


def test_closed_pipe_is_not_an_error(tmp_path):
    """Runs in a process of its own, because of the exit status and the output at exit."""
    script = (
        "import django; django.setup()\n"
        "from claims.management.commands import export_claims as command\n"
        "command.resource_csv.stream_csv = lambda *_, **__: (b'x' * 100_000 for _ in range(1000))\n"
        "command.Command.filter_claims = lambda *_: None\n"
        "from django.core.management import call_command\n"
        "call_command('export_claims', skip_checks=True)\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "factbase.settings", "FACTBASE_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(10) == b"x" * 10
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=120) == 141
