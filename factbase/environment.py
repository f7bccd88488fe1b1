"""Settings from the environment: typed, and nonsense refused by name."""

import contextlib
import ipaddress
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BUSY_TIMEOUT_SECONDS = 20
HOST_PATTERN = re.compile(r"\*|\.?[a-z0-9_.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


def read_text(name: str, default: str) -> str:
    """The variable as it stands; an empty one counts as absent."""
    return os.environ.get(name) or default


def read_bool(name: str, *, default: bool) -> bool:
    """1 or 0.

    Raises ImproperlyConfigured for anything else: 'false' must not come out as true.
    """
    value = read_text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def read_int(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included.

    Raises ImproperlyConfigured for anything else.
    """
    value = read_text(name, str(default))
    # Only as many digits as can be right: int() has a limit of its own.
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not (digits and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return int(value)


def read_ip_address(name: str, default: str) -> str:
    """An IP address to listen on.

    Raises ImproperlyConfigured for anything else, names included: a name may stand for several addresses.
    """
    value = read_text(name, default)
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be an IP address such as 127.0.0.1, not {value!r}") from error


def connectable_host(listening: str) -> str:
    """The host to write in a URL for a server that listens on this IP address: IPv6 in brackets, without its zone.

    For one that listens on every address, 127.0.0.1.
    """
    ip = ipaddress.ip_address(listening.partition("%")[0])
    if ip.is_unspecified:
        return "127.0.0.1"
    return f"[{ip}]" if ip.version == 6 else str(ip)


def url_host(url: str) -> str:
    """The host of a URL as requests name it: IPv6 in brackets."""
    host = str(urlsplit(url).hostname)
    return f"[{host}]" if ":" in host else host


def read_base_url(name: str, default: str) -> str:
    """An http or https address without path, query or trailing slash.

    Raises ImproperlyConfigured for anything else.
    """
    value = read_text(name, default)
    base = value.removesuffix("/")
    try:
        parts = urlsplit(base)
        valid = parts.scheme in {"http", "https"} and base == f"{parts.scheme}://{parts.netloc}"
        valid = valid and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must be an address such as https://facts.example.org, not {value!r}")
    return base


def read_hosts(name: str, default: list[str]) -> list[str]:
    """A comma-separated list of host names, without scheme or port; `.example.org` takes in what is below it.

    Raises ImproperlyConfigured for anything else, and for none.
    """
    given = [item.strip() for item in read_text(name, ",".join(default)).split(",") if item.strip()]
    wrong = [item for item in given if not HOST_PATTERN.fullmatch(item)]
    if wrong or not given:
        raise ImproperlyConfigured(
            f"{name} must be host names such as facts.example.org, with commas between them, "
            f"not {(wrong or [read_text(name, '')])[0]!r}"
        )
    return given


def read_directory(name: str, default: Path) -> Path:
    """A directory that is made if it is not there.

    Raises ImproperlyConfigured if it cannot be made or written.
    """
    path = Path(read_text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot make the directory {path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}: the directory {path} is not writable")
    return path


def read_secret_key(name: str, kept_in: Path) -> str:
    """The variable, or the key kept in the file `kept_in`, which is made at the first start, readable by its owner.

    Raises ImproperlyConfigured if the file can be neither read nor made.
    """
    if given := os.environ.get(name):
        return given
    try:
        if not kept_in.exists():
            # Written whole beside it, then linked: of two processes that start together one wins, and neither can
            # read a key that is half there. The file is its owner's alone from the start.
            with tempfile.NamedTemporaryFile("w", dir=kept_in.parent) as draft:
                draft.write(secrets.token_urlsafe(50))
                draft.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(draft.name, kept_in)
        key = kept_in.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot keep a key in {kept_in}: {error.strerror}") from error
    if not key:
        raise ImproperlyConfigured(f"{name}: the key in {kept_in} is empty; remove the file, and a new one is made")
    return key


def read_database(name: str, default: Path) -> dict[str, Any]:
    """A database by address: `sqlite:///path` or `postgres://user:password@host/name`; SQLite at `default` if unset.

    Raises ImproperlyConfigured for an address that names no such database.
    """
    address = read_text(name, f"sqlite:///{default}")
    scheme, separator, _ = address.partition("://")
    if not separator or scheme not in {"sqlite", "postgres", "postgresql"}:
        # Not the whole of it: there may be a password in it.
        raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgres://, not {scheme[:20]!r}")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(address)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is no database address: {error}") from error
    if not config["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database; a full address: postgres://user:password@host/name")
    if scheme == "sqlite":
        # Readers and one writer side by side: WAL lets readers go on, IMMEDIATE makes writers queue instead of failing
        # with "database is locked" when a read turns into a write. No mmap: it counts against the process's memory.
        config["OPTIONS"] = {
            "timeout": BUSY_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;",
        }
    # To open one and to make ready what was asked on another one costs as much as a page of a list.
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
