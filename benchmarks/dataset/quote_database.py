"""A database with as many quotes as are asked for, and all that belongs to them, stored in bulk.

All constraints and triggers hold while it is filled: each quote is a slice of its snapshot's text. The indexes of
trigrams and of words are made once at the end, as decisions about bulk loads say. Of histories only who added each
source is there, which the queue "mine" asks; no other page reads more of a history than one row's.
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
from claims.migrations._full_text import remove_full_text_triggers
from claims.migrations._trigram_index import install_trigram_index, remove_trigram_index
from claims.models import Quote
from claims.search.full_text_index import rebuild_index
from claims.services.ingestion.planner_statistics import refresh_planner_statistics

ARTICLES_PER_BATCH = 5_000  # articles of which rows are held at a time


def fill_quotes(quotes: int, say: Callable[[str], None], user: User) -> None:
    """Add so many quotes to what is there; this person adds some of the sources."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # nothing is lost that is not made again; for this connection only
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
    with connection.schema_editor() as editor:
        remove_trigram_index(None, editor)
        remove_full_text_triggers(editor)
    begin = current_second() - TIME_BETWEEN_ARTICLES * (quotes // QUOTES_PER_ARTICLE)
    filler = RowGenerator(
        ArticleGenerator(Quote.objects.count() // 10 + quotes // 10),
        [user.pk, *get_or_create_editors(5)],
        get_or_create_topics(),
        rating_ids(),
        begin,
    )
    done = 0
    casts = filler.writer.articles(quotes)
    while batch := list(islice(casts, ARTICLES_PER_BATCH)):
        with transaction.atomic():
            filler.add(batch)
        done += sum(map(len, batch))
        say(f"{done:,} of {quotes:,} quotes")
    say("The indexes of trigrams and of words, and the database's statistics")
    with connection.schema_editor() as editor:
        install_trigram_index(None, editor)
    rebuild_index()
    if connection.vendor == "postgresql":  # which does it by itself within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        refresh_planner_statistics()  # as `ingest` does
    connection.close()
