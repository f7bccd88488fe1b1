"""Runs a management command as from a shell, and captures its exit status and output."""

import io
import sys
from dataclasses import dataclass

import pytest
from django.core.management import ManagementUtility


@dataclass(frozen=True)
class CommandResult:
    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Usage: `shell("ingest", "a.txt", stdin=b"…")`."""

    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, stdin: bytes = b"") -> CommandResult:
        with self.patch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            # A command closes all connections when it ends, but the test's own transaction uses one of them.
            patch.setattr("django.core.management.base.connections.close_all", lambda: None)
            self.capsys.readouterr()
            status = 0
            try:
                ManagementUtility(["manage.py", *arguments]).execute()
            except SystemExit as end:
                status = int(end.code or 0)
        return CommandResult(status, *self.capsys.readouterr())
