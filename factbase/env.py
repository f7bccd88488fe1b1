"""Settings from the environment: typed, and nonsense refused by name."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BUSY_TIMEOUT_SECONDS = 20


def text(name: str, default: str) -> str:
    """The variable as it stands; an empty one counts as absent."""
    return os.environ.get(name) or default


def switch(name: str, *, default: bool) -> bool:
    """1 or 0.

    Raises ImproperlyConfigured for anything else: 'false' must not come out as true.
    """
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included.

    Raises ImproperlyConfigured for anything else.
    """
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return int(value)


def base_url(name: str, default: str) -> str:
    """An http or https address without path, query or trailing slash.

    Raises ImproperlyConfigured for anything else.
    """
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        valid = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and value == f"{parts.scheme}://{parts.netloc}"
        )
        _ = parts.port
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must be an address such as https://facts.example.org, not {value!r}")
    return value


def names(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in text(name, ",".join(default)).split(",") if item.strip()]


def directory(name: str, default: Path) -> Path:
    """A directory that is made if it is not there.

    Raises ImproperlyConfigured if it cannot be made or written.
    """
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot make the directory {path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}: the directory {path} is not writable")
    return path


def secret_key(name: str, kept_in: Path) -> str:
    """The variable, or the key kept in the file `kept_in`, which is made at the first start, readable by its owner.

    Raises ImproperlyConfigured if the file can be neither read nor made.
    """
    if given := os.environ.get(name):
        return given
    try:
        try:
            # Exclusive: two processes that start together must not each keep a key of their own.
            with os.fdopen(os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
        return kept_in.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot keep a key in {kept_in}: {error.strerror}") from error


def database(name: str, default: Path) -> dict[str, Any]:
    """A database by address: `sqlite:///path` or `postgres://user:password@host/name`; SQLite at `default` if unset.

    Raises ImproperlyConfigured for an address that names no such database.
    """
    address = text(name, f"sqlite:///{default}")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(address)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is no database address: {error}") from error
    engine = config.get("ENGINE", "")
    if engine.endswith("sqlite3"):
        # Readers and one writer side by side: WAL lets readers go on, IMMEDIATE makes writers queue instead of failing
        # with "database is locked" when a read turns into a write. No mmap: it counts against the process's memory.
        config["OPTIONS"] = {
            "timeout": BUSY_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;",
        }
    elif engine.endswith("postgresql"):
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    else:
        raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgres://, not {address.split('://')[0]!r}")
    return config
