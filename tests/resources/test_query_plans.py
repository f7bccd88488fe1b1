"""No row of a list is found by looking through a table: the database's plan of each query says how it is found.

SQLite plans the same for empty tables, as it keeps no statistics of them. PostgreSQL is kept from reading small tables
whole, which would be quicker.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.resources import RESOURCES

pytestmark = pytest.mark.django_db

PAGES = ["/", "/claims/", "/speakers/", "/sources/", "/corrections/"]
LISTS = [f"/api/v1/{name}/" for name in RESOURCES]
SEARCHES = [f"/api/v1/{name}/?q=bridge" for name in ("quotes", "claims")]
READ_WHOLE = ["/api/v1/ratings/", "/api/v1/sources/"]  # as long as the tables are small, with nothing joined before
# A step of a query that is run anew for each row, and reads a whole table, or all of its rows in one state.
READS_TOO_MUCH = re.compile(
    r"SCAN (U|V|W)\d+|SEARCH (U|V|W)\d+ USING (COVERING )?INDEX \w+ \((state|decision|kind)=\?\)"
)


def captured_queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    queries = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH"))]
    assert queries
    return queries


def sqlite_plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def postgresql_steps(sql: str) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan TO off; SET LOCAL enable_hashjoin TO off; SET LOCAL enable_mergejoin TO off"
        )
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
    plans = [item["Plan"] for item in (json.loads(plan) if isinstance(plan, str) else plan)]
    while plans:
        step = plans.pop()
        plans += step.get("Plans", [])
        yield step


@pytest.mark.sqlite_suffices
@pytest.mark.parametrize("url", [*LISTS, *SEARCHES, *PAGES])
def test_each_row_is_found_by_an_index(client: Client, url: str) -> None:
    plans = [sqlite_plan(sql) for sql in captured_queries(client, url)]
    assert not [step for plan in plans for step in plan if READS_TOO_MUCH.match(step)]


if connection.vendor == "postgresql":

    @pytest.fixture
    def unknown_sizes() -> None:
        """As if no table had been analysed: what other tests left would have PostgreSQL read empty tables whole."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_class SET reltuples = -1 WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            )

    @pytest.mark.postgresql_suffices
    @pytest.mark.usefixtures("unknown_sizes")
    @pytest.mark.parametrize("url", [url for url in [*LISTS, *SEARCHES] if url not in READ_WHOLE])
    def test_postgresql_joins_other_tables_to_the_rows_of_the_page(client: Client, url: str) -> None:
        table = RESOURCES[url.split("/")[3]].model._meta.db_table
        queries = [sql for sql in captured_queries(client, url) if f'FROM "{table}"' in sql]
        assert queries
        for sql in queries:
            steps = [step for step in postgresql_steps(sql) if step.get("Alias") == table]
            assert steps
            assert all("Index Cond" in step for step in steps), sql
