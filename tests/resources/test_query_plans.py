"""No row of a list is found by looking through a table: SQLite's plan of each query says how it is found.

Plans are the same for empty tables, as SQLite keeps no statistics of them.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.resources import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]

PAGES = ["/", "/claims/", "/speakers/", "/sources/", "/corrections/"]
# A step of a query that is run anew for each row, and reads a whole table, or all of its rows in one state.
READS_TOO_MUCH = re.compile(
    r"SCAN (U|V|W)\d+|SEARCH (U|V|W)\d+ USING (COVERING )?INDEX \w+ \((state|decision|kind)=\?\)"
)


def list_plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("url", [*(f"/api/v1/{name}/" for name in RESOURCES), *PAGES])
def test_each_row_is_found_by_an_index(client: Client, url: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    plans = {query["sql"]: list_plan(query["sql"]) for query in captured if query["sql"].startswith(("SELECT", "WITH"))}
    assert plans
    assert not [step for plan in plans.values() for step in plan if READS_TOO_MUCH.match(step)]
