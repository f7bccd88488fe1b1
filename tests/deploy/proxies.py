"""nginx and Caddy with the configurations of `deploy/`, in front of the server in a thread. All on loopback."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from claims.management.server import web_process

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
HOST = "127.0.0.1"
NAME = "facts.example.org"
START_SECONDS = 60
# As FACTBASE_BASE_URL=https://… and FACTBASE_PROXY_COUNT=1 set them.
SETTINGS_BEHIND_PROXY: dict[str, Any] = {
    "ALLOWED_HOSTS": [HOST],
    "CSRF_COOKIE_SECURE": True,
    "PROXY_COUNT": 1,
    "REST_FRAMEWORK": settings.REST_FRAMEWORK | {"NUM_PROXIES": 1},
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
}
NGINX_MAIN = """
daemon off;
master_process off;
{user}
pid {directory}/pid;
error_log stderr error;
events {{}}
http {{
    access_log off;
    client_body_temp_path {directory}/bodies;
    proxy_temp_path {directory}/answers;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    include {directory}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    http_port: int
    https_port: int
    certificate: Path

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.https_port}"

    def connect(self, *, source: str = HOST) -> HTTPSConnection:
        """A connection from this address, over TLS that is checked."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        return HTTPSConnection(HOST, self.https_port, timeout=60, context=context, source_address=(source, 0))

    def connect_in_clear(self) -> HTTPConnection:
        return HTTPConnection(HOST, self.http_port, timeout=60)


@contextmanager
def serve_in_thread(application: Callable[..., Any]) -> Iterator[int]:
    """Serves as `serve` does behind a proxy, and yields the port."""
    is_running = True
    listener = socket.create_server((HOST, 0))
    server = web_process.make_server(application, listener, is_behind_proxy=True)

    def run() -> None:
        while is_running:
            server.poll(0.05)
        web_process.finish_open_requests(server)

    thread = Thread(target=run)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        is_running = False
        thread.join()
        server.task_dispatcher.shutdown()


@contextmanager
def nginx(directory: Path, port: int, replacements: dict[str, str]) -> Iterator[Proxy]:
    proxy = Proxy(unused_port(), unused_port(), make_certificate(directory))
    site = replace(
        (DEPLOY / "nginx.conf").read_text(),
        {
            "listen 80;": f"listen {HOST}:{proxy.http_port};",
            "listen 443 ssl http2;": f"listen {HOST}:{proxy.https_port} ssl http2;",
            "127.0.0.1:8000": f"{HOST}:{port}",
            "/etc/ssl/facts.example.org/fullchain.pem": str(proxy.certificate),
            "/etc/ssl/facts.example.org/privkey.pem": str(directory / "key.pem"),
            **replacements,
        },
    )
    (directory / "site.conf").write_text(site)
    main = NGINX_MAIN.format(directory=directory, user="user root;" if os.geteuid() == 0 else "")
    (directory / "nginx.conf").write_text(main)
    with run_proxy("nginx", "-p", str(directory), "-c", str(directory / "nginx.conf"), proxy=proxy):
        yield proxy


@contextmanager
def caddy(directory: Path, port: int, replacements: dict[str, str]) -> Iterator[Proxy]:
    proxy = Proxy(unused_port(), unused_port(), make_certificate(directory))
    ports = f"admin off\n\thttp_port {proxy.http_port}\n\thttps_port {proxy.https_port}\n\tdefault_bind {HOST}"
    site = replace(
        (DEPLOY / "Caddyfile").read_text(),
        {
            "{\n\tservers {": f"{{\n\t{ports}\n\tservers {{",
            f"{NAME} {{": f"https://{HOST} {{\n\ttls {proxy.certificate} {directory / 'key.pem'}",
            "127.0.0.1:8000": f"{HOST}:{port}",
            **replacements,
        },
    )
    (directory / "Caddyfile").write_text(site)
    environment = os.environ | {
        "HOME": str(directory),
        "XDG_DATA_HOME": str(directory),
        "XDG_CONFIG_HOME": str(directory),
    }
    command = ("caddy", "run", "--config", str(directory / "Caddyfile"), "--adapter", "caddyfile")
    with run_proxy(*command, proxy=proxy, env=environment):
        yield proxy


def caddy_version() -> tuple[int, int]:
    """The installed version, such as (2, 6); the newest if there is none."""
    if shutil.which("caddy") is None:
        return sys.maxsize, 0
    said = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    major, minor, *_ = said.removeprefix("v").split(".")
    return int(major), int(minor)


@contextmanager
def run_proxy(program: str, *arguments: str, proxy: Proxy, env: dict[str, str] | None = None) -> Iterator[None]:
    """Runs a proxy until the block ends. Skips the test if it is not installed."""
    path = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        pytest.skip(f"tests of the proxies need {program}: install your system's package")
    errors = proxy.certificate.parent / "errors"
    with (
        errors.open("wb") as output,
        subprocess.Popen(
            [path, *arguments], env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_until_it_listens(process, proxy.https_port, errors)
            yield
        finally:
            process.terminate()


def wait_until_it_listens(process: "subprocess.Popen[bytes]", port: int, errors: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the proxy does not start: {errors.read_text()}")
        time.sleep(0.05)


def replace(text: str, replacements: dict[str, str]) -> str:
    """Replaces what differs in the test. Fails if it is no longer there."""
    for old, new in replacements.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def make_certificate(directory: Path) -> Path:
    """A certificate for this host that is trusted by whoever is given it; its key lies beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (directory / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    path = directory / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
