"""A database with as many quotes as are asked for, and all that belongs to them, stored in bulk.

All constraints and triggers hold while it is filled: each quote is a slice of its snapshot's text. The indexes of
trigrams and of words are made once at the end, as decisions about bulk loads say. Of histories only who added each
source is there, which the queue "mine" asks; no other page reads more of a history than one row's.
"""

from collections.abc import Callable
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection, transaction

from benchmarks.workbench.articles import QUOTES, Writer
from benchmarks.workbench.rows import PACE, Filler, editors, now, ratings, topics
from claims.migrations._trigrams import install_search, remove_search
from claims.migrations._words import remove_word_triggers
from claims.models import Quote
from claims.search.index import rebuild
from claims.services.statistics import refresh_statistics

BATCH = 5_000  # articles of which rows are held at a time


def fill(quotes: int, say: Callable[[str], None], user: User) -> None:
    """Add so many quotes to what is there; this person adds some of the sources."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # nothing is lost that is not made again; for this connection only
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
    with connection.schema_editor() as editor:
        remove_search(None, editor)
        remove_word_triggers(editor)
    begin = now() - PACE * (quotes // QUOTES)
    filler = Filler(
        Writer(Quote.objects.count() // 10 + quotes // 10), [user.pk, *editors(5)], topics(), ratings(), begin
    )
    done = 0
    casts = filler.writer.articles(quotes)
    while batch := list(islice(casts, BATCH)):
        with transaction.atomic():
            filler.add(batch)
        done += sum(map(len, batch))
        say(f"{done:,} of {quotes:,} quotes")
    say("The indexes of trigrams and of words, and the database's statistics")
    with connection.schema_editor() as editor:
        install_search(None, editor)
    rebuild()
    if connection.vendor == "postgresql":  # which does it by itself within minutes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        refresh_statistics()  # as `ingest` does
    connection.close()
