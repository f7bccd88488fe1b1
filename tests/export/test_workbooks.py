"""A workbook that cannot be written leaves nothing behind."""

import errno
import gc
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from claims.export.tabular import xlsx
from claims.export.tabular.xlsx import WorkbookLimitError, write_workbook
from tests import factories as make
from tests.commands.conftest import shell
from tests.commands.shell import Shell

__all__ = ["shell"]


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """A file that grows beyond it fails like one on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def ignored_errors(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Those of destructors, which Python prints with a traceback; warnings of open files are errors in tests alone."""
    errors: list[object] = []

    def add(unraisable: "sys.UnraisableHookArgs") -> None:
        if not isinstance(unraisable.exc_value, ResourceWarning):
            errors.append(unraisable.exc_value)

    monkeypatch.setattr(sys, "unraisablehook", add)
    return errors


@pytest.mark.parametrize("row_count", [280, 1000], ids=["while it is packed", "while rows are written"])
def test_a_full_disk_is_one_error(
    row_count: int, ignored_errors: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows = [[f"row {number}", "a" * 20] for number in range(row_count)]
    with file_size_limit(40_000), pytest.raises(OSError, match="File too large") as error:
        write_workbook("rows", ["name", "text"], [rows])
    assert error.value.errno == errno.EFBIG
    del error
    gc.collect()
    assert ignored_errors == []
    assert not list(tmp_path.iterdir())


@pytest.fixture
def _full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(xlsx, "_write_sheet", fail)


@pytest.mark.django_db
@pytest.mark.sqlite_suffices
@pytest.mark.usefixtures("_full_disk")
def test_requests_are_answered_with_503_while_the_disk_is_full() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make.UserFactory(is_superuser=True))
    for path in ("/api/v1/claims.xlsx", reverse("admin:claims_claim_export", args=["xlsx"])):
        response = client.get(path)
        assert (response.status_code, response.headers.get("Retry-After")) == (503, "10"), path


@pytest.mark.django_db
@pytest.mark.sqlite_suffices
@pytest.mark.usefixtures("_full_disk")
def test_a_command_ends_with_one_line_while_the_disk_is_full(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    ran = shell("export_claims", "--format", "xlsx", "-o", str(path))
    assert (ran.status, ran.out, ran.err) == (1, "", f"CommandError: {path}: No space left on device\n")
    assert not list(tmp_path.iterdir())


def test_a_text_that_fits_no_cell_leaves_no_files(
    ignored_errors: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(WorkbookLimitError):
        write_workbook("rows", ["text"], [[["a"], ["a" * 40_000]]])
    gc.collect()
    assert ignored_errors == []
    assert not list(tmp_path.iterdir())
