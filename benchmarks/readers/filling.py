"""A database with as many public claims as are asked for, each with its quotes, its source, topics and verdicts.

The rows are those of the admin's benchmark (`workbench.rows`), but nearly all quotes are accepted, so that readers
see them. What is kept beside the rows by triggers (the index of words, what changed for readers) is made once at the
end, as after any load in bulk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from benchmarks.workbench.articles import QUOTES, Writer
from benchmarks.workbench.filling import BATCH
from benchmarks.workbench.rows import PACE, Filler, editors, now, ratings, topics
from claims.migrations._touches import install_touches, remove_touches
from claims.migrations._trigrams import install_search, remove_search
from claims.migrations._words import remove_word_triggers
from claims.models import Claim
from claims.search.index import rebuild
from claims.services.changes import reconcile
from claims.services.statistics import refresh_statistics

QUOTES_FOR_A_CLAIM = 1 / (0.95 * 0.9)  # as `Public` makes them: not all are accepted, some share a claim


P = TypeVar("P", bound="Public")


class Public(Filler):
    """Nearly all of what is said is accepted and released."""

    decisions = ("accepted",) * 19 + ("pending",)
    released = 1.0


def fill(claims: int, say: Callable[[str], None]) -> None:
    """Fill an empty database with so many claims."""
    quotes = round(claims * QUOTES_FOR_A_CLAIM)
    filler = public(quotes, Public)
    done = 0
    casts = filler.writer.articles(quotes)
    with unkept():
        while batch := list(islice(casts, BATCH)):
            with transaction.atomic():
                filler.add(batch)
            done += sum(map(len, batch))
            say(f"{done:,} of {quotes:,} quotes")
        say("What is kept beside them")
    settle()


def public(quotes: int, kind: type[P]) -> P:
    """What makes the rows of so many quotes, with the people, topics and ratings that they need."""
    begin = now() - PACE * (quotes // QUOTES + 1)
    return kind(Writer(max(quotes // 10, 20)), editors(6), topics(), ratings(), begin)


@contextmanager
def unkept() -> Iterator[None]:
    """Nothing is kept beside the rows meanwhile, and all of it is made at the end."""
    quick()
    with connection.schema_editor() as editor:
        remove_search(None, editor)
        remove_word_triggers(editor)
        remove_touches(editor)
    yield
    with connection.schema_editor() as editor:
        install_search(None, editor)
        install_touches(editor)
    rebuild()
    reconcile()


def quick() -> None:
    """Nothing is lost that is not made again; for this connection only."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")


def settle() -> None:
    """The database's statistics, as they are after a while."""
    if connection.vendor == "postgresql":  # which does it by itself within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
    else:
        refresh_statistics()  # as `ingest` does
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def public_claims() -> int:
    """How many readers see."""
    return int(Claim.objects.released().count())
