"""The content security policy: strict, with additions for the admin theme only."""

import pytest
from django.test import Client


def parse_policy(client: Client, path: str) -> dict[str, str]:
    directives = client.get(path).headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (directive.partition(" ") for directive in directives)}


STRICT_POLICY = {
    "default-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "object-src": "'none'",
}
ADMIN_POLICY = STRICT_POLICY | {"script-src": "'self' 'unsafe-eval'", "style-src": "'self' 'unsafe-inline'"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", STRICT_POLICY),
        ("/api/v1/docs/", STRICT_POLICY),
        ("/nothing", STRICT_POLICY),
        ("/admin", STRICT_POLICY),
        ("/administration/", STRICT_POLICY),
        ("/admin/", ADMIN_POLICY),
        ("/admin/login/", ADMIN_POLICY),
        ("/admin/nothing/", ADMIN_POLICY),
    ],
)
def test_content_security_policy(client: Client, path: str, expected: dict[str, str]) -> None:
    assert parse_policy(client, path) == expected
