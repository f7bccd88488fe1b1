"""A workbook that cannot be written leaves nothing behind."""

import errno
import gc
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claims.export.tabular.xlsx import WorkbookLimitError, write_workbook


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


def test_a_text_that_fits_no_cell_leaves_no_files(
    ignored_errors: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(WorkbookLimitError):
        write_workbook("rows", ["text"], [[["a"], ["a" * 40_000]]])
    gc.collect()
    assert ignored_errors == []
    assert not list(tmp_path.iterdir())
