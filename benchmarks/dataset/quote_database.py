"""Fills a database with a number of quotes and everything that belongs to them, in bulk.

All constraints and triggers apply, so that each quote is a slice of its snapshot's text, but the trigram index and the
full-text index are built once at the end. The only history is who added each source, which the queue "mine" needs; all
other pages read the history of single rows only.
"""

from collections.abc import Callable
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection, transaction

from benchmarks.dataset.generated_articles import QUOTES_PER_ARTICLE, ArticleGenerator
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
from claims.database.trigram_index import trigram_objects
from claims.models import Quote
from claims.services.ingestion.planner_statistics import refresh_planner_statistics

ARTICLES_PER_BATCH = 5_000  # whose rows are in memory at a time


def fill_quotes(quotes: int, log: Callable[[str], None], user: User) -> None:
    """Adds so many quotes to the database; `user` has added some of the sources."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # on this connection only; after a crash, the database is built again
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
    drop(connection, [*trigram_objects(connection), *full_text_objects(connection), *shingle_objects(connection)])
    start = current_second() - TIME_BETWEEN_ARTICLES * (quotes // QUOTES_PER_ARTICLE)
    generator = RowGenerator(
        ArticleGenerator(Quote.objects.count() // 10 + quotes // 10),
        [user.pk, *get_or_create_editors(5)],
        get_or_create_topics(),
        rating_ids(),
        start,
    )
    done = 0
    speakers_by_article = generator.writer.articles(quotes)
    while batch := list(islice(speakers_by_article, ARTICLES_PER_BATCH)):
        with transaction.atomic():
            generator.add(batch)
        done += sum(map(len, batch))
        log(f"{done:,} of {quotes:,} quotes")
    log("Building the trigram and full-text indexes, and the statistics")
    restore(connection)
    if connection.vendor == "postgresql":  # autovacuum does this within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        refresh_planner_statistics()  # as `ingest` does
    connection.close()
