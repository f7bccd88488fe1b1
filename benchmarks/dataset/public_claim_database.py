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
from claims.migrations._change_triggers import install_change_triggers, remove_change_triggers
from claims.migrations._full_text import remove_full_text_triggers
from claims.migrations._trigram_index import install_trigram_index, remove_trigram_index
from claims.models import Claim
from claims.search.full_text_index import rebuild_index
from claims.services.changefeed.processor import reconcile
from claims.services.ingestion.planner_statistics import refresh_planner_statistics

QUOTES_PER_CLAIM = 1 / (0.95 * 0.9)  # as `Public` makes them: not all are accepted, some share a claim


PublicRows = TypeVar("PublicRows", bound="PublicRowGenerator")


class PublicRowGenerator(RowGenerator):
    """Nearly all of what is said is accepted and released."""

    decisions = ("accepted",) * 19 + ("pending",)
    released = 1.0


def fill_public_claims(claims: int, say: Callable[[str], None]) -> None:
    """Fill an empty database with so many claims."""
    quotes = round(claims * QUOTES_PER_CLAIM)
    filler = create_generator(quotes, PublicRowGenerator)
    done = 0
    casts = filler.writer.articles(quotes)
    with suspend_derived_data():
        while batch := list(islice(casts, ARTICLES_PER_BATCH)):
            with transaction.atomic():
                filler.add(batch)
            done += sum(map(len, batch))
            say(f"{done:,} of {quotes:,} quotes")
        say("What is kept beside them")
    refresh_database()


def create_generator(quotes: int, kind: type[PublicRows]) -> PublicRows:
    """What makes the rows of so many quotes, with the people, topics and ratings that they need."""
    begin = current_second() - TIME_BETWEEN_ARTICLES * (quotes // QUOTES_PER_ARTICLE + 1)
    return kind(
        ArticleGenerator(max(quotes // 10, 20)), get_or_create_editors(6), get_or_create_topics(), rating_ids(), begin
    )


@contextmanager
def suspend_derived_data() -> Iterator[None]:
    """Nothing is kept beside the rows meanwhile, and all of it is made at the end."""
    speed_up_sqlite()
    with connection.schema_editor() as editor:
        remove_trigram_index(None, editor)
        remove_full_text_triggers(editor)
        remove_change_triggers(editor)
    yield
    with connection.schema_editor() as editor:
        install_trigram_index(None, editor)
        install_change_triggers(editor)
    rebuild_index()
    reconcile()


def speed_up_sqlite() -> None:
    """Nothing is lost that is not made again; for this connection only."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")


def refresh_database() -> None:
    """The database's statistics, as they are after a while."""
    if connection.vendor == "postgresql":  # which does it by itself within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
    else:
        refresh_planner_statistics()  # as `ingest` does
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def count_public_claims() -> int:
    """How many readers see."""
    return int(Claim.objects.released().count())
