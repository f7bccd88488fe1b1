"""A filled database of the migrations before the squash is brought to the present by `migrate`."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from claims.database.database_check import find_database_errors
from claims.database.derived_objects import DIFFERENT, MISSING, find_differences, stored_objects
from claims.database.full_text_index import find_index_faults
from claims.models import Change, Quote, Source, SpeakerName
from claims.models.quote_text import shown_text
from claims.search.full_text import full_text_condition
from claims.search.full_text_query import parse_full_text_query
from claims.services.changefeed.processor import process_pending, reconcile

# Written by the code of the last version with these migrations: `pg_dump --inserts`, and the same for SQLite.
DUMPS = {vendor: Path(__file__).parent / f"before_squash_{vendor}.sql" for vendor in ("sqlite", "postgresql")}
SQUASHED = {"0001_squashed_0015_reader_keys", "0001_squashed_0091_translations"}

Row = tuple[str, ...]
Tables = dict[str, list[dict[str, Any]]]


def load_dump() -> None:
    """Makes the test database that of the dump."""
    dump = DUMPS[connection.vendor].read_text(encoding="utf-8")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            cursor.execute(dump)
        connections.close_all()  # the dump has changed settings of the session
        return
    path = Path(connection.settings_dict["NAME"])
    connections.close_all()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    connection.creates_file = True
    connection.ensure_connection()  # which has the functions that constraints and triggers call
    connection.connection.executescript(dump)


def query(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def read_schema() -> set[Row]:
    """Tables, columns, constraints and indexes; derived objects are compared elsewhere."""
    if connection.vendor == "sqlite":
        return set(
            query("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql NOT LIKE '%fts5%'")
        )
    in_public = "connamespace = 'public'::regnamespace"
    rules = [
        *query("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"),
        *query(f"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE {in_public}"),
    ]
    return {
        *query("SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"),
        # A restored dump casts text, and not each value as before.
        *((name, re.sub(r"::(text|character varying)(\[\])?|[()]", "", rule)) for name, rule in rules),
    }


def read_rows() -> Tables:
    """Every row of every table that is not derived."""
    derived = {stored.name for stored in stored_objects(connection).values()}
    tables: Tables = {}
    for name in connection.introspection.table_names():
        if not name.startswith(tuple(derived)) and name not in {"django_migrations", "claims_touched"}:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{name}"')
                columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
                tables[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tables


def find_lost_rows(before: Tables, after: Tables) -> list[tuple[str, dict[str, Any]]]:
    """The rows that are not there any more as they were, by the columns that are."""
    lost = []
    for name, rows in before.items():
        common = rows[0].keys() & after[name][0].keys() if rows and after[name] else set()
        kept = [{column: row[column] for column in common} for row in after[name]]
        lost += [(name, row) for row in rows if {column: row[column] for column in common} not in kept]
    return lost


def find_quotes(words: str) -> list[str]:
    return [quote.exact for quote in Quote.objects.filter(full_text_condition(Quote)(parse_full_text_query(words)))]


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_a_filled_database_is_upgraded() -> None:
    """One test of all that stays and changes: an upgrade through every migration takes a minute."""
    present = read_schema()
    load_dump()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_historicalquote SET history_change_reason = 'speaker set' WHERE history_id = 5")
        cursor.execute("UPDATE claims_source SET language = 'en' WHERE id = 1")
    differences = find_differences(connection)
    # Triggers that are newer than the dump are missing from it.
    assert {difference.problem for difference in differences} - {MISSING} == {DIFFERENT}
    before = read_rows()
    assert sum(map(len, before.values())) > 600
    call_command("migrate", verbosity=0)
    assert find_database_errors(connection) == []
    assert read_schema() == present
    del before["claims_change"]  # everything counts as changed
    lost = [row.get("codename") for _, row in find_lost_rows(before, read_rows())]
    assert lost == ["correct_claim"], "which has another name since"
    quotes = Quote.objects.select_related("snapshot")
    assert all(quote.text == shown_text(quote.snapshot.text, quote.spans) for quote in quotes)
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "claims"}
    assert applied >= SQUASHED
    assert find_index_faults() == []
    process_pending()
    assert not any(reconcile(repair=False).values())
    check_confidences()
    check_languages()
    check_searches_and_change_feed()


def check_confidences() -> None:
    confidences = Quote.objects.order_by("pk").values_list("mention", "mention_kind", "speaker_confidence")
    assert list(confidences) == [("Lena Ford", "name", 0.95), ("Tobias Reck", "name", 0.95), ("Ford", "name", 1)]
    history = Quote.history.order_by("history_id").values_list("speaker_confidence", flat=True)
    assert list(history) == [0.95, 0.95, 0.95, 0.95, 1], "the last one had a speaker set by an editor"


def check_languages() -> None:
    assert set(Source.objects.values_list("language", "language_origin")) <= {("en", "stated"), ("", "")}
    assert Source.objects.get(pk=1).language_origin == "stated"


def check_searches_and_change_feed() -> None:
    assert find_quotes("rivers lena") == ["Rivers are full,"]
    before = timezone.now()
    SpeakerName.objects.filter(name="Lena Ford").update(name="Helena Forde")
    process_pending()
    assert find_quotes("rivers lena") == []
    assert find_quotes("rivers helena") == ["Rivers are full,"]
    changed = set(Change.objects.filter(changed_at__gte=before).values_list("kind", flat=True))
    assert {"quotes", "speakers"} <= changed


MENTION_KINDS = {
    "name": ["Lena Ford", "Ford", "The White House", "the Bank of England", "van Dijk", "WHO", "50 Cent"],
    "pronoun": ["He", "she", "who", "those"],
    "nominal": ["the Russian president", "officials", "A spokesman for Ford", "his aides", "two ministers", "the"],
}


@pytest.mark.parametrize(("kind", "mention"), [(kind, text) for kind, texts in MENTION_KINDS.items() for text in texts])
def test_the_kind_of_a_stored_mention_is_told_from_its_words(kind: str, mention: str) -> None:
    migration = import_module("claims.migrations.0023_speaker_confidence_of_stored_quotes")
    assert migration.mention_kind(mention) == kind
