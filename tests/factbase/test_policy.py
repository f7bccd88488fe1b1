"""The content security policy: strict for readers; under the admin, what its look needs and no more."""

import pytest
from django.test import Client


def policy(client: Client, path: str) -> dict[str, str]:
    directives = client.get(path).headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (directive.partition(" ") for directive in directives)}


STRICT = {
    "default-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "object-src": "'none'",
}
ADMIN = STRICT | {"script-src": "'self' 'unsafe-eval'", "style-src": "'self' 'unsafe-inline'"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", STRICT),
        ("/api/v1/docs/", STRICT),
        ("/nothing", STRICT),
        ("/admin", STRICT),
        ("/administration/", STRICT),
        ("/admin/", ADMIN),
        ("/admin/login/", ADMIN),
        ("/admin/nothing/", ADMIN),
    ],
)
def test_policy(client: Client, path: str, expected: dict[str, str]) -> None:
    assert policy(client, path) == expected
