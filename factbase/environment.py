"""Reads typed settings from environment variables. Errors name the variable."""

import contextlib
import ipaddress
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BUSY_TIMEOUT_SECONDS = 20
# For a server whose machine is gone: the system alone would wait for minutes. Parameters in the URL take precedence.
CONNECT_SECONDS = 5
POSTGRESQL_TIMEOUTS = {
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}  # by the scheme of the server's URL
MAIL_TIMEOUT_SECONDS = 20
REPLICA_CONNECT_SECONDS = 3  # after which requests use the writer
HOST_PATTERN = re.compile(r"\*|\.?[a-z0-9_.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


def read_text(name: str, default: str) -> str:
    """Reads a string; an empty variable counts as unset."""
    return os.environ.get(name) or default


def read_line(name: str, default: str) -> str:
    """Reads a line of text, such as a name. Raises ImproperlyConfigured for control characters and very long ones."""
    value = read_text(name, default).strip()
    if not value.isprintable() or len(value) > 200:
        raise ImproperlyConfigured(f"{name} must be one line of at most 200 characters, not {value[:50]!r}")
    return value


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """Reads one of the choices. Raises ImproperlyConfigured for anything else."""
    value = read_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def read_licence(name: str) -> str:
    """Reads an SPDX licence identifier such as CC-BY-4.0, or the URL of a licence; empty if unset.

    Raises ImproperlyConfigured for anything else.
    """
    value = read_text(name, "")
    if value and not re.fullmatch(r"[A-Za-z0-9.-]{2,60}|https?://[!-~]{1,300}", value):
        raise ImproperlyConfigured(f"{name} must be an SPDX identifier such as CC-BY-4.0, or a URL, not {value!r}")
    return value


def read_branding_directory(name: str) -> list[Path]:
    """Reads the directory of an operator's `templates/` and `static/`; an empty list if unset.

    Raises ImproperlyConfigured if it does not exist.
    """
    value = read_text(name, "")
    if value and not Path(value).is_dir():
        raise ImproperlyConfigured(f"{name} must be a directory, and {value!r} is none")
    return [Path(value).resolve()] if value else []


def read_bool(name: str, *, default: bool) -> bool:
    """Reads 1 or 0. Raises ImproperlyConfigured for anything else, so that 'false' does not count as true."""
    value = read_text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def read_int(name: str, default: int, *, minimum: int, maximum: int) -> int:
    """Reads an integer from `minimum` to `maximum`, both included. Raises ImproperlyConfigured for anything else."""
    value = read_text(name, str(default))
    # Check the number of digits first: int() raises an error of its own for thousands of digits.
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(maximum))
    if not (digits and minimum <= int(value) <= maximum):
        raise ImproperlyConfigured(f"{name} must be a whole number from {minimum} to {maximum}, not {value!r}")
    return int(value)


def read_ports(name: str) -> frozenset[int]:
    """Reads comma-separated port numbers; an empty set if unset. Raises ImproperlyConfigured for anything else."""
    values = [item.strip() for item in read_text(name, "").split(",") if item.strip()]
    for value in values:
        if not (value.isascii() and value.isdigit() and len(value) <= 5 and 1 <= int(value) <= 65535):
            raise ImproperlyConfigured(f"{name} must be port numbers from 1 to 65535, such as 8080,8443, not {value!r}")
    return frozenset(map(int, values))


