"""What `explain_resource` prints is what a request does."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.resources import RESOURCES


def explain(resource: str) -> str:
    output = StringIO()
    call_command("explain_resource", resource, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES)
def test_every_part_of_the_declaration_is_explained(resource):
    explained = explain(resource)
    declaration = RESOURCES[resource]
    for name in (*declaration.columns, *declaration.filterset_class.base_filters, *declaration.orderings):
        assert f"  {name}" in explained, name
    for name in declaration.page_formats:
        assert f"  {name}\n" in explained
    assert "INSERT INTO claims_touched" in explained
    assert f"'{resource}'" in explained


@pytest.mark.django_db
@pytest.mark.sqlite_suffices
def test_the_sql_is_that_of_a_request(client):
    explained = explain("ratings")
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/ratings/?page_size=49")  # one row more is read
    page_query = queries.captured_queries[-1]["sql"]
    assert page_query in explained


@pytest.mark.django_db
def test_dependencies_are_named():
    explained = explain("topics")
    assert "Changes with\n  claims (claims)\n" in explained
    assert "Changes\n  claims (topics)\n" in explained
