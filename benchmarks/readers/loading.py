"""Claims and their quotes stored in bulk, in one of three ways, in an empty database.

Raw: `executemany` with the driver, all triggers in place. As one does it with Django: `bulk_create` in blocks, as well.
And that with full text filled once at the end (`claims.search.index.suspended`), its filling counted. Sources, their
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

from benchmarks.readers.filling import QUOTES_FOR_A_CLAIM, Public, public
from benchmarks.workbench.storing import Row, plain
from claims.models import Claim, Quote
from claims.search.index import suspended

WAYS = ("raw", "orm", "once")
ARTICLES = 500  # whose rows are one block
BLOCK = 1000  # rows in one statement of `bulk_create`
_JSON = ("spans", "cue_spans", "mention_spans")


class Loader(Public):
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
        made = [prepared(row, raw=self.put is raw) for row in rows]
        begin = time.perf_counter()
        with transaction.atomic():
            self.put(model, made)
        self.seconds += time.perf_counter() - begin
        self.stored += len(made)


def measured(claims: int, way: int, say: Callable[[str], None]) -> dict[str, Any]:
    """How many rows a second, in the way of this number."""
    call_command("migrate", verbosity=0, interactive=False)
    quotes = round(claims * QUOTES_FOR_A_CLAIM)
    loader = public(quotes, Loader)
    loader.put = raw if WAYS[way] == "raw" else orm  # type: ignore[method-assign]  # a function, not a method
    casts = loader.writer.articles(quotes)
    with suspended() if WAYS[way] == "once" else nullcontext():
        while batch := list(islice(casts, ARTICLES)):
            loader.add(batch)
        begin = time.perf_counter()
    filled = time.perf_counter() - begin
    say(f"{WAYS[way]}: {loader.stored:,} rows in {loader.seconds:.1f} s, and {filled:.1f} s for what is filled once")
    return {"rows_a_second": loader.stored / (loader.seconds + filled), "rows": loader.stored}


def prepared(row: Row, *, raw: bool) -> Row:
    """As whoever stores it would have it."""
    if raw:
        return row if connection.vendor == "postgresql" else {name: plain(value) for name, value in row.items()}
    return row | {name: json.loads(row[name]) for name in _JSON if name in row}


def raw(model: type[models.Model], rows: list[Row]) -> None:
    """By the driver; what is not given has the model's default."""
    fields = {field.column: field for field in model._meta.concrete_fields}  # noqa: SLF001  # Django's documented API
    given = list(rows[0])
    others = {name: field.get_default() for name, field in fields.items() if name not in rows[0]}
    rest = [json.dumps(value) if isinstance(value, (list, dict)) else plain(value) for value in others.values()]
    columns = ", ".join(connection.ops.quote_name(name) for name in [*given, *others])
    place = "%s" if connection.vendor == "postgresql" else "?"
    places = ", ".join([place] * (len(given) + len(others)))
    table = model._meta.db_table  # noqa: SLF001  # as above
    with closing(connection.connection.cursor()) as cursor:
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # a model's names
        cursor.executemany(statement, [[*row.values(), *rest] for row in rows])


def orm(model: Any, rows: list[Row]) -> None:
    """By Django."""
    model.objects.bulk_create([model(**row) for row in rows], batch_size=BLOCK)