def read_networks(name: str, default: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Reads comma-separated IP networks such as 10.0.0.0/8, or addresses. Raises ImproperlyConfigured for others."""
    values = [item.strip() for item in read_text(name, default).split(",") if item.strip()]
    try:
        return [ipaddress.ip_network(value) for value in values]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be IP networks such as 10.0.0.0/8,::1/128: {error}") from error


def read_token(name: str) -> str:
    """Reads a secret that clients send; empty if unset. Raises ImproperlyConfigured, without it, if it is too weak."""
    value = read_text(name, "")
    if value and not re.fullmatch(r"[!-~]{20,200}", value):
        raise ImproperlyConfigured(f"{name} must be 20 to 200 ASCII characters without spaces")
    return value


def read_ip_address(name: str, default: str) -> str:
    """Reads an IP address to listen on.

    Raises ImproperlyConfigured for anything else. That includes host names, which may have several addresses.
    """
    value = read_text(name, default)
    try:
        return str(ipaddress.ip_address(value))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be an IP address such as 127.0.0.1, not {value!r}") from error


def connectable_host(listen_address: str) -> str:
    """Returns the host for the URL of a server that listens on this IP address: IPv6 in brackets, without a zone.

    For a server that listens on every address, this is 127.0.0.1.
    """
    ip = ipaddress.ip_address(listen_address.partition("%")[0])
    if ip.is_unspecified:
        return "127.0.0.1"
    return f"[{ip}]" if ip.version == 6 else str(ip)


def url_host(url: str) -> str:
    """Returns the host of a URL as in the Host header: IPv6 in brackets."""
    host = str(urlsplit(url).hostname)
    return f"[{host}]" if ":" in host else host


def read_base_url(name: str, default: str) -> str:
    """Reads an http or https URL and removes its trailing slash.

    Raises ImproperlyConfigured for anything else, and for a URL with a path or a query.
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
        raise ImproperlyConfigured(f"{name} must be a URL such as https://facts.example.org, not {value!r}")
    return base


def read_webhook_url(name: str) -> str:
    """Reads an http or https URL, which may have a path and a query; empty if unset.

    Raises ImproperlyConfigured for anything else, without its value: the path is a secret.
    """
    value = read_text(name, "")
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if value and not (valid and value.isascii() and value.isprintable() and " " not in value):
        raise ImproperlyConfigured(f"{name} must be a URL that starts with https:// or http://")
    return value


def read_email_address(name: str) -> str:
    """Reads an e-mail address; empty if unset. Raises ImproperlyConfigured for anything else."""
    value = read_text(name, "")
    try:
        if value:
            validate_email(value)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} must be an address such as facts@example.org, not {value!r}") from error
    return value


def read_mail_server(name: str) -> dict[str, Any]:
    """Reads the URL of a mail server, `smtp+tls://user:password@host:port`, as Django's settings; none if unset.

    The schemes are smtp, smtp+tls (STARTTLS) and smtp+ssl. Raises ImproperlyConfigured for anything else, without its
    value: it may contain a password.
    """
    value = read_text(name, "")
    try:
        parts = urlsplit(value)
        valid = parts.scheme in MAIL_PORTS and bool(parts.hostname) and parts.port != 0
        valid = valid and parts.path in {"", "/"} and not parts.query and not parts.fragment
        port = parts.port or MAIL_PORTS.get(parts.scheme, 0)
    except ValueError:
        valid = False
    if value and not valid:
        raise ImproperlyConfigured(f"{name} must be a URL such as smtp+tls://user:password@mail.example.org:587")
    return {
        "EMAIL_HOST": parts.hostname if value else "",
        "EMAIL_PORT": port if value else 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": MAIL_TIMEOUT_SECONDS,
    }


def read_choices(name: str, choices: tuple[str, ...]) -> list[str]:
    """Reads some of these choices, separated by commas; all of them if unset.

    Raises ImproperlyConfigured for anything else.
    """
    values = [item.strip() for item in read_text(name, ",".join(choices)).split(",")]
    if unknown := [value for value in values if value not in choices]:
        raise ImproperlyConfigured(f"{name} must be some of {', '.join(choices)}, not {unknown[0]!r}")
    return values


def read_names(name: str) -> list[str]:
    """Reads comma-separated names; an empty list if unset."""
    return [item.strip() for item in read_text(name, "").split(",") if item.strip()]


def read_pairs(name: str) -> dict[str, str]:
    """Reads comma-separated pairs such as `desk=Editor`; empty if unset. Raises ImproperlyConfigured for others."""
    pairs = [item.partition("=") for item in read_names(name)]
    for key, sign, value in pairs:
        if not (key.strip() and sign and value.strip()):
            raise ImproperlyConfigured(
                f"{name} must be pairs such as desk=Editor,lead=Chief, not {key + sign + value!r}"
            )
    return {key.strip(): value.strip() for key, _, value in pairs}


