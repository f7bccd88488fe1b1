"""Fills a database with a number of public claims, each with quotes, a source, topics and verdicts.

The rows are those of the admin benchmark (`row_generator`), but nearly all quotes are accepted and so public.
What triggers derive from the rows (indexes and the change feed) is built once at the end, as after any bulk load.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from benchmarks.dataset.generated_articles import QUOTES_PER_ARTICLE, ArticleGenerator
from benchmarks.dataset.quote_database import ARTICLES_PER_BATCH
from benchmarks.dataset.row_generator import (
    TIME_BETWEEN_ARTICLES,
    RowGenerator,
    current_second,
    get_or_create_editors,
    get_or_create_topics,
    rating_ids,
)
from claims.database.derived_objects import drop, full_text_objects, restore
from claims.database.shingle_index import shingle_objects
from claims.database.triggers.changes import change_triggers
from claims.database.trigram_index import trigram_objects
from claims.models import Claim
from claims.services.changefeed.processor import reconcile
from claims.services.ingestion.planner_statistics import refresh_planner_statistics

QUOTES_PER_CLAIM = 1 / (0.95 * 0.9)  # of `PublicRowGenerator`: not all quotes are accepted, and some share a claim

PublicRows = TypeVar("PublicRows", bound="PublicRowGenerator")


class PublicRowGenerator(RowGenerator):
    """Generates rows of which nearly all are accepted and released."""

    decisions = ("accepted",) * 19 + ("pending",)
    released_share = 1.0


def fill_public_claims(claims: int, log: Callable[[str], None]) -> None:
    """Fills an empty database with so many claims."""
    quotes = round(claims * QUOTES_PER_CLAIM)
    generator = create_generator(quotes, PublicRowGenerator)
    done = 0
    speakers_by_article = generator.writer.articles(quotes)
    with suspend_derived_data():
        while batch := list(islice(speakers_by_article, ARTICLES_PER_BATCH)):
            with transaction.atomic():
                generator.add(batch)
            done += sum(map(len, batch))
            log(f"{done:,} of {quotes:,} quotes")
        log("Building indexes and the change feed")
    refresh_database()


def create_generator(quotes: int, generator_class: type[PublicRows]) -> PublicRows:
    """Creates a generator of so many quotes, with the users, topics and ratings that they need."""
    start = current_second() - TIME_BETWEEN_ARTICLES * (quotes // QUOTES_PER_ARTICLE + 1)
    return generator_class(
        ArticleGenerator(max(quotes // 10, 20)), get_or_create_editors(6), get_or_create_topics(), rating_ids(), start
    )


@contextmanager
def suspend_derived_data() -> Iterator[None]:
    """Suspends the triggers that maintain indexes and the change feed, and builds both at the end."""
    speed_up_sqlite()
    searches = [*trigram_objects(connection), *full_text_objects(connection), *shingle_objects(connection)]
    drop(connection, [*searches, *change_triggers(connection)])
    yield
    restore(connection)
    reconcile()


def speed_up_sqlite() -> None:
    """Trades durability for speed on this connection: after a crash, the database is built again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")


def refresh_database() -> None:
    """Updates the planner's statistics and writes everything to disk, as the database does after a while."""
    if connection.vendor == "postgresql":  # autovacuum does this within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
    else:
        refresh_planner_statistics()  # as `ingest` does
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def count_public_claims() -> int:
    return int(Claim.objects.released().count())
