"""`migrate` alters tables as if they had no triggers, and leaves every derived object as it must be."""

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from claims.database.definitions import ObjectKind
from claims.database.derived_objects import MISSING, derived_objects, drop, find_differences, stored_objects
from claims.database.full_text_index import find_index_faults
from claims.database.migrate_signals import drop_triggers, restore_objects
from claims.models import Anchor, Change, Claim, Comment, Quote, Rating, Touched, Verification
from claims.search.full_text import full_text_condition
from claims.search.full_text_query import parse_full_text_query
from claims.search.substring import filter_newest_by_substring
from claims.services.changefeed.processor import process_pending
from tests import factories as make
from tests.database.conftest import MoreMigrations, latest_migration

pytestmark = pytest.mark.django_db(transaction=True)


ROOT = Path(__file__).resolve().parents[2]
FIRST_CHANGED_AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def migrate(*target: str) -> str:
    output = StringIO()
    call_command("migrate", *target, stdout=output, interactive=False)
    return output.getvalue()


def find_quotes(words: str) -> list[Quote]:
    return list(Quote.objects.filter(full_text_condition(Quote)(parse_full_text_query(words))))


def assert_objects_work() -> None:
    """Breaks each invariant, and follows a change into the full-text index and the change feed."""
    assert find_differences(connection) == []
    quote = make.QuoteFactory(accepted=True, claim__text="Rivers hold water.", speaker__name="Lena Ford")
    verification = make.VerificationFactory(published=True, state="superseded")
    evidence = make.EvidenceFactory(verification=verification)
    later = make.SnapshotFactory(source=quote.snapshot.source, text="Later. " + quote.snapshot.text)
    anchor = Anchor.objects.create(quote=quote, snapshot=later, state="moved", spans=[[24, 40]])
    comment = Comment.objects.create(quote=quote, author=make.UserFactory(), text="Really?")
    for name, row, changes in [
        ("quote_exact_is_slice", quote, {"exact": "Rivers are empty."}),
        ("anchor_is_slice", anchor, {"spans": [[23, 39]]}),
        ("snapshot_is_immutable", later, {"text": "Something else."}),
        ("verification_is_append_only", verification, {"explanation": "Another."}),
        ("verification_ends_for_good", verification, {"state": "published"}),
        ("evidence_is_append_only", evidence, {"note": "Another."}),
        ("comment_is_not_edited", comment, {"text": "Really!"}),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**changes)
    process_pending()
    rating = Rating.objects.earliest("pk")
    last = Change.objects.latest("changed_at").changed_at
    Rating.objects.filter(pk=rating.pk).update(name=f"{rating.name}!")
    quote.claim.text = "Lakes hold fish."
    quote.claim.save()
    process_pending()
    changed = Change.objects.filter(changed_at__gt=last)
    assert changed.get(kind="ratings").object_id == rating.pk
    assert changed.get(kind="quotes").object_id == quote.pk
    assert quote in find_quotes("lakes lena")
    assert find_index_faults() == []


def managed_models() -> list[type[models.Model]]:
    """Every model of the app with a table of its own, history included."""
    return [model for model in apps.get_app_config("claims").get_models() if model._meta.managed]


@pytest.mark.parametrize(
    ("altered", "filled"),
    [
        pytest.param([Claim, Quote, Verification], True, id="with triggers and indexes"),
        pytest.param(managed_models(), False, id="every, empty", marks=pytest.mark.nightly),
        pytest.param(managed_models(), True, id="every, filled", marks=pytest.mark.nightly),
    ],
)
def test_a_column_is_added_to_tables(
    altered: list[type[models.Model]], filled: bool, more_migrations: MoreMigrations
) -> None:
    if filled:
        assert_objects_work()
    before, name = latest_migration(), "0999_column_everywhere"
    more_migrations.add(
        name,
        "".join(
            f"migrations.AddField('{model._meta.model_name}', 'more', models.IntegerField(db_default=0)), "
            for model in altered
        ),
    )
    assert f"Applying claims.{name}... OK" in migrate("claims")
    for model in altered:
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
        assert "more" in {column.name for column in columns}
    assert_objects_work()
    assert "left out until all migrations of claims are applied" in migrate("claims", before)
    assert stored_objects(connection) == {}
    more_migrations.remove(name)  # the version before
    assert "No migrations to apply." in migrate()
    assert_objects_work()


@pytest.fixture
def public_quote() -> Quote:
    """A quote that readers see and mirrors have heard of."""
    quote = make.QuoteFactory(accepted=True, claim__text="Rivers hold water.")
    process_pending()
    Change.objects.update(changed_at=FIRST_CHANGED_AT)
    return quote


CHANGE_ROWS = """
def change_rows(apps, schema_editor):
    apps.get_model("claims", "Claim").objects.update(text="Lakes hold fish.")
"""
RUN_CHANGE = "migrations.RunPython(change_rows)"


