"""Claims and their quotes stored in bulk, in one of three ways, in an empty database.

Raw: `executemany` with the driver, all triggers in place. As one does it with Django: `bulk_create` in blocks, as well.
And that with full text filled once at the end (`claims.search.full_text_index.suspend_index`), its filling counted. Sources, their
texts and the speakers are there before; what the rows hold is made before the clock runs; a block is a transaction.
"""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import closing, nullcontext
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from benchmarks.dataset.bulk_insert import Row, to_sqlite_value
from benchmarks.dataset.public_claim_database import QUOTES_PER_CLAIM, PublicRowGenerator, create_generator
from claims.models import Claim, Quote
from claims.search.full_text_index import suspend_index

LOAD_METHODS = ("raw", "orm", "once")
ARTICLES_PER_BLOCK = 500  # whose rows are one block
BULK_CREATE_ROWS = 1000  # rows in one statement of `bulk_create`
_JSON_COLUMNS = ("spans", "cue_spans", "mention_spans")


class TimedLoader(PublicRowGenerator):
    """Stores claims and quotes in a certain way, by the clock."""

    put: Callable[[type[models.Model], list[Row]], None]
    seconds = 0.0
    stored = 0

    def store(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        """All others as they are always stored."""
        if model not in {Claim, Quote}:
            with transaction.atomic():
                super().store(model, rows)
            return
        made = [prepare_row(row, raw=self.put is insert_raw) for row in rows]
        begin = time.perf_counter()
        with transaction.atomic():
            self.put(model, made)
        self.seconds += time.perf_counter() - begin
        self.stored += len(made)


def measure_bulk_load(claims: int, way: int, say: Callable[[str], None]) -> dict[str, Any]:
    """How many rows a second, in the way of this number."""
    call_command("migrate", verbosity=0, interactive=False)
    quotes = round(claims * QUOTES_PER_CLAIM)
    loader = create_generator(quotes, TimedLoader)
    loader.put = insert_raw if LOAD_METHODS[way] == "raw" else insert_with_orm  # type: ignore[method-assign]  # a function, not a method
    casts = loader.writer.articles(quotes)
    with suspend_index() if LOAD_METHODS[way] == "once" else nullcontext():
        while batch := list(islice(casts, ARTICLES_PER_BLOCK)):
            loader.add(batch)
        begin = time.perf_counter()
    filled = time.perf_counter() - begin
    say(
        f"{LOAD_METHODS[way]}: {loader.stored:,} rows in {loader.seconds:.1f} s, and {filled:.1f} s for what is filled once"
    )
    return {"rows_a_second": loader.stored / (loader.seconds + filled), "rows": loader.stored}


def prepare_row(row: Row, *, raw: bool) -> Row:
    """As whoever stores it would have it."""
    if raw:
        return (
            row if connection.vendor == "postgresql" else {name: to_sqlite_value(value) for name, value in row.items()}
        )
    return row | {name: json.loads(row[name]) for name in _JSON_COLUMNS if name in row}


def insert_raw(model: type[models.Model], rows: list[Row]) -> None:
    """By the driver; what is not given has the model's default."""
    fields = {field.column: field for field in model._meta.concrete_fields}  # Django's documented API
    given = list(rows[0])
    others = {name: field.get_default() for name, field in fields.items() if name not in rows[0]}
    rest = [
        json.dumps(value) if isinstance(value, (list, dict)) else to_sqlite_value(value) for value in others.values()
    ]
    columns = ", ".join(connection.ops.quote_name(name) for name in [*given, *others])
    place = "%s" if connection.vendor == "postgresql" else "?"
    places = ", ".join([place] * (len(given) + len(others)))
    table = model._meta.db_table  # as above
    with closing(connection.connection.cursor()) as cursor:
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # a model's names
        cursor.executemany(statement, [[*row.values(), *rest] for row in rows])


def insert_with_orm(model: Any, rows: list[Row]) -> None:
    """By Django."""
    model.objects.bulk_create([model(**row) for row in rows], batch_size=BULK_CREATE_ROWS)
