"""Loads claims and their quotes into an empty database in bulk, with one of three methods.

`raw` is the driver's `executemany` and `orm` is `bulk_create` in blocks, both with all triggers. `once` is the faster
of the two (`executemany` on SQLite; on PostgreSQL `bulk_create`, as the driver sends each row alone) with the full-text
index rebuilt at the end (`claims.database.full_text_index.suspend_index`), which counts as well.
Sources, texts and speakers exist already, and rows are generated before the clock starts. A block is a transaction.
"""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from benchmarks.api_benchmark.benchmark_run import LOAD_METHODS
from benchmarks.dataset.bulk_insert import Row, to_sqlite_value
from benchmarks.dataset.public_claim_database import QUOTES_PER_CLAIM, PublicRowGenerator, create_generator
from claims.database.full_text_index import suspend_index
from claims.models import Claim, Quote

ARTICLES_PER_BLOCK = 500  # inserted in one transaction
BULK_CREATE_ROWS = 1000  # rows per statement
_JSON_COLUMNS = ("spans", "cue_spans", "mention_spans")


class TimedLoader(PublicRowGenerator):
    """Stores claims and quotes with one of the methods, and measures the time."""

    insert: Callable[[type[models.Model], list[Row]], None]
    seconds = 0.0
    stored = 0

    def store(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        """Measures claims and quotes; stores rows of other models as usual."""
        if model not in {Claim, Quote}:
            with transaction.atomic():
                super().store(model, rows)
            return
        prepared = [prepare_row(row, raw=self.insert is insert_raw) for row in rows]
        start = time.perf_counter()
        with transaction.atomic():
            self.insert(model, prepared)
        self.seconds += time.perf_counter() - start
        self.stored += len(prepared)


def measure_bulk_load(claims: int, method_number: int, log: Callable[[str], None]) -> dict[str, Any]:
    """Returns the rows per second of one of `LOAD_METHODS`."""
    method = LOAD_METHODS[method_number]
    call_command("migrate", verbosity=0, interactive=False)
    quotes = round(claims * QUOTES_PER_CLAIM)
    loader = create_generator(quotes, TimedLoader)
    is_raw = method == "raw" or (method == "once" and connection.vendor == "sqlite")
    loader.insert = insert_raw if is_raw else insert_with_orm  # type: ignore[method-assign]  # a function, not a method
    speakers_by_article = loader.writer.articles(quotes)
    with suspend_index() if method == "once" else nullcontext():
        while batch := list(islice(speakers_by_article, ARTICLES_PER_BLOCK)):
            loader.add(batch)
        start = time.perf_counter()
    rebuild_seconds = time.perf_counter() - start
    log(f"{method}: {loader.stored:,} rows in {loader.seconds:.1f} s; rebuilding the index {rebuild_seconds:.1f} s")
    return {"rows_a_second": loader.stored / (loader.seconds + rebuild_seconds), "rows": loader.stored}


def prepare_row(row: Row, *, raw: bool) -> Row:
    """Converts a row to what the method inserts."""
    if raw:
        return (
            row if connection.vendor == "postgresql" else {name: to_sqlite_value(value) for name, value in row.items()}
        )
    return row | {name: json.loads(row[name]) for name in _JSON_COLUMNS if name in row}


def insert_raw(model: type[models.Model], rows: list[Row]) -> None:
    """Inserts rows with the driver; missing columns get the model's default."""
    fields = {field.column: field for field in model._meta.concrete_fields}  # Django's documented API
    columns_given = list(rows[0])
    defaults = {name: field.get_default() for name, field in fields.items() if name not in rows[0]}
    default_values = [
        json.dumps(value) if isinstance(value, (list, dict)) else to_sqlite_value(value) for value in defaults.values()
    ]
    columns = ", ".join(connection.ops.quote_name(name) for name in [*columns_given, *defaults])
    placeholder = "%s" if connection.vendor == "postgresql" else "?"
    placeholders = ", ".join([placeholder] * (len(columns_given) + len(defaults)))
    table = model._meta.db_table
    with closing(connection.connection.cursor()) as cursor:
        statement = f"INSERT INTO {table} ({columns}) VALUES ({placeholders})"
        cursor.executemany(statement, [[*row.values(), *default_values] for row in rows])


def insert_with_orm(model: Any, rows: list[Row]) -> None:
    model.objects.bulk_create([model(**row) for row in rows], batch_size=BULK_CREATE_ROWS)
