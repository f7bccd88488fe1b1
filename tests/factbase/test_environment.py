"""Reading settings from the environment: valid values, and error messages for the others."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from factbase import environment

SETTING = "FACTBASE_TESTED"

SettingReader = Callable[[], Any]


def read_bool_setting() -> bool:
    return environment.read_bool(SETTING, default=False)


def read_port_setting() -> int:
    return environment.read_int(SETTING, 8000, minimum=1, maximum=65535)


def read_ip_setting() -> str:
    return environment.read_ip_address(SETTING, "127.0.0.1")


def read_base_url_setting() -> str:
    return environment.read_base_url(SETTING, "http://127.0.0.1:8000")


def read_hosts_setting() -> list[str]:
    return environment.read_hosts(SETTING, ["localhost"])


def read_ports_setting() -> list[int]:
    return sorted(environment.read_ports(SETTING))


def read_database_setting() -> tuple[str, str, str]:
    config = environment.read_database(SETTING, Path("/data/factbase.sqlite3"))
    return config["ENGINE"].rpartition(".")[2], config["NAME"], config.get("HOST", "")


def read_mail_server_setting() -> tuple[object, ...]:
    server = environment.read_mail_server(SETTING)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    return tuple(server[f"EMAIL_{name}"] for name in names)


def read_email_address_setting() -> str:
    return environment.read_email_address(SETTING)


def read_webhook_setting() -> str:
    return environment.read_webhook_url(SETTING)


def read_choices_setting() -> list[str]:
    return environment.read_choices(SETTING, ("assigned", "waiting"))


@pytest.mark.parametrize(
    ("reader", "value", "expected"),
    [
        (read_bool_setting, None, False),
        (read_bool_setting, "", False),
        (read_bool_setting, "0", False),
        (read_bool_setting, "1", True),
        (read_port_setting, None, 8000),
        (read_port_setting, "", 8000),
        (read_port_setting, "1", 1),
        (read_port_setting, "65535", 65535),
        (read_ip_setting, None, "127.0.0.1"),
        (read_ip_setting, "0.0.0.0", "0.0.0.0"),
        (read_ip_setting, "::1", "::1"),
        (read_base_url_setting, None, "http://127.0.0.1:8000"),
        (read_base_url_setting, "https://facts.example.org", "https://facts.example.org"),
        (read_base_url_setting, "https://facts.example.org/", "https://facts.example.org"),
        (read_base_url_setting, "https://facts.example.org:8443", "https://facts.example.org:8443"),
        (read_hosts_setting, None, ["localhost"]),
        (read_hosts_setting, "a.example.org, b.example.org,", ["a.example.org", "b.example.org"]),
        (read_hosts_setting, "*", ["*"]),
        (read_hosts_setting, ".example.org,[::1]", [".example.org", "[::1]"]),
        (read_mail_server_setting, None, ("", 25, "", "", False, False)),
        (read_mail_server_setting, "smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        (read_mail_server_setting, "smtp+tls://u%40x:p%2Fw@m:2525/", ("m", 2525, "u@x", "p/w", True, False)),
        (read_mail_server_setting, "smtp+tls://m", ("m", 587, "", "", True, False)),
        (read_mail_server_setting, "smtp+ssl://m", ("m", 465, "", "", False, True)),
        (read_email_address_setting, None, ""),
        (read_email_address_setting, "facts@example.org", "facts@example.org"),
        (read_webhook_setting, None, ""),
        (read_webhook_setting, "https://chat.example.org/hooks/x?y=1", "https://chat.example.org/hooks/x?y=1"),
        (read_webhook_setting, "http://127.0.0.1:8065/hooks/x", "http://127.0.0.1:8065/hooks/x"),
        (read_choices_setting, None, ["assigned", "waiting"]),
        (read_choices_setting, "waiting, assigned", ["waiting", "assigned"]),
        (read_ports_setting, None, []),
        (read_ports_setting, "8443, 8080,", [8080, 8443]),
        (read_database_setting, None, ("sqlite", "/data/factbase.sqlite3", "")),
        (read_database_setting, "sqlite:////elsewhere/facts.sqlite3", ("sqlite", "/elsewhere/facts.sqlite3", "")),
        (read_database_setting, "sqlite://:memory:", ("sqlite", ":memory:", "")),
        (read_database_setting, "postgres://u:p@db.example.org:5433/facts", ("postgresql", "facts", "db.example.org")),
        (read_database_setting, "postgresql://u@db.example.org/facts", ("postgresql", "facts", "db.example.org")),
        (read_database_setting, "postgres://u@/facts?host=/run/postgresql", ("postgresql", "facts", "")),
    ],
)
def test_valid_value(
    monkeypatch: pytest.MonkeyPatch, reader: SettingReader, value: str | None, expected: object
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    if value is not None:
        monkeypatch.setenv(SETTING, value)
    assert reader() == expected


@pytest.mark.parametrize(
    ("reader", "value", "message"),
    [
        (read_bool_setting, "maybe", "FACTBASE_TESTED must be 0 or 1, not 'maybe'"),
        (read_bool_setting, "true", "FACTBASE_TESTED must be 0 or 1, not 'true'"),
        (read_bool_setting, " 1", "FACTBASE_TESTED must be 0 or 1, not ' 1'"),
        (read_port_setting, "0", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '0'"),
        (read_port_setting, "65536", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '65536'"),
        (read_port_setting, "-1", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '-1'"),
        (read_port_setting, "8000.0", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '8000.0'"),
        (read_port_setting, "http", "FACTBASE_TESTED must be a whole number from 1 to 65535, not 'http'"),
        (read_port_setting, "८०००", "FACTBASE_TESTED must be a whole number from 1 to 65535, not '८०००'"),
        (read_port_setting, "9" * 5000, "FACTBASE_TESTED must be a whole number from 1 to 65535, not '999"),
        (read_ports_setting, "0", "FACTBASE_TESTED must be port numbers from 1 to 65535, such as 8080,8443, not '0'"),
        (read_ports_setting, "80,65536", "FACTBASE_TESTED must be port numbers"),
        (read_ports_setting, "http", "FACTBASE_TESTED must be port numbers"),
        (read_ports_setting, "80-90", "FACTBASE_TESTED must be port numbers"),
        (read_ip_setting, "localhost", "FACTBASE_TESTED must be an IP address such as 127.0.0.1, not 'localhost'"),
        (
            read_ip_setting,
            "127.0.0.1:80",
            "FACTBASE_TESTED must be an IP address such as 127.0.0.1, not '127.0.0.1:80'",
        ),
        *(
            (
                read_base_url_setting,
                value,
                f"FACTBASE_TESTED must be a URL such as https://facts.example.org, not '{value}'",
            )
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
                read_hosts_setting,
                value,
                f"{SETTING} must be comma-separated host names such as facts.example.org, not '{invalid}'",
            )
            for value, invalid in [
                (",", ","),
                ("a.example.org b.example.org", "a.example.org b.example.org"),
                ("a.example.org,https://b.example.org", "https://b.example.org"),
                ("a.example.org:8000", "a.example.org:8000"),
            ]
        ),
        (
            read_database_setting,
            "mysql://u@h/d",
            "FACTBASE_TESTED must start with sqlite:// or postgres://, not 'mysql'",
        ),
        (
            read_database_setting,
            "facts.sqlite3",
            "FACTBASE_TESTED must start with sqlite:// or postgres://, not 'facts.sqlite3'",
        ),
        (
            read_database_setting,
            "postgres://u@h",
            "FACTBASE_TESTED has no database name; use postgres://user:password@host/name",
        ),
        (read_database_setting, "postgres://u@h:port/d", "FACTBASE_TESTED is not a database URL: "),
        *(
            (read_mail_server_setting, value, "FACTBASE_TESTED must be a URL such as smtp+tls://user:password@mail.")
            for value in ["mail.example.org", "http://m", "smtp://", "smtp://m:port", "smtp://m/x", "smtp://m?tls=1"]
        ),
        *(
            (read_webhook_setting, value, "FACTBASE_TESTED must be a URL that starts with https:// or http://")
            for value in [
                "chat.example.org",
                "ftp://m/x",
                "file:///etc/passwd",
                "https://",
                "https://m:x/",
                "https://m/ x",
            ]
        ),
        (read_email_address_setting, "facts", "FACTBASE_TESTED must be an address such as facts@example.org"),
        (read_choices_setting, "waiting,gossip", "FACTBASE_TESTED must be some of assigned, waiting, not 'gossip'"),
    ],
)
def test_invalid_value(monkeypatch: pytest.MonkeyPatch, reader: SettingReader, value: str, message: str) -> None:
    monkeypatch.setenv(SETTING, value)
    with pytest.raises(ImproperlyConfigured) as error:
        reader()
    assert str(error.value).startswith(message)


def test_error_message_does_not_contain_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "postgres://u:hunter2@h:port/d")
    with pytest.raises(ImproperlyConfigured) as error:
        read_database_setting()
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("reader", [read_mail_server_setting, read_webhook_setting])
def test_error_message_does_not_contain_secrets(monkeypatch: pytest.MonkeyPatch, reader: SettingReader) -> None:
    monkeypatch.setenv(SETTING, "smtp+xyz://u:hunter2@m/hunter2")
    with pytest.raises(ImproperlyConfigured) as error:
        reader()
    assert "hunter2" not in str(error.value)


def test_socket_directory_is_passed_to_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "postgres://u@/facts?host=/run/postgresql")
    config = environment.read_database(SETTING, Path("unused"))
    assert config["OPTIONS"]["host"] == "/run/postgresql"
    assert config["CONN_HEALTH_CHECKS"]


def test_sqlite_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    options = environment.read_database(SETTING, Path("/data/factbase.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_directory_is_created(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path / "a" / "b"))
    assert environment.read_directory(SETTING, tmp_path) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("path", ["file", "file/below"])
def test_uncreatable_directory_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(SETTING, str(tmp_path / path))
    with pytest.raises(ImproperlyConfigured, match=f"{SETTING}: cannot create the directory {tmp_path / path}: "):
        environment.read_directory(SETTING, tmp_path)


def test_directory_that_is_not_writable_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # no permission binds root
    with pytest.raises(ImproperlyConfigured, match=f"{SETTING}: the directory {tmp_path} is not writable"):
        environment.read_directory(SETTING, tmp_path)


def test_key_is_created_once_with_mode_0600(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: environment.read_secret_key(SETTING, tmp_path / "key"), range(8)))
    assert keys == {environment.read_secret_key(SETTING, tmp_path / "key")}
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_empty_key_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    (tmp_path / "key").touch()
    with pytest.raises(ImproperlyConfigured, match="is empty; remove the file to create a new key"):
        environment.read_secret_key(SETTING, tmp_path / "key")


def test_key_from_the_variable_is_not_stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SETTING, "secret")
    assert environment.read_secret_key(SETTING, tmp_path / "key") == "secret"
    assert not (tmp_path / "key").exists()


def test_key_that_cannot_be_stored_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"{SETTING}: cannot store a key in {tmp_path}: "):
        environment.read_secret_key(SETTING, tmp_path)


def test_replica_is_a_database_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.read_replica_database(SETTING) == {}
    monkeypatch.setenv(SETTING, "postgres://u:p@replica.example.org/facts")
    config = environment.read_replica_database(SETTING)["replica"]
    assert (config["HOST"], config["OPTIONS"]["connect_timeout"]) == ("replica.example.org", 3)


@pytest.mark.parametrize("url", ["sqlite:////facts.sqlite3", "replica.example.org"])
def test_replica_that_is_not_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(SETTING, url)
    with pytest.raises(ImproperlyConfigured, match=SETTING):
        environment.read_replica_database(SETTING)
