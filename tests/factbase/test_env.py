"""Settings from the environment: what each kind takes, and how it refuses the rest."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from factbase import env

NAME = "FACTBASE_TESTED"

Reader = Callable[[], Any]


def switch() -> bool:
    return env.switch(NAME, default=False)


def port() -> int:
    return env.number(NAME, 8000, least=1, most=65535)


def host() -> str:
    return env.address(NAME, "127.0.0.1")


def base_url() -> str:
    return env.base_url(NAME, "http://127.0.0.1:8000")


def hosts() -> list[str]:
    return env.hosts(NAME, ["localhost"])


def database() -> tuple[str, str, str]:
    config = env.database(NAME, Path("/data/factbase.sqlite3"))
    return config["ENGINE"].rpartition(".")[2], config["NAME"], config.get("HOST", "")


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (switch, None, False),
        (switch, "", False),
        (switch, "0", False),
        (switch, "1", True),
        (port, None, 8000),
        (port, "", 8000),
        (port, "1", 1),
        (port, "65535", 65535),
        (host, None, "127.0.0.1"),
        (host, "0.0.0.0", "0.0.0.0"),
        (host, "::1", "::1"),
        (base_url, None, "http://127.0.0.1:8000"),
        (base_url, "https://facts.example.org", "https://facts.example.org"),
        (base_url, "https://facts.example.org/", "https://facts.example.org"),
        (base_url, "https://facts.example.org:8443", "https://facts.example.org:8443"),
        (hosts, None, ["localhost"]),
        (hosts, "a.example.org, b.example.org,", ["a.example.org", "b.example.org"]),
        (hosts, "*", ["*"]),
        (hosts, ".example.org,[::1]", [".example.org", "[::1]"]),
        (database, None, ("sqlite3", "/data/factbase.sqlite3", "")),
        (database, "sqlite:////elsewhere/facts.sqlite3", ("sqlite3", "/elsewhere/facts.sqlite3", "")),
        (database, "sqlite://:memory:", ("sqlite3", ":memory:", "")),
        (database, "postgres://u:p@db.example.org:5433/facts", ("postgresql", "facts", "db.example.org")),
        (database, "postgresql://u@db.example.org/facts", ("postgresql", "facts", "db.example.org")),
        (database, "postgres://u@/facts?host=/run/postgresql", ("postgresql", "facts", "")),
    ],
)
def test_what_a_setting_takes(
    monkeypatch: pytest.MonkeyPatch, reader: Reader, value: str | None, expected: object
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)
    assert reader() == expected


@pytest.mark.parametrize(
    ("reader", "value", "refusal"),
    [
        (switch, "maybe", "FACTBASE_TESTED must be 0 or 1, not 'maybe'"),
        (switch, "true", "FACTBASE_TESTED must be 0 or 1, not 'true'"),
        (switch, " 1", "FACTBASE_TESTED must be 0 or 1, not ' 1'"),
        (port, "0", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '0'"),
        (port, "65536", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '65536'"),
        (port, "-1", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '-1'"),
        (port, "8000.0", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '8000.0'"),
        (port, "http", "FACTBASE_TESTED must be a whole number from 1 to 65535, not 'http'"),
        (port, "८०००", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '८०००'"),
        (port, "9" * 5000, "FACTBASE_TESTED must be a whole number from 1 to 65535, not '999"),
        (host, "localhost", "FACTBASE_TESTED must be an IP address such as 127.0.0.1, not 'localhost'"),
        (host, "127.0.0.1:80", "FACTBASE_TESTED must be an IP address such as 127.0.0.1, not '127.0.0.1:80'"),
        *(
            (base_url, value, f"FACTBASE_TESTED must be an address such as https://facts.example.org, not '{value}'")
            for value in [
                "facts.example.org",
                "ftp://facts.example.org",
                "https://",
                "https://facts.example.org/site",
                "https://facts.example.org?a=b",
                "https://facts.example.org:port",
                "https://[facts",
                "https://user:secret@facts.example.org",
            ]
        ),
        *(
            (
                hosts,
                value,
                f"{NAME} must be host names such as facts.example.org, with commas between them, not '{wrong}'",
            )
            for value, wrong in [
                (",", ","),
                ("a.example.org b.example.org", "a.example.org b.example.org"),
                ("a.example.org,https://b.example.org", "https://b.example.org"),
                ("a.example.org:8000", "a.example.org:8000"),
            ]
        ),
        (database, "mysql://u@h/d", "FACTBASE_TESTED must start with sqlite:// or postgres://, not 'mysql'"),
        (database, "facts.sqlite3", "FACTBASE_TESTED must start with sqlite:// or postgres://, not 'facts.sqlite3'"),
        (
            database,
            "postgres://u@h",
            "FACTBASE_TESTED names no database; a full address: postgres://user:password@host/name",
        ),
        (database, "postgres://u@h:port/d", "FACTBASE_TESTED is no database address: "),
    ],
)
def test_what_a_setting_refuses(monkeypatch: pytest.MonkeyPatch, reader: Reader, value: str, refusal: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured) as error:
        reader()
    assert str(error.value).startswith(refusal)


def test_a_password_is_not_repeated_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgres://u:hunter2@h:port/d")
    with pytest.raises(ImproperlyConfigured) as error:
        database()
    assert "hunter2" not in str(error.value)


def test_a_socket_directory_reaches_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgres://u@/facts?host=/run/postgresql")
    config = env.database(NAME, Path("unused"))
    assert config["OPTIONS"]["host"] == "/run/postgresql"
    assert config["CONN_HEALTH_CHECKS"]


def test_sqlite_queues_its_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    options = env.database(NAME, Path("/data/factbase.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_a_directory_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, str(tmp_path / "a" / "b"))
    assert env.directory(NAME, tmp_path) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_directory_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(NAME, str(tmp_path / place))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: cannot make the directory {tmp_path / place}: "):
        env.directory(NAME, tmp_path)


def test_a_directory_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # no permission binds root
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: the directory {tmp_path} is not writable"):
        env.directory(NAME, tmp_path)


def test_the_key_is_made_once_and_is_its_owners(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with ThreadPoolExecutor(8) as together:
        keys = set(together.map(lambda _: env.secret_key(NAME, tmp_path / "key"), range(8)))
    assert keys == {env.secret_key(NAME, tmp_path / "key")}
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_an_empty_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    (tmp_path / "key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty; remove the file"):
        env.secret_key(NAME, tmp_path / "key")


def test_a_given_key_is_taken_and_kept_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "given")
    assert env.secret_key(NAME, tmp_path / "key") == "given"
    assert not (tmp_path / "key").exists()


def test_a_key_that_cannot_be_kept_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: cannot keep a key in {tmp_path}: "):
        env.secret_key(NAME, tmp_path)