def assert_change_is_followed(quote: Quote) -> None:
    """Whether a change of rows that no trigger saw has reached both searches and the change feed."""
    assert find_quotes("rivers water") == []
    assert find_quotes("lakes fish") == [quote]
    assert find_index_faults() == []
    assert list(filter_newest_by_substring(Claim.objects.all(), "lakes hold", 9)) == [quote.claim]
    process_pending()
    changed = Change.objects.filter(changed_at__gt=FIRST_CHANGED_AT)
    assert changed.get(kind="claims").object_id == quote.claim_id
    assert changed.get(kind="quotes").object_id == quote.pk


@pytest.mark.parametrize(
    "operation",
    [
        RUN_CHANGE,
        "migrations.RunSQL(\"UPDATE claims_claim SET text = 'Lakes hold fish.'\")",
        f"migrations.SeparateDatabaseAndState(database_operations=[{RUN_CHANGE}])",
    ],
    ids=["python", "sql", "nested"],
)
def test_rows_that_a_migration_changes_are_found_and_reach_mirrors(
    operation: str, public_quote: Quote, more_migrations: MoreMigrations
) -> None:
    more_migrations.add("0999_changes_rows", operation, CHANGE_ROWS)
    migrate()
    assert not Touched.objects.exists()
    assert_change_is_followed(public_quote)


def test_a_migration_of_the_schema_alone_reaches_no_mirror(
    public_quote: Quote, more_migrations: MoreMigrations
) -> None:
    more_migrations.add("0999_column", "migrations.AddField('quote', 'more', models.IntegerField(db_default=0))")
    migrate()
    assert find_differences(connection) == []
    assert not Touched.objects.exists()
    assert find_quotes("rivers water") == [public_quote]


def test_rows_of_other_apps_reach_no_mirror(public_quote: Quote) -> None:
    migration = Migration("0001_queue", "procrastinate")
    migration.operations = [RunSQL("SELECT 1")]
    drop_triggers(using="default", plan=[(migration, False)])
    restore_objects(using="default", plan=[(migration, False)])
    assert find_differences(connection) == []
    assert not Touched.objects.exists()


def test_the_next_migrate_makes_up_for_one_that_failed(public_quote: Quote, more_migrations: MoreMigrations) -> None:
    more_migrations.add("0998_changes_rows", RUN_CHANGE, CHANGE_ROWS)
    more_migrations.add("0999_fails", "migrations.RunPython(lambda apps, schema_editor: 1 / 0)")
    with pytest.raises(ZeroDivisionError):
        migrate()
    assert {difference.problem for difference in find_differences(connection)} >= {MISSING}
    more_migrations.remove("0999_fails")
    assert "No migrations to apply." in migrate()
    assert_change_is_followed(public_quote)


def test_rows_that_were_written_without_triggers_are_found_and_reach_mirrors(public_quote: Quote) -> None:
    triggers = [derived for derived in derived_objects(connection).values() if derived.kind == ObjectKind.TRIGGER]
    drop(connection, triggers)
    Claim.objects.update(text="Lakes hold fish.")
    assert "No migrations to apply." in migrate()
    assert_change_is_followed(public_quote)


def test_nothing_is_written_where_nothing_is_to_be_done() -> None:
    with CaptureQueriesContext(connection) as queries:
        drop_triggers(using="default", plan=[])
        restore_objects(using="default", plan=[])
    statements = {query["sql"].split()[0].upper() for query in queries.captured_queries}
    assert statements <= {"SELECT", "WITH", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA"}
    assert len(queries) <= 20


@pytest.mark.nightly
def test_a_database_without_tables_has_no_derived_objects(public_quote: Quote) -> None:
    assert "left out" in migrate("claims", "zero")
    assert stored_objects(connection) == {}
    assert "claims_quote" not in connection.introspection.table_names()
    assert "left out" in migrate("--fake")
    assert stored_objects(connection) == {}
    migrate("--fake", "claims", "zero")
    migrate()
    assert_objects_work()


def test_a_newer_database_is_left_alone(more_migrations: MoreMigrations) -> None:
    MigrationRecorder(connection).record_applied("claims", "0999_of_a_newer_version")
    before = stored_objects(connection)
    migrate()
    assert stored_objects(connection) == before
    more_migrations.add("0998_column", "migrations.AddField('topic', 'more', models.IntegerField(null=True))")
    with pytest.raises(CommandError, match=r"newer than this version of factbase.*0999_of_a_newer_version"):
        migrate()
    assert stored_objects(connection) == before
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "claims_topic")
    assert "more" not in {column.name for column in columns}


@pytest.mark.nightly
@pytest.mark.sqlite_suffices
def test_another_database_gets_objects_of_its_own(tmp_path: Path) -> None:
    """In processes of their own, in which the default database is empty."""
    (tmp_path / "two_databases.py").write_text(
        "from factbase.settings import *\n"
        f"DATABASES['default'] = DATABASES['default'] | {{'NAME': {str(tmp_path / 'default.sqlite3')!r}}}\n"
        f"DATABASES['other'] = DATABASES['default'] | {{'NAME': {str(tmp_path / 'other.sqlite3')!r}}}\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "two_databases", "PYTHONPATH": str(tmp_path)}
    for command in (["migrate", "--verbosity", "0"], ["check"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command, "--database", "other"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    with closing(sqlite3.connect(tmp_path / "default.sqlite3")) as default:
        assert default.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