def read_issuer_url(name: str) -> str:
    """Reads the https URL of an OpenID Connect provider, http on this machine only; empty if unset.

    Raises ImproperlyConfigured for anything else.
    """
    value = read_text(name, "").removesuffix("/")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
        valid = bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))
        valid = valid and not (parts.username or parts.query or parts.fragment) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must be a URL such as https://login.example.org, not {value!r}")
    return value


def read_hosts(name: str, default: list[str]) -> list[str]:
    """Reads comma-separated host names, without scheme or port; `.example.org` includes its subdomains.

    Raises ImproperlyConfigured for anything else, and for an empty list.
    """
    hosts = [item.strip() for item in read_text(name, ",".join(default)).split(",") if item.strip()]
    invalid = [host for host in hosts if not HOST_PATTERN.fullmatch(host)]
    if invalid or not hosts:
        raise ImproperlyConfigured(
            f"{name} must be comma-separated host names such as facts.example.org, "
            f"not {(invalid or [read_text(name, '')])[0]!r}"
        )
    return hosts


def read_directory(name: str, default: Path) -> Path:
    """Reads the path of a directory and creates it if necessary, for its owner alone.

    Raises ImproperlyConfigured if it cannot be created or is not writable.
    """
    path = Path(read_text(name, str(default)))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot create the directory {path}: {error.strerror}") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}: the directory {path} is not writable")
    return path


def read_path(name: str) -> Path | None:
    """Reads the path of a directory, which need not exist yet; None if unset."""
    value = read_text(name, "")
    return Path(value).resolve() if value else None


def read_secret_key(name: str, key_file: Path) -> str:
    """Reads a secret key from the variable or else from `key_file`, which is created with mode 0600 if necessary.

    Raises ImproperlyConfigured if the file can be neither read nor created.
    """
    if key := os.environ.get(name):
        return key
    try:
        if not key_file.exists():
            # Write a complete temporary file, then link it: of two processes that start together one wins, and neither
            # reads a partial key. The temporary file has mode 0600 from the start.
            with tempfile.NamedTemporaryFile("w", dir=key_file.parent) as temporary:
                temporary.write(secrets.token_urlsafe(50))
                temporary.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(temporary.name, key_file)
        key = key_file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot store a key in {key_file}: {error.strerror}") from error
    if not key:
        raise ImproperlyConfigured(f"{name}: the key in {key_file} is empty; remove the file to create a new key")
    return key


def read_database(name: str, default: Path, *, connect_seconds: int = CONNECT_SECONDS) -> dict[str, Any]:
    """Reads a database URL, `sqlite:///path` or `postgres://user:password@host/name`; SQLite at `default` if unset.

    Raises ImproperlyConfigured for anything else.
    """
    url = read_text(name, f"sqlite:///{default}")
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in {"sqlite", "postgres", "postgresql"}:
        # Do not show the whole value: it may contain a password.
        raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgres://, not {scheme[:20]!r}")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is not a database URL: {error}") from error
    if not config["NAME"]:
        raise ImproperlyConfigured(f"{name} has no database name; use postgres://user:password@host/name")
    if scheme == "sqlite":
        # WAL lets readers continue beside a writer. IMMEDIATE makes writers queue instead of failing with "database is
        # locked" when a transaction that has read starts to write. No mmap: it counts as the process's memory.
        config["ENGINE"] = "claims.database.connections.sqlite"
        config["OPTIONS"] = {
            "timeout": BUSY_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
        }
    else:
        config["OPTIONS"] = POSTGRESQL_TIMEOUTS | {"connect_timeout": connect_seconds} | config.get("OPTIONS", {})
    # Persistent connections: opening one and preparing its statements takes as long as a page of a list.
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def read_replica_database(name: str) -> dict[str, dict[str, Any]]:
    """Reads the URL of a read replica, `postgres://user:password@host/name`, as a database by its alias; none if unset.

    Raises ImproperlyConfigured for anything else.
    """
    url = read_text(name, "")
    if not url:
        return {}
    if url.startswith("sqlite:"):
        raise ImproperlyConfigured(f"{name} must start with postgres://: only PostgreSQL has read replicas")
    return {"replica": read_database(name, Path(), connect_seconds=REPLICA_CONNECT_SECONDS)}
